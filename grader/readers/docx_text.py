"""The text of one docx paragraph: what a reader of the printed page sees, and what hangs on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from grader.readers.contrast import WHITE, Rgb
from grader.readers.docx_boxes import box_colour, is_off_page
from grader.readers.docx_styles import Styles, on
from grader.readers.marks import CHECKED, UNCHECKED
from grader.schema import HiddenBy

DELETED = {"w_del", "w_moveFrom", "w_rPr", "w_pPr", "w_sdtPr", "w_sdtEndPr", "w_rt"}
PLAIN = {"w_tab": "\t", "w_cr": "\n", "w_noBreakHyphen": "-", "w_ptab": "\t"}
# Wingdings code points that carry meaning; other symbols are ornaments.
SYMBOLS = {
    "A8": UNCHECKED,
    "6F": UNCHECKED,
    "71": UNCHECKED,
    "FE": CHECKED,
    "FD": CHECKED,
    "78": CHECKED,
    "FC": "✓",
    "FB": "✗",
    "E0": "→",
    "B7": "•",
    "A7": "•",
}


@dataclass
class Paragraph:
    """One paragraph, read.

    Attributes:
        text: visible text; a line break is a line feed, a tab a tab.
        hidden: texts left out, each with what hides it.
        bold, monospace: whether all visible text is.
        size: largest font size, half-points.
        notes: ids of foot- and endnotes, as (part, id).
        boxes: contents of text boxes anchored here, with the colour they stand on (None: unknown).
        alt_texts: descriptions of pictures.
    """

    text: str = ""
    hidden: list[tuple[str, HiddenBy]] = field(default_factory=list)
    bold: bool = False
    monospace: bool = False
    size: float = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[tuple[Element, Rgb | None]] = field(default_factory=list)
    alt_texts: list[str] = field(default_factory=list)


def read_paragraph(paragraph: Element, styles: Styles, behind: Rgb | None = WHITE) -> Paragraph:
    """Read a ``w_p``: inserted revisions and content controls in, deleted and hidden text out.

    `behind` is the colour it stands on, None where that cannot be told.
    """
    result = Paragraph()
    pieces: list[str] = []
    looks: list[tuple[bool, bool]] = []
    for run in _runs(paragraph):
        if run.tag == "w_sdt":  # a check box control
            pieces.append(_checkbox(run))
            continue
        text = _run_text(run, result)
        if text.strip() and (by := styles.hidden_by(run, paragraph, behind)):
            result.hidden.append((text, by))
            continue
        pieces.append(text)
        if text.strip():
            looks.append((styles.is_on("w_b", run, paragraph), styles.is_monospace(run, paragraph)))
            result.size = max(result.size, styles.size(run, paragraph))
    result.text = "".join(pieces)
    result.bold = bool(looks) and all(bold for bold, _ in looks)
    result.monospace = bool(looks) and all(monospace for _, monospace in looks)
    return result


def _runs(element: Element) -> Iterator[Element]:
    """Runs in order, whatever wraps them: equations count as runs, check box controls as themselves."""
    for child in element:
        control = child.tag == "w_sdt" and child.find("w_sdtPr/w14_checkbox") is not None
        if control or child.tag in ("w_r", "m_r"):
            yield child
        elif child.tag not in DELETED:
            yield from _runs(chosen(child))


def chosen(element: Element) -> Element:
    """Of alternative contents the first, so that a text box and its fallback are read once."""
    if element.tag != "mc_AlternateContent":
        return element
    choices = [*element.findall("mc_Choice"), *element.findall("mc_Fallback")]
    return next((choice for choice in choices if len(choice)), element)


def _run_text(run: Element, result: Paragraph) -> str:
    pieces: list[str] = []
    for child in run:
        tag = child.tag
        if tag in ("w_t", "m_t"):
            pieces.append(child.text or "")
        elif tag in PLAIN:
            pieces.append(PLAIN[tag])
        elif tag == "w_br":
            pieces.append("\n" if child.get("w_type") in (None, "textWrapping") else "")
        elif tag == "w_sym":
            pieces.append(SYMBOLS.get(child.get("w_char", "")[-2:].upper(), ""))
        elif tag == "w_fldChar":
            pieces.append(_form_checkbox(child))
        elif tag in ("w_footnoteReference", "w_endnoteReference"):
            part = "footnotes" if tag == "w_footnoteReference" else "endnotes"
            result.notes.append((part, child.get("w_id", "")))
        elif tag in ("w_drawing", "w_pict", "w_object", "mc_AlternateContent"):
            _drawing(child, result)
        elif tag == "w_ruby":
            pieces.extend(text.text or "" for text in child.findall("w_rubyBase/w_r/w_t"))
    return "".join(pieces)


def _drawing(element: Element, result: Paragraph, behind: Rgb | None = None) -> None:
    """Collect text boxes and picture descriptions, outermost text boxes only."""
    element = chosen(element)
    if element.tag == "w_txbxContent":
        result.boxes.append((element, behind))
        return
    if element.tag == "wp_anchor" and is_off_page(element):
        text = " ".join("".join(box.itertext()) for box in element.iter("w_txbxContent"))
        result.hidden.append((text, "off_page"))
        return
    if element.tag in ("wsp", "shape", "rect"):
        behind = box_colour(element)
    if element.tag == "wp_docPr" and (text := (element.get("descr") or "").strip()):
        result.alt_texts.append(text)
    for child in element:
        _drawing(child, result, behind)


def _checkbox(control: Element) -> str:
    state = control.find("w_sdtPr/w14_checkbox/w14_checked")
    return CHECKED if state is not None and on(state.get("w14_val", "1")) else UNCHECKED


def _form_checkbox(field_character: Element) -> str:
    box = field_character.find("w_ffData/w_checkBox")
    if box is None:
        return ""
    state = box.find("w_checked")
    state = box.find("w_default") if state is None else state
    return CHECKED if state is not None and on(state.get("w_val", "1")) else UNCHECKED
