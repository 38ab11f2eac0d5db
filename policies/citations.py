"""Citations of policies, targets, events and searches, in the styles that researchers ask for.

What is cited is the record's page, by its permanent address and with the day on which
it was read; who issued the document stands as its author. Nothing is made up: an
unknown date is “n.d.”, a document without a known issuer has no author.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import Truncator

from policies.languages import is_in_chinese
from policies.models import CorporateEvent, Target
from policies.models.dates import write_period
from policies.models.links import followable
from policies.newsletter.dates import DAY, MONTH, PreciseDate

SITE = "Policy tracker"
GENRES = {"target": "Policy target", "event": "Corporate event", "search": "Data set"}
SINGLE = str.maketrans("“”", "‘’")
# What is read with records that are cited, however many.
RELATED: dict[str, tuple[str, ...]] = {
    "policies": ("issuers__body", "sectors"),
    "targets": ("policy__issuers__body", "policy__sectors"),
    "events": ("companies",),
}
MOST_IN_APA, FIRST_IN_APA = 20, 19
MOST_IN_CHICAGO, FIRST_IN_CHICAGO = 10, 7
MOST_IN_GBT = 3


@dataclass(frozen=True, slots=True)
class Work:
    """What a citation says of a record, whatever its style. Authors come with Chinese names."""

    key: str
    kind: str
    title: str
    title_zh: str
    authors: tuple[tuple[str, str], ...]
    day: PreciseDate | None
    number: str
    genre: str
    address: str
    official: str
    part_of: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.authors]


def cite(record: Any, style: str, accessed: date, site: str = "") -> str:
    """The citation of a public record in one of `STYLES`; `site` comes before its address."""
    return cite_work(work_of(record, site), style, accessed)


def cite_work(work: Work, style: str, accessed: date) -> str:
    """A work in one of `STYLES`."""
    return STYLES[style][1](work, accessed)


def work_of(record: Any, site: str) -> Work:
    """A policy, a target or an event as it is cited."""
    if isinstance(record, Target):
        return _target(record, site)
    return _event(record, site) if isinstance(record, CorporateEvent) else _policy(record, site)


def _policy(record: Any, site: str) -> Work:
    return Work(
        record.slug, "policy", _line(record.display_title), _line(record.title_zh),
        _issuers(record), record.announced or record.document,
        _line(record.document_number), record.get_instrument_display() or "Policy",
        site + record.get_absolute_url(), followable(record.official_url),
        abstract=_line(record.summary),
        keywords=tuple(sector.name_en for sector in record.sectors.all()),
    )  # fmt: skip


def _target(record: Any, site: str) -> Work:
    policy = record.policy
    title = record.metric or Truncator(_line(record.text)).words(14, truncate=" …")
    return Work(
        record.slug, "target", title, "", _issuers(policy), policy.announced or policy.document,
        "", GENRES["target"], site + record.get_absolute_url(), followable(policy.official_url),
        part_of=_line(policy.display_title), abstract=_due(record),
        keywords=tuple(sector.name_en for sector in policy.sectors.all()),
    )  # fmt: skip


def _due(record: Any) -> str:
    """A target as it was printed and when it falls due, which nothing else in a citation says."""
    return " ".join(filter(None, (_line(record.text), record.due and f"(due {record.due})")))


def _event(record: Any, site: str) -> Work:
    companies = tuple((one.name_en, one.name_zh) for one in record.companies.all())
    return Work(
        record.slug, "event", _line(record.display_title), "", companies, record.happened, "",
        GENRES["event"], site + record.get_absolute_url(), "", abstract=_line(record.text),
    )  # fmt: skip


def _issuers(policy: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.body.name_en, row.body.name_zh) if row.body else (_line(row.printed), "")
        for row in policy.named_issuers
    )


def _line(text: str) -> str:
    return " ".join((text or "").split())


# The styles


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
    return f"{head}{of} {SITE}. Retrieved {_american(accessed)}, from {work.address}"


def chicago(work: Work, accessed: date) -> str:
    """Chicago, bibliography of the notes style."""
    parts = [_full_stop(_chicago_names(work.names))] if work.authors else []
    parts.append(_quoted(work.title, _other_title(work)))
    parts += [f"{work.genre} in {_quoted(work.part_of)}"] if work.part_of else []
    parts += [f"{work.number}."] if work.number else []
    day = work.day
    if day:
        parts.append(f"{_american(day.value) if day.precision == DAY else day}.")
    parts += [f"{SITE}.", f"Accessed {_american(accessed)}.", f"{work.address}."]
    return " ".join(parts)


def gbt7714(work: Work, accessed: date) -> str:
    """GB/T 7714-2015 for what is read online: the Chinese title and names where known."""
    is_chinese = bool(work.title_zh)
    names = [(zh if is_chinese else "") or en for en, zh in work.authors]
    more = (["等"] if is_chinese else ["et al"]) if len(names) > MOST_IN_GBT else []
    who = f"{', '.join(names[:MOST_IN_GBT] + more)}. " if names else ""
    title = (work.title_zh or work.title) + (f": {work.number}" if work.number else "")
    when = f"({write_period(work.day)})" if work.day else ""
    of = f"//{work.part_of}" if work.part_of else ""
    medium = "DS/OL" if work.kind == "search" else "EB/OL"
    return f"{who}{title}[{medium}]{of}. {when}[{accessed.isoformat()}]. {work.address}."


BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
BIBTEX_SPECIAL = re.compile(r"[\\{}%&#$_~^]")


def _escaped(text: str) -> str:
    return BIBTEX_SPECIAL.sub(lambda found: BIBTEX_ESCAPES[found[0]], text)


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
        "note": _escaped(". ".join(filter(None, (work.genre, work.part_of)))),
        "url": re.sub(r"[\\{}\s]", lambda found: f"%{ord(found[0]):02X}", work.address),
        "urldate": accessed.isoformat(),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{lines}}}"


RIS_TYPES = {"policy": "GOVDOC", "search": "DATA"}


def ris(work: Work, accessed: date) -> str:
    """A record of RIS, as Zotero and EndNote read it."""
    day = work.day
    lines = [("TY", RIS_TYPES.get(work.kind, "ELEC")), ("ID", work.key)]
    lines += [("AU", name) for name in work.names]
    lines += [("TI", work.title), ("TT", work.title_zh), ("T2", work.part_of)]
    lines += [("PY", str(day.value.year)), ("DA", _slashed(day))] if day else []
    lines += [("M1", work.number), ("M3", work.genre), ("DB", SITE), ("UR", work.address)]
    lines += [("Y2", accessed.strftime("%Y/%m/%d/")), ("AB", work.abstract)]
    lines += [("KW", word) for word in work.keywords]
    lines += [("N1", f"Official text: {work.official}")] if work.official else []
    return "\r\n".join([f"{tag}  - {text}" for tag, text in lines if text] + ["ER  - "])


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
        "source": SITE,
        "URL": work.address,
        "abstract": work.abstract,
        "keyword": ", ".join(work.keywords),
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
    """Meta tags as Zotero's connector and Google Scholar read them."""
    day = _slashed(work.day).rstrip("/") if work.day else ""
    tags = [("citation_title", work.title)]
    tags += [("citation_author", name) for name in work.names]
    tags += [
        ("citation_publication_date", day),
        ("citation_technical_report_institution", "; ".join(work.names)),
        ("citation_technical_report_number", work.number),
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
