"""Syntax cue: a sentence that says something was *not* thought about, and does not decide against it either.

"We have not looked at bias" is nothing; "we do not collect location, because matching works on postcode"
is a decision. Sentence vectors hardly see the difference, so it is read off the parse: the main verb is
negated, it is a verb of thinking or checking (or of having such a thing), and no reason follows.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_CARE = frozenset(
    """
    address addressed agree agreed analyse analysed analyze analyzed appoint appointed assess assessed audit
    audited check checked compare compared consider considered decide decided define defined discuss discussed
    document documented establish established evaluate evaluated examine examined explore explored identified
    identify investigate investigated look looked measure measured plan planned quantified quantify review
    reviewed set settle settled specified specify studied study test tested think thought validate validated work
    worked write written
    """.split()  # noqa: SIM905 - a list of words is easier to read and to extend as words
)
_CARING = frozenset(
    """
    analysing analyzing assessing auditing checking considering defining documenting evaluating examining exploring
    identifying investigating measuring planning reviewing specifying studying testing thinking validating
    """.split()  # noqa: SIM905
)
_THINGS = frozenset(
    """
    alternative alternatives analysis answer answers assessment baseline estimate estimates evaluation fallback
    fallbacks guardrail guardrails idea metric metrics mitigation mitigations monitoring owner owners plan plans
    policy procedure process review rollback test tests threshold thresholds
    """.split()  # noqa: SIM905
)
_KNOWING = frozenset({"know", "knows", "known", "knew", "say", "said", "tell"})
"""Negated, and said of us, these say that something is not known."""
_NOBODY = frozenset({"nobody", "none", "nothing"})
_UNSETTLED = frozenset({"unclear", "unknown", "undecided", "undefined", "open", "missing"})
_HAVING = frozenset(
    {"have", "has", "had", "is", "are", "was", "were", "be", "been", "exist", "exists", "existed"}
)
_REASON = frozenset({"because", "since", "so", "therefore", "as", "instead", "rather", "unless"})

_NEGATING = re.compile(
    r"\b(?:no|not|never|neither|nor|none|nothing|nobody|unclear|unknown|undecided|undefined|without|hardly|barely|"
    r"scarcely|rarely|seldom|cannot)\b|"
    r"n['’]t\b|"
    r"\b(?:do|does|did|is|are|was|were|has|have|had|ca|could|would|should|wo|must|need)nt\b",
    re.IGNORECASE,
)


def may_be_undone(text: str) -> bool:
    """False where no word negates anything, so that `is_undone` can only be false and nothing need be parsed."""
    return _NEGATING.search(text) is not None


def is_undone(doc: "Doc") -> bool:
    """True when every sentence with a main verb says that something was not done, and none decides."""
    judged = [_undone(sentence) for sentence in doc.sents if _main_verb(sentence) is not None]
    return bool(judged) and all(judged)


def _main_verb(sentence: "Span") -> "Token | None":
    root: Token = sentence.root
    return root if root.pos_ in {"VERB", "AUX"} else None


def _undone(sentence: "Span") -> bool:
    root = sentence.root
    if any(token.lower_ in _REASON for token in sentence):
        return False
    word = root.lower_
    if _of_nobody(root) and (word in _CARE | _KNOWING or word.removesuffix("s") in _CARE):
        return True
    negated = any(child.dep_ == "neg" for child in root.children)
    if negated and (word in _CARE or (word in _KNOWING and _is_ours(root)) or _clausal(root)):
        return True
    if root.pos_ == "AUX" and any(child.lower_ in _UNSETTLED and child.dep_ == "acomp" for child in root.children):
        return True
    nothing = any(token.lower_ == "no" and token.head.lower_ in _THINGS for token in sentence)
    lacks = negated and any(token.lower_ in _THINGS for token in sentence)
    return (word in _HAVING and (nothing or lacks)) or (word in _CARE and nothing)


def _is_ours(root: "Token") -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in {"we", "team", "company"} for child in root.children)


def _of_nobody(root: "Token") -> bool:
    """ "None of this was checked", "no one knows": the subject is nobody and nothing."""
    subjects = [child for child in root.children if child.dep_ in {"nsubj", "nsubjpass"}]
    return any(
        subject.lower_ in _NOBODY or (subject.lower_ == "one" and any(c.lower_ == "no" for c in subject.children))
        for subject in subjects
    )


def _clausal(root: "Token") -> bool:
    """ "We did not get to measuring it": the negated verb governs a verb of care, with or without "to" before it."""
    prepositions = [child for child in root.children if child.dep_ == "prep"]
    governed = [child for word in (root, *prepositions) for child in word.children]
    return any(
        token.dep_ in {"xcomp", "pcomp", "ccomp"} and token.lower_ in _CARE | _CARING for token in governed
    )
