"""A check as text for a person: per file its findings like a linter's, then where the draft stands."""

import io
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.renderers.check_standing import closing, standing
from grader.renderers.check_words import belongs, file_of, levels, position, quoted, remarks
from grader.renderers.look import Look
from grader.renderers.phrases import STATUS_WORDS, kind_label, no_total_because
from grader.renderers.visible import stripped
from grader.schema import Check, CheckedDraft, Finding, Rubric

_INDENT = 4
_LEVEL_STYLE = ("red", "yellow", "", "green", "green")
_SEVERITY_STYLE = {"info": "cyan", "warning": "yellow", "error": "red"}


def render_text(check: Check, look: Look) -> str:
    """All drafts, one after the other. Without `look.columns` every line stays whole, however long."""
    screen = _Screen(look)
    for draft in check.drafts:
        screen.draft(draft, check)
    if len(check.drafts) > 1:
        screen.line(Text(closing(check), "bold"))
    return screen.text


class _Screen:
    """Collects what is written for one reader's screen."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._file = io.StringIO()
        styled = look.colour or look.links
        self._console = Console(
            file=self._file,
            width=look.columns or 200,
            force_terminal=styled,
            color_system="standard" if styled else None,
            no_color=not look.colour,
            legacy_windows=False,
            highlight=False,
            emoji=False,
        )

    @property
    def text(self) -> str:
        """What was written so far, without spaces at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._file.getvalue().split("\n"))

    def line(self, text: Text, indent: int = 0) -> None:
        """One line of its own, wrapped under its indent where the screen is too narrow."""
        if self._look.columns is None:
            self._console.print(Text(" " * indent) + text, soft_wrap=True)
        else:
            self._console.print(Padding(text, (0, 0, 0, indent), expand=False))

    def draft(self, draft: CheckedDraft, check: Check) -> None:
        """One draft with everything about it, and an empty line after it."""
        kind = stripped(kind_label(draft.assessment, check.rubric))
        scored = draft.assessment.total is not None
        about = Text(f"  {kind}" if kind else "") if scored else _no_score(draft)
        self.line(self._link(draft, file_of(draft), "bold") + about)
        for flag, place in remarks(draft):
            where = self._link(draft, position(draft, place))
            severity = (flag.severity, _SEVERITY_STYLE[flag.severity])
            self.line(where + Text.assemble("  ", severity, f"  {stripped(flag.message)}"))
        quoted_before = ""
        for finding in draft.open_findings:
            self._blank()
            self._finding(draft, finding, check.rubric)
            for text in _below(finding, quoted_before):
                self.line(text, _INDENT)
            quoted_before = finding.quote
        if scored:
            self._blank()
            for text, indent in standing(check, draft):
                self.line(text, indent)
        self._blank()

    def _finding(self, draft: CheckedDraft, finding: Finding, rubric: Rubric) -> None:
        head = self._link(draft, position(draft, finding.place))
        head.append("  ").append(finding.rule, "bold cyan").append("  ")
        head.append(levels(finding, rubric), _LEVEL_STYLE[finding.level])
        title = stripped(finding.title)
        beside = cell_len(head.plain) + 2 + cell_len(title) <= (self._look.columns or 10_000)
        self.line(head.append(f"  {title}") if beside else head)
        if not beside:
            self.line(Text(title), _INDENT)

    def _link(self, draft: CheckedDraft, shown: str, style: str = "") -> Text:
        text = Text(shown, style)
        if self._look.links and draft.uri:
            text.stylize(f"link {draft.uri}")
        return text

    def _blank(self) -> None:
        self._console.print()


def _no_score(draft: CheckedDraft) -> Text:
    status = STATUS_WORDS[draft.assessment.status]
    return Text.assemble("  ", (status, "yellow"), f"  {stripped(no_total_because(draft.assessment))}")


def _below(finding: Finding, quoted_before: str) -> Iterator[Text]:
    """What stands under the head of a finding: quote unless it was just shown, what was found, what to write."""
    if finding.quote and finding.quote != quoted_before:
        yield Text(quoted(finding.quote), "italic")
    if finding.message:
        yield Text(stripped(finding.message))
    step = Text.assemble(("Next step: ", "bold"), stripped(finding.next_step))
    yield step.append(f" {belongs(finding)}") if finding.where else step
