"""Text that any program can store: no half of a surrogate pair, which JSON and PDF files can hold."""


def well_formed(text: str) -> str:
    """The same text, the halves of pairs joined, halves without their other replaced."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
