"""What most of a Word file's text looks like, so that what stands out can be told."""

from collections import Counter
from xml.etree.ElementTree import Element

from grader.readers.docx_styles import TINY, Styles


def body_size(body: Element, styles: Styles) -> float:
    """The commonest font size by characters, half-points."""
    sizes: Counter[float] = Counter()
    for paragraph in body.iter("w_p"):
        for run in paragraph.findall("w_r"):
            size = styles.size(run, paragraph)
            if size > TINY:
                sizes[size] += sum(len(text.text or "") for text in run.findall("w_t"))
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else styles.body_size


def mostly_monospace(body: Element, styles: Styles) -> bool:
    """Whether more than half of the characters are set in a monospaced font."""
    total = monospace = 0
    for paragraph in body.iter("w_p"):
        for run in paragraph.findall("w_r"):
            size = sum(len(text.text or "") for text in run.findall("w_t"))
            total += size
            monospace += size * styles.is_monospace(run, paragraph)
    return 2 * monospace > total
