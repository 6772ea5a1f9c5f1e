"""Inline nodes of a docutils tree → the text a person reads."""

from docutils import nodes

from grader.readers.rst_unknown import role_text


def inline_text(node: nodes.Node) -> str:
    """The node's text without markup, notes' numbers and parser messages; line feeds are the source's."""
    lines = "".join(_parts(node)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _parts(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.Text):
        return [node.astext()]
    if isinstance(node, nodes.problematic):
        return [role_text(node.astext())]
    if isinstance(node, nodes.footnote_reference | nodes.image | nodes.system_message | nodes.raw):
        return []
    gap = [" "] if isinstance(node, nodes.paragraph) else []  # paragraphs in a table cell
    return [part for child in node.children for part in _parts(child)] + gap
