"""The beginning of a text, short enough to stand in a message."""

WORDS = 10
CHARACTERS = 80


def short_quote(text: str) -> str:
    """At most `WORDS` words and `CHARACTERS` characters on one line; an ellipsis where it goes on."""
    words = text.split()
    quote = " ".join(words[:WORDS])
    cut = len(words) > WORDS or len(quote) > CHARACTERS
    return f"{quote[:CHARACTERS].rstrip()}…" if cut else quote
