"""What a page says in the reader's language: names, dates, and which language a text is in.

Which language that is stands in `switching`; words of the interface come from the
catalogue in `locale/`. What programs read is in English, whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, pgettext

from policies.newsletter.dates import MONTH, QUARTER, YEAR, PreciseDate

ENGLISH, CHINESE = "en-gb", "zh-hans"
# As addresses name the languages, and as pages do.
OFFERED = {"en": ENGLISH, "zh-hans": CHINESE}
TAGS = {ENGLISH: "en", CHINESE: "zh-Hans"}
# What asks for one of them behind an address.
PARAMETER = "lang"

HAN = re.compile(r"[㐀-鿿豈-﫿]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
# What is longer is looked at anew each time.
LONGEST_NAME = 300
ENGLISH_NAMES = ("display_title", "name_en", "term_en")
CHINESE_NAMES = ("title_zh", "name_zh", "term_zh")
# What puts pieces together to a line, in English and in Chinese: between the parts of a list,
# between longer parts, before a remark, behind a label, at the end of a sentence, and between
# two sentences.
MARKS = {
    "comma": (", ", "、"),
    "semicolon": ("; ", "；"),
    "aside": (", ", "，"),
    "colon": (": ", "："),
    "stop": (".", "。"),
    "gap": (" ", ""),
}

T = TypeVar("T")


def is_chinese() -> bool:
    """Whether the reader is spoken to in Chinese."""
    return get_language() == CHINESE


def mark(name: str) -> str:
    """A mark of punctuation, with the space behind it that English has and Chinese has not."""
    return MARKS[name][is_chinese()]


def language_tag() -> str:
    """The reader's language as pages name it."""
    return TAGS.get(get_language() or "", "en")


def is_in_chinese(text: str) -> bool:
    """Whether a text has more Chinese characters than words in Latin letters."""
    return len(HAN.findall(text)) > len(LATIN_WORD.findall(text))


def foreign_tag(text: str) -> str:
    """The language of a text that is not in the reader's; empty where it is, or has no words."""
    found = _tag_of_name(text) if len(text) <= LONGEST_NAME else _tag_of(text)
    return "" if found == language_tag() else found


def _tag_of(text: str) -> str:
    if not HAN.search(text) and not LATIN_WORD.search(text):
        return ""
    return TAGS[CHINESE if is_in_chinese(text) else ENGLISH]


# Names come again and again on a page, and from page to page.
_tag_of_name = lru_cache(maxsize=10_000)(_tag_of)


def names_of(record: Any) -> tuple[str, str]:
    """A record's name in the reader's language, else in the other; and the other name, if any."""
    if isinstance(record, dict):
        english, chinese = record.get("name", ""), record.get("name_zh", "")
    else:
        english = _first(record, ENGLISH_NAMES) or _issue_name(record) or str(record)
        chinese = chinese_name_of(record)
    first, second = (chinese, english) if is_chinese() and chinese else (english, chinese)
    return first, "" if second == first else second


def chinese_name_of(record: Any) -> str:
    """A record's Chinese name; empty where it is not known."""
    return _first(record, CHINESE_NAMES)


def _first(record: Any, names: tuple[str, ...]) -> str:
    for name in names:
        if found := getattr(record, name, ""):
            return found
    return ""


def _issue_name(record: Any) -> str:
    """What an issue is called: the newsletter's title and its day."""
    if not hasattr(record, "period_start"):
        return ""
    return f"{record.title}{mark('aside')}{dated(record.published_on)}"


def short_name_of(body: Any) -> str:
    """What an issuing body is called in a line with others."""
    if is_chinese() and (body.short_name_zh or body.name_zh):
        return body.short_name_zh or body.name_zh
    return body.short_name


def dated(value: PreciseDate | date | datetime | None) -> str:
    """A date in words, as exact as it is known; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, PreciseDate):
        return _precisely(value)
    day = localtime(value).date() if isinstance(value, datetime) else value
    return _written(day)


def timed(value: datetime) -> str:
    """A moment in words, to the minute."""
    local = localtime(value)
    return pgettext("date and time", "%(date)s, %(time)s") % {
        "date": _written(local),
        "time": date_format(local, "H:i"),
    }


def month_alone(day: date, form: str = "M") -> str:
    """A month without its year, as short as `form` says."""
    return f"{day.month}月" if is_chinese() else date_format(day, form)


def quarter_alone(number: int) -> str:
    """A quarter without its year, as short as charts need it."""
    return f"{number}季" if is_chinese() else f"Q{number}"


def _precisely(value: PreciseDate) -> str:
    day = value.value
    if value.precision == YEAR:
        return pgettext("a year", "%(year)s") % {"year": day.year}
    if value.precision == QUARTER:
        quarter = (day.month + 2) // 3
        return gettext("Q%(quarter)s %(year)s") % {"quarter": quarter, "year": day.year}
    return date_format(day, "YEAR_MONTH_FORMAT") if value.precision == MONTH else _written(day)


def _written(day: date) -> str:
    """A day with its month in full, which Django's own form for Britain cuts short."""
    return _written_in(is_chinese(), day.year, day.month, day.day)


# The same days come again and again on a page, and from page to page.
@lru_cache(maxsize=10_000)
def _written_in(chinese: bool, *day: int) -> str:
    return date_format(date(*day), "DATE_FORMAT" if chinese else "j F Y")


def in_each_language(make: Callable[[], T]) -> Callable[[], T]:
    """What `make` gives in the reader's language, made once for each."""
    made: dict[str, T] = {}

    def given() -> T:
        language = language_tag()
        if language not in made:
            made[language] = make()
        return made[language]

    return given


lowered = lazy(lambda text: str(text).lower(), str)
