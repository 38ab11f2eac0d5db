"""Text as runs, each with the address that it leads to.

A link that is broken over two lines is one link again when its lines are
joined, which is why lines keep their links apart from their text.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..links import address, markdown

# Words and where they lead; "" where they lead nowhere.
Runs = tuple[tuple[str, str], ...]


def linked(pieces: Iterable[tuple[str, str]]) -> Runs:
    """`pieces` with neighbours of the same address made one."""
    out: list[tuple[list[str], str]] = []
    for words, url in pieces:
        if not words:
            continue
        if out and out[-1][1] == url:
            out[-1][0].append(words)
        else:
            out.append(([words], url))
    return tuple(("".join(words), url) for words, url in out)


def joined(before: Runs, glue: str, after: Runs, *, cut: int = 0) -> Runs:
    """Two texts as one, `cut` letters taken off the first and `glue` put between."""
    if not before or not after:
        return before or after
    words, url = before[-1]
    words = words[: len(words) - cut]
    inside = url if url == after[0][1] else ""
    return linked([*before[:-1], (words, url), (glue, inside), *after])


def as_markdown(runs: Runs) -> str:
    """The text of `runs` with its links in Markdown."""
    return "".join(markdown(words, address(url)) if url else words for words, url in runs)
