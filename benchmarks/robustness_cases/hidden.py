"""Text that a person does not see: not scored, and a flag says where it stands."""

from collections.abc import Iterator
from html import escape

from benchmarks.invariance_cases.formats import to_html
from benchmarks.robustness_cases import files
from benchmarks.robustness_cases.case import Case, poor, strong_claims

_HIDDEN = ("hidden_text", "hidden_slides")
_STYLES = {
    "display-none": "display:none",
    "visibility": "visibility:hidden",
    "white-on-white": "color:#ffffff;background:#fff",
    "white": "color:white",
    "one-point": "font-size:1pt",
    "no-size": "font-size:0",
    "off-page": "position:absolute;left:-9999px",
    "transparent": "opacity:0",
    "clipped": "position:absolute;clip:rect(0,0,0,0);height:1px;width:1px;overflow:hidden",
    "no-height": "height:0;overflow:hidden",
    "text-indent": "text-indent:-9999px",
}


def cases() -> Iterator[Case]:
    yield from _pages()
    yield from _word()
    yield from _pdf()
    yield from _others()


def _case(name: str, data: bytes | str, flagged: bool = True) -> Case:
    like = f"poor{name[name.rindex('.') :]}"
    return Case("hidden", name, data, flagged=_HIDDEN if flagged else (), at_most=like)


def _pages() -> Iterator[Case]:
    page = to_html(poor()).decode()
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in strong_claims().split("\n\n"))

    def with_text(inside: str, head: str = "") -> str:
        return page.replace("</body>", f"{inside}</body>").replace("<body>", f"<head>{head}</head><body>")

    yield Case("hidden", "poor.html", page, clean=True)
    for name, style in _STYLES.items():
        yield _case(f"{name}.html", with_text(f'<div style="{style}">{paragraphs}</div>'))
    rule = "<style>.x { display: none } #y { color: #fff; background: #fff }</style>"
    yield _case("rule.html", with_text(f'<div class="x">{paragraphs}</div>', rule))
    yield _case("rule-white.html", with_text(f'<div id="y">{paragraphs}</div>', rule))
    yield _case("hidden-attribute.html", with_text(f"<div hidden>{paragraphs}</div>"))
    yield _case("aria-hidden.html", with_text(f'<div aria-hidden="true">{paragraphs}</div>'))
    # No browser shows these, and every honest page has some: not scored, and not worth a flag each.
    for name, tag in (("template", "template"), ("script", "script"), ("no-script", "noscript")):
        yield _case(f"{name}.html", with_text(f"<{tag}>{paragraphs}</{tag}>"), flagged=False)
    yield _case("comment.html", with_text(f"<!-- {strong_claims()} -->"), flagged=False)
    quoted = escape(strong_claims().replace("\n", " "), quote=True)
    yield _case("meta.html", with_text("", f'<meta name="description" content="{quoted}">'), flagged=False)
    yield _case("alt.html", with_text(f'<img src="a.png" alt="{quoted}">'), flagged=False)
    yield _case("title-attribute.html", with_text(f'<p title="{quoted}">See above.</p>'), flagged=False)


def _word() -> Iterator[Case]:
    shown = files.word_body(files.paragraphs(poor()))
    claims = strong_claims().split("\n\n")
    yield Case("hidden", "poor.docx", files.docx(shown), clean=True)
    looks = {
        "vanish": "<w:vanish/>",
        "white": '<w:color w:val="FFFFFF"/>',
        "one-point": '<w:sz w:val="2"/>',
    }
    for name, look in looks.items():
        yield _case(f"{name}.docx", files.docx(shown + files.word_body(claims, look)))
    deleted = "".join(
        f'<w:p><w:del w:id="{n}" w:author="A"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del></w:p>'
        for n, text in enumerate(claims)
    )
    yield _case("deleted.docx", files.docx(shown + deleted), flagged=False)
    comment = f'<w:comment w:id="1">{files.word_body(claims)}</w:comment>'
    comments = {"word/comments.xml": f"<w:comments {files.W}>{comment}</w:comments>"}
    yield _case("comment.docx", files.docx(shown, more=comments), flagged=False)
    about = f"<d:description>{escape(strong_claims())}</d:description>"
    core = f"<c:coreProperties xmlns:c='urn:c' xmlns:d='urn:d'>{about}</c:coreProperties>"
    yield _case("metadata.docx", files.docx(shown, more={"docProps/core.xml": core}), flagged=False)


def _pdf() -> Iterator[Case]:
    shown = files.pdf_text(files.paragraphs(poor()))
    claims = strong_claims().split("\n\n")
    yield Case("hidden", "poor.pdf", files.pdf([shown]), clean=True)
    looks = {
        "render-mode": files.pdf_text(claims, top=400, before="3 Tr"),
        "white": files.pdf_text(claims, top=400, before="1 1 1 rg"),
        "one-point": files.pdf_text(claims, top=400, size=1),
        "off-page": files.pdf_text(claims, top=400, left=2000),
        "above-page": files.pdf_text(claims, top=3000),
        "covered": files.pdf_text(claims, top=400) + " 1 1 1 rg 0 0 612 420 re f",
    }
    for name, look in looks.items():
        yield _case(f"{name}.pdf", files.pdf([f"{shown} {look}"]))


def _others() -> Iterator[Case]:
    claims = strong_claims().split("\n\n")
    texts = files.paragraphs(poor())
    slides = [files.shape(texts[n : n + 2]) for n in range(0, len(texts), 2)]
    yield Case("hidden", "poor.pptx", files.pptx(slides), clean=True)
    yield _case("hidden-slide.pptx", files.pptx([*slides, files.shape(claims)], hidden=[len(slides)]))
    yield _case("off-slide.pptx", files.pptx([slides[0] + files.shape(claims, left=20_000_000), *slides[1:]]))
    white = '<a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>'
    yield _case("white.pptx", files.pptx([slides[0] + files.shape(claims, properties=white), *slides[1:]]))
    yield Case("hidden", "poor.md", poor(), clean=True)
    yield _case("comment.md", f"{poor()}\n<!-- {strong_claims()} -->\n", flagged=False)
    words = [claim.translate({ord(mark): None for mark in '()"'}).replace("\n", " ") for claim in claims]
    definitions = "\n".join(f'[//]: # "{text}"' for text in words)
    yield _case("reference.md", f"{poor()}\n{definitions}\n", flagged=False)
    yield _case("element.md", f'{poor()}\n<div style="display:none">\n\n{strong_claims()}\n\n</div>\n')
    yield Case("hidden", "poor.odt", files.odt(files.odt_body(texts)), clean=True)
    style = (
        '<style:style style:name="H" style:family="paragraph">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    paragraphs = "".join(f'<text:p text:style-name="H">{escape(c)}</text:p>' for c in claims)
    yield _case("display-none.odt", files.odt(files.odt_body(texts) + paragraphs, styles=style))
    yield Case("hidden", "poor.rtf", files.rtf(texts), clean=True)
    hidden = files.rtf([f"\0{c}\0" for c in claims]).decode().split("\n", 1)[1]
    hidden = hidden.replace("\\u0?", "").rstrip("}")
    yield _case("hidden-run.rtf", files.rtf(texts).decode().rstrip("}") + "{\\v " + hidden + "}}")
