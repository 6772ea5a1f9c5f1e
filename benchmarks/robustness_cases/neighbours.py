"""Documents that share passages: copied from one another, or only from the same assignment."""

from collections.abc import Iterator

from benchmarks.gaming_cases.case import load_half
from benchmarks.robustness_cases.case import Case

_ASSIGNMENT = """\
# Assignment 3: decide and defend

Write two to four pages about a product of your choice. Say which problem it solves and for whom, which options you
had, what you gave up, how it can fail, whom it could harm, and how you will know that it works. Name your sources. A
reader who was not in the room must be able to follow you. Hand in one file until the last Friday of the month.

"""

_BAKERY = """\
The bakery on Mill Square throws away 31 trays of bread in an ordinary week, most of them after four in the
afternoon. The owner bakes by feeling, and on rainy days the feeling is wrong.

We looked at three ways to bake less. A fixed plan by weekday costs nothing but misses the weather. A price cut
after five sells the bread, yet trains customers to come late. A forecast from the sales of two years and the
weather report was off by 9 trays a week in our trial, so we chose it and accept that holidays are worse.

If more than 20 trays are left on three days in a row, Jonas, who runs the shop, goes back to the weekday plan and
calls us. Nobody is named in the data; it holds sums by hour and is deleted after two years.

By the end of June we want the 31 trays down to 15, counted by the evening shift on paper, with empty shelves before
six on at most one day a week.
"""


def cases() -> Iterator[Case]:
    bases = {base.id: base.text for half in ("seen", "unseen") for base in load_half(half).bases.values()}
    names = sorted(bases)[:4]
    for name in names:
        text = bases[name]
        yield Case("same assignment", f"{name}.md", _ASSIGNMENT + text.partition("\n")[2])
    edited = _BAKERY.replace("week", "month").replace("trays", "boxes")
    yield Case("copies", "original.md", f"# Bread that is left over\n\n{_BAKERY}")
    yield Case("copies", "edited.md", f"# My plan\n\nWe thank our tutors.\n\n{edited}", copy_of="original.md")
    yield Case("copies", "another.md", bases[names[1]])
