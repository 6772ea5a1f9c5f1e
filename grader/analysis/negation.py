"""Syntax cue: a sentence that says something was *not* thought about, as opposed to one that decides against it.

"We have not looked at bias" is nothing; "we do not collect location, because matching works on postcode"
is a decision. Sentence vectors hardly see the difference, so it is read off the parse: the main verb is
negated, it is a verb of thinking or checking (or of having such a thing), and no reason follows.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_CARE = frozenset(
    "consider look think thought discuss evaluate evaluated assess assessed test tested measure measured "
    "analyse analyze analysed analyzed define defined decide decided plan planned address addressed document "
    "documented explore explored study studied check checked review reviewed investigate investigated specify "
    "specified identify identified agree agreed examined examine considered looked discussed settled settle "
    "worked work written write quantified quantify validated validate established establish audited audit".split()
)
_THINGS = frozenset(
    "plan plans analysis evaluation assessment metric metrics baseline owner owners mitigation mitigations "
    "monitoring alternative alternatives fallback fallbacks process procedure policy threshold thresholds "
    "estimate estimates answer answers idea review test tests rollback guardrail guardrails".split()
)
_HAVING = frozenset("have has had is are was were be been exist exists existed".split())
_REASON = frozenset("because since so therefore as instead rather unless".split())


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
    negated = any(child.dep_ == "neg" for child in root.children)
    if negated and (word in _CARE or _clausal(root)):
        return True
    nothing = any(token.lower_ == "no" and token.head.lower_ in _THINGS for token in sentence)
    lacks = negated and any(token.lower_ in _THINGS for token in sentence)
    return (word in _HAVING and (nothing or lacks)) or (word in _CARE and nothing)


def _clausal(root: "Token") -> bool:
    """"We did not get to measuring it": the negated verb governs a verb of care."""
    return any(child.dep_ in {"xcomp", "pcomp", "ccomp"} and child.lower_ in _CARE for child in root.children)
