"""Works cited in the styles that researchers ask for, with the day on which they were read.

What a citation says stands in `works`. An unknown date is “n.d.”.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from policies.languages import is_in_chinese
from policies.models.dates import write_period
from policies.newsletter.dates import DAY, MONTH, PreciseDate
from policies.works import SITE, Work, work_of

SINGLE = str.maketrans("“”", "‘’")
MOST_IN_APA, FIRST_IN_APA = 20, 19
MOST_IN_CHICAGO, FIRST_IN_CHICAGO = 10, 7
MOST_IN_GBT = 3


def cite(record: Any, style: str, accessed: date, site: str = "") -> str:
    """The citation of a public record in one of `STYLES`; `site` comes before its address."""
    return cite_work(work_of(record, site), style, accessed)


def cite_work(work: Work, style: str, accessed: date) -> str:
    """A work in one of `STYLES`."""
    return STYLES[style][1](work, accessed)


def _american(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _joined(names: list[str], last: str) -> str:
    if len(names) < 3:
        return f" {last} ".join(names)
    return f"{', '.join(names[:-1])}, {last} {names[-1]}"


def _full_stop(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _quoted(title: str, chinese: str = "") -> str:
    """A title in quotation marks, with the Chinese one in brackets, which stays as it is."""
    inner = f"{_single(title)} [{chinese}]" if chinese else _single(title)
    return f"“{_full_stop(inner)}”"


def _single(title: str) -> str:
    """A title with single quotation marks; a Chinese one as it is."""
    if is_in_chinese(title):
        return title
    inner = title.translate(SINGLE)
    return re.sub(r'(?<![^\s(\[–—-])"', "‘", inner).replace('"', "’")


def _other_title(work: Work) -> str:
    is_told_twice = work.kind == "search" or work.title_zh == work.title
    return "" if is_told_twice else work.title_zh


def _both_titles(work: Work) -> str:
    other = _other_title(work)
    return f"{work.title} [{other}]" if other else work.title


def _apa_names(names: list[str]) -> str:
    """Up to twenty names, or the first nineteen, an ellipsis and the last."""
    if len(names) <= MOST_IN_APA:
        return _joined(names, "&")
    return f"{', '.join(names[:FIRST_IN_APA])}, … {names[-1]}"


def _chicago_names(names: list[str]) -> str:
    """Up to ten names, or the first seven “et al.”."""
    if len(names) <= MOST_IN_CHICAGO:
        return _joined(names, "and")
    return f"{', '.join(names[:FIRST_IN_CHICAGO])}, et al."


def apa(work: Work, accessed: date) -> str:
    """APA, seventh edition."""
    when = "n.d."
    if work.day:
        day = work.day.value
        by_precision = {DAY: f"{day.year}, {day:%B} {day.day}", MONTH: f"{day.year}, {day:%B}"}
        when = by_precision.get(work.day.precision, str(day.year))
    number = f" ({work.number})" if work.number else ""
    title = f"{_both_titles(work)}{number} [{work.genre}]."
    of = f" In {_full_stop(work.part_of)}" if work.part_of else ""
    who = _full_stop(_apa_names(work.names)) if work.authors else ""
    head = f"{who} ({when}). {title}" if who else f"{title} ({when})."
    source = f" {_full_stop(work.source)}" if work.source else ""
    return f"{head}{of}{source} {SITE}. Retrieved {_american(accessed)}, from {work.address}"


def chicago(work: Work, accessed: date) -> str:
    """Chicago, bibliography of the notes style."""
    parts = [_full_stop(_chicago_names(work.names))] if work.authors else []
    parts.append(_quoted(work.title, _other_title(work)))
    parts += [f"{work.genre} in {_quoted(work.part_of)}"] if work.part_of else []
    parts += [f"{work.number}."] if work.number else []
    day = work.day
    if day:
        parts.append(f"{_american(day.value) if day.precision == DAY else day}.")
    parts += [_full_stop(work.source)] if work.source else []
    parts += [f"{SITE}.", f"Accessed {_american(accessed)}.", f"{work.address}."]
    return " ".join(parts)


def gbt7714(work: Work, accessed: date) -> str:
    """GB/T 7714-2015 for what is read online: Chinese titles and names where known."""
    is_chinese = bool(work.title_zh or work.part_of_zh)
    names = [(zh if is_chinese else "") or en for en, zh in work.authors]
    more = (["等"] if is_chinese else ["et al"]) if len(names) > MOST_IN_GBT else []
    who = f"{', '.join(names[:MOST_IN_GBT] + more)}. " if names else ""
    title = (work.title_zh or work.title) + (f": {work.number}" if work.number else "")
    when = f"({write_period(work.day)})" if work.day else ""
    part_of = work.part_of_zh or work.part_of
    of = f"//{part_of}" if part_of else ""
    medium = "DS/OL" if work.kind == "search" else "EB/OL"
    year = f", {work.day.value.year}" if work.day else ""
    when = f"{work.source}{year}{when}" if work.source else when
    return f"{who}{title}[{medium}]{of}. {when}[{accessed.isoformat()}]. {work.address}."


BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
BIBTEX_SPECIAL = re.compile(r"[\\{}%&#$_~^]")


def _escaped(text: str) -> str:
    return BIBTEX_SPECIAL.sub(lambda found: BIBTEX_ESCAPES[found[0]], text)


def _keyword(word: str) -> str:
    """A keyword; one with a comma is held together."""
    return f"{{{_escaped(word)}}}" if "," in word else _escaped(word)


def bibtex(work: Work, accessed: date) -> str:
    """An entry for BibTeX and biblatex; names and titles keep their capitals."""
    exact = {DAY, MONTH}
    day = work.day
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in work.names),
        "title": f"{{{_escaped(_both_titles(work))}}}",
        "year": str(day.value.year) if day else "",
        "month": str(day.value.month) if day and day.precision in exact else "",
        "day": str(day.value.day) if day and day.precision == DAY else "",
        "number": _escaped(work.number),
        "howpublished": SITE,
        "organization": _escaped(work.source),
        "keywords": ", ".join(map(_keyword, work.keywords)),
        "note": _escaped(". ".join(filter(None, (work.genre, work.part_of)))),
        "url": re.sub(r"[\\{}\s]", lambda found: f"%{ord(found[0]):02X}", work.address),
        "urldate": accessed.isoformat(),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{lines}}}"


RIS_TYPES = {"policy": "GOVDOC", "search": "DATA"}


def ris(work: Work, accessed: date) -> str:
    """A record of RIS, as Zotero and EndNote read it.

    Zotero takes what follows a comma in an author for a first name, puts M1 of a report
    among what is left over and drops TT: so the comma of an institution is a full-width
    one, the document number stands in SN, and the Chinese title in a note as well.
    """
    day = work.day
    notes = {"Chinese title": work.title_zh, "Official text": work.official}
    lines = [("TY", RIS_TYPES.get(work.kind, "ELEC")), ("ID", work.key)]
    lines += [("AU", _undivided(name)) for name in work.names]
    lines += [("TI", work.title), ("TT", work.title_zh), ("T2", work.part_of)]
    lines += [("PY", str(day.value.year)), ("DA", _slashed(day))] if day else []
    lines += [("SN", work.number), ("M3", work.genre), ("PB", work.source)]
    lines += [("DB", SITE), ("UR", work.address)]
    lines += [("Y2", accessed.strftime("%Y/%m/%d/")), ("AB", work.abstract)]
    lines += [("KW", word) for word in work.keywords]
    lines += [("N1", f"{what}: {text}") for what, text in notes.items() if text]
    return "\r\n".join([f"{tag}  - {text}" for tag, text in lines if text] + ["ER  - "])


def _undivided(name: str) -> str:
    """The name of an institution with full-width commas, at which no program divides it."""
    return name.replace(",", "，")


def _slashed(day: PreciseDate) -> str:
    """Year, month and day with a slash after each, known or not, as RIS has it."""
    known = [f"{part:02}" for part in _date_parts(day)]
    return "/".join(known + [""] * (4 - len(known)))


def _date_parts(day: PreciseDate) -> list[int]:
    """Year, month and day as far as they are known."""
    known = {DAY: 3, MONTH: 2}.get(day.precision, 1)
    return [day.value.year, day.value.month, day.value.day][:known]


def csl(work: Work, accessed: date) -> dict[str, Any]:
    """An item of CSL-JSON, as pandoc and citeproc read it."""
    day, today = work.day, [accessed.year, accessed.month, accessed.day]
    item: dict[str, Any] = {
        "id": work.key,
        "type": "report" if work.kind == "policy" else "webpage",
        "title": work.title,
        "original-title": work.title_zh,
        "author": [{"literal": name} for name in work.names],
        "issued": {"date-parts": [_date_parts(day)]} if day else None,
        "accessed": {"date-parts": [today]},
        "number": work.number,
        "genre": work.genre,
        "container-title": work.part_of,
        "publisher": work.source,
        "source": SITE,
        "URL": work.address,
        "abstract": work.abstract,
        "keyword": "; ".join(work.keywords),
        "note": f"Official text: {work.official}" if work.official else "",
    }
    return {name: value for name, value in item.items() if value}


STYLES: dict[str, tuple[str, Callable[[Work, date], str]]] = {
    "apa": ("APA", apa),
    "chicago": ("Chicago", chicago),
    "gbt7714": ("GB/T 7714", gbt7714),
    "bibtex": ("BibTeX", bibtex),
    "ris": ("RIS", ris),
}


# For machines that read pages


def highwire(work: Work) -> list[tuple[str, str]]:
    """Meta tags as Zotero's connector and Google Scholar read them.

    Zotero takes what names an institution for a report, and all else for a web page, since
    each page says that it is one (`og:type`); by a title alone it would guess an article
    of a journal. A sole author it would divide at a comma.
    """
    day = _slashed(work.day).rstrip("/") if work.day else ""
    tags = [("citation_title", work.title)]
    tags += [("citation_author", _undivided(name)) for name in work.names]
    tags += [
        ("citation_publication_date", day),
        ("citation_technical_report_institution", "; ".join(work.names)),
        ("citation_technical_report_number", work.number),
        ("citation_publisher", work.source),
        ("citation_keywords", "; ".join(work.keywords)),
        ("citation_abstract_html_url", work.address),
    ]
    return [(name, value) for name, value in tags if value]


def legislation(record: Any, work: Work) -> dict[str, Any]:
    """A policy as schema.org describes Legislation."""
    day = work.day and "-".join(f"{part:02}" for part in _date_parts(work.day))
    item = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": work.address,
        "url": work.address,
        "name": work.title,
        "alternateName": work.title_zh,
        "legislationIdentifier": work.number,
        "legislationType": work.genre,
        "legislationJurisdiction": "CN",
        "legislationPassedBy": [
            {"@type": "GovernmentOrganization", "name": name, "alternateName": zh}
            if zh else {"@type": "GovernmentOrganization", "name": name}
            for name, zh in work.authors
        ],
        "datePublished": day,
        "legislationDateOfApplicability": record.effective and write_period(record.effective),
        "abstract": work.abstract,
        "keywords": list(work.keywords),
        "sameAs": work.official,
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}
