"""The benchmark's queries, put into the words of each system that they are compared with.

Only what `corpus.queries` uses is understood: words, one phrase, `prefix*`, `-word` and
runs of Chinese. For the systems without a tokeniser for Chinese, titles are indexed a
second time as single characters and overlapping pairs (`zh_terms`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs

HAN = re.compile("[\u3400-\u9fff]+")


def zh_terms(text: str) -> str:
    """Each run of Chinese as its characters and its overlapping pairs, set apart by blanks."""
    runs = HAN.findall(text)
    pairs = [run[n : n + 2] for run in runs for n in range(len(run) - 1)]
    return " ".join([*dict.fromkeys("".join(runs)), *dict.fromkeys(pairs)])


def zh_needed(word: str) -> list[str]:
    """The terms that a record with `word` has."""
    return [word[n : n + 2] for n in range(len(word) - 1)] or [word]


@dataclass
class Asked:
    """One query string taken apart."""

    words: list[str] = field(default_factory=list)
    phrases: list[list[str]] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    chinese: list[str] = field(default_factory=list)
    body: str = ""
    instrument: str = ""
    by_date: bool = False
    page: int = 1

    @classmethod
    def of(cls, query_string: str) -> Asked:
        given = {name: values[0] for name, values in parse_qs(query_string).items()}
        asked = cls(
            body=given.get("body", ""),
            instrument=given.get("instrument", ""),
            page=int(given.get("page", 1)),
            by_date=given.get("sort") == "-announced" or "q" not in given,
        )
        for phrase, word in re.findall(r'"([^"]+)"|(\S+)', given.get("q", "")):
            if phrase:
                asked.phrases.append(phrase.split())
            elif HAN.fullmatch(word):
                asked.chinese.append(word)
            elif word.startswith("-"):
                asked.excluded.append(word[1:])
            elif word.endswith("*"):
                asked.prefixes.append(word[:-1])
            else:
                asked.words.append(word)
        return asked

    @property
    def has_text(self) -> bool:
        return bool(self.words or self.phrases or self.prefixes or self.chinese)

    def fts5(self, *, chinese: bool = True) -> str:
        """For FTS5's MATCH; empty where nothing is left to match."""
        parts = [f'"{word}"' for word in self.words]
        parts += [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        parts += [f"{prefix}*" for prefix in self.prefixes]
        if chinese:
            parts += [f'"{term}"' for run in self.chinese for term in zh_needed(run)]
        return " AND ".join(parts) + "".join(f' NOT "{word}"' for word in self.excluded)

    def tsquery(self) -> str:
        """For PostgreSQL's `to_tsquery('english', …)`."""
        parts = list(self.words)
        parts += [" <-> ".join(phrase) for phrase in self.phrases]
        parts += [f"{prefix}:*" for prefix in self.prefixes]
        parts += [f"'{term}'" for run in self.chinese for term in zh_needed(run)]
        return " & ".join(parts + [f"!{word}" for word in self.excluded])

    def tantivy(self) -> str:
        """For tantivy's query parser, which cannot read a prefix of one word."""
        parts = [f"+{word}" for word in self.words]
        parts += [f'+"{" ".join(phrase)}"' for phrase in self.phrases]
        parts += [f"+zh:{term}" for run in self.chinese for term in zh_needed(run)]
        parts += [f"-{word}" for word in self.excluded]
        parts += [f"+bodies:{self.body}"] if self.body else []
        parts += [f"+instrument:{self.instrument}"] if self.instrument else []
        return " ".join(parts) or "*"
