"""HTML as it is written, before it is parsed: the few things that Python's parser cannot take."""

import re

_UNKNOWN_DECLARATION = re.compile(
    r"<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![-\w.]))([^>]*)>?", re.I
)


def readable(markup: str) -> str:
    """The page with two things written as the parser can take them, each as a browser reads it.

    A declaration of no known kind (``<![x``) is a comment to the next ``>``; the parser would refuse the page.
    A comment that is never closed runs to the end; the parser would take very long.
    """
    markup = _UNKNOWN_DECLARATION.sub(r"<!--[\1-->", markup)
    return markup + "-->" if markup.rfind("<!--") > markup.rfind("-->") else markup
