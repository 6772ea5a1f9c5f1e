"""Recognises sentences that speak to whoever grades, instead of about the product."""

import re

_GRADER = (
    r"(?:ai |automated |automatic |human )?(?:grader|marker|assessor|evaluator|examiner|language model|llm|chatgpt|"
    r"(?:grading|scoring|marking|assessment) (?:system|engine|model|software|tool|program|bot|assistant))"
)
_THIS = r"(?:this|the) (?:document|submission|prd|case study|text|essay|work|entry)"
_TOP = (
    r"(?:full|maximum|highest|perfect|top|best)(?: possible)? (?:number of )?(?:score|scores|marks?|points?|"
    r"grades?|level|levels|rating)|level [34]\b|[45]\s?/\s?[45]\b|100 ?%? (?:score|points)|100\s?/\s?100"
)
_PATTERNS = (
    # orders to forget what one was told
    r"\b(?:ignore|disregard|forget|override|overrule) (?:all |any )?(?:of )?(?:the |your |my |these )?"
    r"(?:previous|prior|above|earlier|preceding|foregoing|original|system) "
    r"(?:instructions?|prompts?|rules|text|directions?|guidelines|rubric|criteria|context)\b",
    r"\b(?:ignore[rz]?|oublie[rz]?) (?:toutes? )?(?:les |vos |tes )?(?:instructions|consignes)\b",
    r"\bignorier(?:e|en|t) (?:sie )?(?:alle )?(?:vorherigen|bisherigen|obigen) (?:anweisungen|instruktionen|regeln)\b",
    r"\bignor(?:a|e|ar|ad|en) (?:todas )?las instrucciones\b",
    # an address
    rf"\b(?:dear|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|hey|hello|hi)\W{{0,3}}"
    rf"(?:the )?{_GRADER}\b",
    rf"\b(?:reviewer|reader)s?\b[^.!?\n]{{0,120}}\b(?:level [0-4]\b|on all criteria|{_TOP})",
    rf"\bif you are (?:an? )?{_GRADER}\b",
    # asking for marks
    rf"\b(?:give|award|assign|grant|allocate)\b[^.!?\n]{{0,60}}(?:{_TOP})",
    rf"\b(?:rate|grade|mark|score|judge|assess)\b[^.!?\n]{{0,60}}\b(?:as|at|with)\b[^.!?\n]{{0,20}}(?:{_TOP})",
    rf"\b{_THIS} (?:\w+ )?(?:deserves|meets|reaches|achieves|earns|fulfils|merits|should (?:get|receive|be "
    rf"(?:scored|graded|rated|given|awarded)))\b[^.!?\n]{{0,60}}(?:{_TOP}|all (?:the )?criteria|every criterion)",
    r"\b(?:rubric|criteria|marking scheme)\b[^.!?\n]{0,40}\b(?:you (?:were|have been) given|out of date|superseded)",
    r"\b(?:count|accept|treat)\b[^.!?\n]{0,20}\b(?:section|passage|paragraph|criterion|submission)s?\b"
    r"[^.!?\n]{0,40}\bas (?:complete|operational|fulfilled|met|passed)\b",
    r"\b(?:set|put|mark|rate|score) (?:every|each|all)(?: of)?(?: the)? (?:criteri(?:on|a)|dimensions?|levels?)\b"
    rf"[^.!?\n]{{0,30}}\b(?:to|as|at|with)\b[^.!?\n]{{0,20}}(?:{_TOP}|operational)",
    r"\boutput (?:a |the )?(?:total|score|grade|mark) of 100\b",
    r"\b(?:give|award|assign|grant)\b[^.!?\n]{0,20}\boperational\b[^.!?\n]{0,20}\b(?:everywhere|throughout)\b",
    # marks that the text gives to itself
    r"\b(?:self-?assessment|peer review|verdict|assessment|overall)\b[^.!?\n]{0,160}"
    r"(?:\b4\s?/\s?4\b|\b100\s?(?:/\s?100|points)\b|\bfull marks\b)",
    r"\boperational\b[^.!?\n]{0,12}\b(?:on|in|for) (?:every|all|each)(?: of the)? criteri",
    r"\bofficial (?:assessment|grade|score|marking) of (?:this|the) (?:document|submission|text)\b",
    r"\bscore [A-Z]{2}\d[^.!?\n]{0,12}[=:] ?[0-4]\b",
    # a role
    rf"\byou are (?:now )?an? (?:\w+ )?(?:lenient|generous|kind|friendly|benevolent)(?: \w+)? ?{_GRADER}\b",
    r"\bdeserves? an? (?:generous|lenient|kind|favourable|favorable) (?:reading|marking|grade|assessment)\b",
)
_TO_GRADER = re.compile("|".join(_PATTERNS), re.IGNORECASE)

# A document that describes such attacks, or tests against them, does not speak to the grader.
_ABOUT_ATTACKS = re.compile(
    r"\b(?:inject(?:ion|ed|s)?|jailbreak\w*|attack\w*|adversar\w+|malicious|red[- ]team\w*|abuse\w*|bad actors?|"
    r"bypass\w*|(?:prompt|line|phrase|sentence|text)s? (?:such as|like)|users? (?:who|might|may|could|tr(?:y|ies)))\b",
    re.IGNORECASE,
)
# Possessive, and ending wherever it stops: a text made for it cannot send it back over what it has seen.
_SENTENCE = re.compile(
    r"(?:[^.!?\n]|[.!?](?!\s|$)|(?:(?<=e\.g)|(?<=i\.e))\.(?=\s))++(?:[.!?]+(?=\s|$)|(?=\n)|$)"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of what stands between full stops or line ends; rougher than a parser, and quick."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def speaks_to_grader(text: str) -> bool:
    """True when a sentence of `text` speaks to the grader; talk about such attacks does not."""
    if not _TO_GRADER.search(text):
        return False
    return any(is_to_grader(text[start:end]) for start, end in sentence_spans(text))


def is_to_grader(sentence: str) -> bool:
    """True for one sentence that speaks to the grader."""
    return bool(_TO_GRADER.search(sentence)) and not _ABOUT_ATTACKS.search(sentence)
