"""How a document is set: its body size, the distance of its lines, its right edge.

Measured once over all lines, so that `paragraphs` can tell a wrapped line from
one that was ended on purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..spaces import IS_HAN
from .lines import Line

# Line distances, in sizes of the letters, that any text is set in.
CLOSEST, WIDEST = 0.8, 2.5
# The share of all line distances that the usual one has at least.
SHARE = 0.06
STEP = 0.04
# The most that Chinese letters push lines apart, in leadings.
MOST = 1.5


@dataclass(frozen=True, slots=True)
class Measures:
    """`size` of the body in points, `leading` in sizes, `right` edge in points.

    `letters` is how many a full line holds.
    `stretch` is how far apart Chinese letters push the lines of one paragraph,
    in leadings; 1 where they do not.
    """

    size: float
    leading: float
    right: float
    letters: float
    stretch: float


def measure(lines: Sequence[Line]) -> Measures:
    """The measures of a document, all its pages together."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    body = [line for line in lines if abs(line.size - size) < 0.1 * size]
    leading = _leading(body)
    wrapped = _wrapped(body, leading)
    return Measures(
        size=size,
        leading=leading,
        right=_full([line.x1 for line in wrapped or body]),
        letters=_full([len(line.text) for line in wrapped or body]),
        stretch=_stretch(body, leading),
    )


def distance(before: Line, line: Line) -> float:
    """From line to line of one page, in sizes of the letters."""
    return (line.base - before.base) / max(before.size, line.size, 0.1)


def _leading(body: Sequence[Line]) -> float:
    """The smallest distance of lines that is common."""
    found = [distance(before, line) for before, line in pairwise(body) if before.page == line.page]
    steps = Counter(round(one / STEP) for one in found if CLOSEST <= one <= WIDEST)
    if not steps:
        return 1.3
    enough = max(2, SHARE * sum(steps.values()))
    common = [step for step, _ in steps.items() if _near(steps, step) >= enough]
    lowest = min(common or steps)
    return max(range(lowest, lowest + 3), key=lambda step: steps[step]) * STEP


def _near(steps: Counter[int], step: int) -> int:
    return steps[step] + steps[step + 1]


def _wrapped(body: Sequence[Line], leading: float) -> list[Line]:
    """The lines that another follows closely."""
    return [
        before
        for before, line in pairwise(body)
        if before.page == line.page and distance(before, line) < leading * 1.15
    ]


def _full(measured: Sequence[float]) -> float:
    """What full lines reach, a few overlong ones aside."""
    return sorted(measured)[(len(measured) - 1) * 19 // 20] if measured else 0.0


def _stretch(body: Sequence[Line], leading: float) -> float:
    """The largest distance of two lines with Chinese in them that are surely one sentence."""
    found = [
        distance(before, line) / leading
        for before, line in pairwise(body)
        if before.page == line.page
        and line.text[0].islower()
        and not before.text.endswith(".")
        and IS_HAN.search(before.text + line.text)
    ]
    return min(max([1.0, *found]), MOST)
