"""The words that the invented corpus is written in.

Real words of policy stand at the top of each list, composed ones follow; both are
drawn by Zipf's law, so that document frequencies resemble those of real text. The
words that the benchmark asks for are in `corpus`, each with a frequency of its own.
"""

from itertools import accumulate
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent / "words"
FUNCTION_WORDS = (HERE / "function.txt").read_text("utf-8").split()
POLICY_WORDS = (HERE / "policy.txt").read_text("utf-8").split()
ZH_WORDS = (HERE / "chinese.txt").read_text("utf-8").split()

ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gl",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "sc",
    "sh",
    "sl",
    "st",
    "str",
    "t",
    "th",
    "tr",
    "v",
    "w",
    "z",
]
NUCLEI = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "io", "oa", "ou"]
CODAS = ["", "", "", "l", "m", "n", "nd", "nt", "r", "rd", "s", "st", "t", "ck", "x"]


def composed(rng: Random, number: int, *, without: set[str], stems: tuple[str, ...]) -> list[str]:
    """Pronounceable words of two to four syllables, none in `without` or beginning with `stems`."""
    words: dict[str, None] = {}
    while len(words) < number:
        syllables = rng.choices((2, 3, 4), (5, 4, 1))[0]
        word = "".join(
            rng.choice(ONSETS) + rng.choice(NUCLEI) + rng.choice(CODAS) for _ in range(syllables)
        )
        if word not in without and not word.startswith(stems):
            words[word] = None
    return list(words)


def common_characters() -> list[str]:
    """The 3,755 common characters of GB 2312."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [code.decode("gb2312") for code in codes if code < b"\xd7\xfa"]


def zipfian(number: int, exponent: float = 1.0, offset: float = 2.7) -> list[float]:
    """Cumulative weights by the law of Zipf and Mandelbrot."""
    return list(accumulate((rank + offset) ** -exponent for rank in range(number)))


def chinese(rng: Random, number: int, *, without: str) -> list[str]:
    """Words of one to four characters, drawn by Zipf; none has a character in `without`."""
    characters = [c for c in common_characters() if c not in without]
    rng.shuffle(characters)
    weights = zipfian(len(characters), 0.8)
    words = dict.fromkeys(w for w in ZH_WORDS if not set(w) & set(without))
    while len(words) < number:
        length = rng.choices((1, 2, 3, 4), (4, 76, 14, 6))[0]
        words["".join(rng.choices(characters, cum_weights=weights, k=length))] = None
    return list(words)
