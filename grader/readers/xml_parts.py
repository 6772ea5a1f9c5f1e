"""XML parts of office files: parsed without DTD or entities, with short names such as ``w_p``."""

import posixpath
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from grader.errors import UnreadableError
from grader.readers.container import Container
from grader.schema import Block

MAX_DEPTH = 200
OOXML = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {
    OOXML + "wordprocessingml/2006/main": "w",
    STRICT + "wordprocessingml/main": "w",
    OOXML + "drawingml/2006/main": "a",
    STRICT + "drawingml/main": "a",
    OOXML + "drawingml/2006/wordprocessingDrawing": "wp",
    STRICT + "drawingml/wordprocessingDrawing": "wp",
    OOXML + "drawingml/2006/chart": "c",
    STRICT + "drawingml/chart": "c",
    OOXML + "drawingml/2006/diagram": "dgm",
    STRICT + "drawingml/diagram": "dgm",
    OOXML + "presentationml/2006/main": "p",
    STRICT + "presentationml/main": "p",
    OOXML + "officeDocument/2006/relationships": "r",
    STRICT + "officeDocument/relationships": "r",
    OOXML + "officeDocument/2006/math": "m",
    STRICT + "officeDocument/math": "m",
    OOXML + "package/2006/relationships": "rel",
    OOXML + "markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://purl.org/dc/elements/1.1/": "dc",
    ODF + "office:1.0": "office",
    ODF + "text:1.0": "text",
    ODF + "table:1.0": "table",
    ODF + "drawing:1.0": "draw",
    ODF + "style:1.0": "style",
    ODF + "xsl-fo-compatible:1.0": "fo",
    ODF + "svg-compatible:1.0": "svg",
    ODF + "manifest:1.0": "manifest",
}
PLACEHOLDER_TITLES = {
    "word document",
    "powerpoint presentation",
    "untitled",
    "untitled document",
    "presentation",
}


def parse_xml(data: bytes, name: str) -> Element:
    """The tree of one part, names shortened by `PREFIXES` (unknown namespaces are dropped).

    Raises UnreadableError ``damaged`` (not XML), ``unsafe_xml`` (DTD, entity) or ``too_deep``.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise UnreadableError(
            "unsafe_xml", f"{name} declares a DTD or entities, which no editor writes; save the file again"
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableError("damaged", f"{name} is damaged: {error}; save the file again") from None
    _refuse_depth(root, name)
    for element in root.iter():
        element.tag = _short(element.tag)
        if element.attrib:
            element.attrib = {_short(key): value for key, value in element.attrib.items()}
    return root


def read_part(container: Container, name: str) -> Element | None:
    """The tree of a part, None where the container has none of that name."""
    return parse_xml(container.read(name), name) if name in container else None


def related(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Relationships of `part` inside the package: id → (last word of its type, name of the target part)."""
    folder, name = posixpath.split(part)
    root = read_part(container, f"{folder}/_rels/{name}.rels".lstrip("/"))
    found: dict[str, tuple[str, str]] = {}
    for link in root.iter("rel_Relationship") if root is not None else ():
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, link.get("Target", "")))
            found[link.get("Id", "")] = (link.get("Type", "").rsplit("/", 1)[-1], target.lstrip("/"))
    return found


def main_part(container: Container, usual: str) -> str:
    """Name of the package's main part, `usual` where the package does not say."""
    targets = [target for kind, target in related(container, "").values() if kind == "officeDocument"]
    return next((target for target in targets if target in container), usual)


def core_title(container: Container) -> str:
    """Title in the package's properties, "" when absent or a program's default."""
    root = read_part(container, "docProps/core.xml")
    title = " ".join((root.findtext("dc_title") or "").split()) if root is not None else ""
    return "" if title.lower() in PLACEHOLDER_TITLES else title


def refuse_pictures_only(container: Container, blocks: Sequence[Block]) -> None:
    """Raises UnreadableError ``no_text_layer`` where a document with pictures has no text beside them."""
    pictures = any(
        "/media/" in f"/{m.filename}" or m.filename.startswith("Pictures/") for m in container.members
    )
    if pictures and not any(block.type != "alt_text" for block in blocks):
        raise UnreadableError("no_text_layer", "the document is pictures without text: needs a person")


def core_notes(container: Container) -> list[str]:
    """What the package's properties say beside the title: description, subject, key words."""
    root = read_part(container, "docProps/core.xml")
    found = (
        (root.findtext(tag) for tag in ("dc_description", "dc_subject", "keywords"))
        if root is not None
        else ()
    )
    return [text for text in found if text and text.strip()]


def children(element: Element | None, tag: str) -> Iterator[Element]:
    """Direct children named `tag`; none for None."""
    return iter(element.findall(tag)) if element is not None else iter(())


def _short(name: str) -> str:
    space, _, local = name.rpartition("}")
    prefix = PREFIXES.get(space[1:])
    return f"{prefix}_{local}" if prefix else local


def _refuse_depth(root: Element, name: str) -> None:
    level, depth = [root], 0
    while level:
        level, depth = [child for element in level for child in element], depth + 1
        if depth > MAX_DEPTH:
            raise UnreadableError("too_deep", f"{name} nests more than {MAX_DEPTH} levels deep; simplify it")
