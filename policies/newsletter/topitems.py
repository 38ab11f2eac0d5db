"""Long items: their parts read into the fields of an `Item`."""

from __future__ import annotations

from . import labels
from .built import Built, span
from .dates import PreciseDate
from .datewords import first_date
from .docnumbers import find_number
from .document import TOP, Item, Source
from .doubts import no_address
from .drafts import Part, Piece, TopDraft
from .effective import find_effective
from .issuers import read_bodies
from .links import BARE, address, find_links, unlinked
from .money import find_money
from .paragraphs import Block, Layout, make_blocks
from .periods import Times, with_year
from .points import Summary, read_summary
from .titles import Title, read_title

FIELDS = {
    labels.COMMENT: "comment",
    labels.ARTICLE: "title",
    labels.BODIES: "issuing_bodies",
    labels.DATE: "date",
    labels.NUMBER: "document_number",
    labels.DOCUMENT_DATE: "document_date",
    labels.EFFECTIVE: "effective",
    labels.LINK: "sources",
    labels.SOURCES: "sources",
}


def build_top(
    draft: TopDraft, position: int, *, layout: Layout, times: Times, publisher: str
) -> Built:
    """The item that a long item's lines hold; who comments is written as the publisher is."""
    parts = draft.parts
    placements = [(piece.line, "headline") for piece in draft.headline]
    summary = _summary(parts.get(labels.GLANCE), layout, placements)
    for kind, name in FIELDS.items():
        if kind in parts:
            placements += [(line, name) for line in parts[kind].lines]
    title = read_title(_value(parts.get(labels.ARTICLE), layout))
    comment = _comment(parts.get(labels.COMMENT), layout)
    sources = _sources(parts, layout)
    number = _value(parts.get(labels.NUMBER), layout)
    signer = parts[labels.COMMENT].signer if labels.COMMENT in parts else ""
    item = Item(
        section=TOP,
        position=position,
        lines=span(placements),
        headline=_value_of(draft.headline, layout),
        summary=summary.text,
        comment=comment,
        commentator=publisher if signer.casefold() == publisher.casefold() else signer,
        title_en=title.english,
        title_zh=title.chinese,
        document_number=find_number(number) or number or title.number,
        url=title.url or _first_url(parts.get(labels.LINK), layout),
        date=_date(parts.get(labels.DATE), layout, times),
        document_date=_date(parts.get(labels.DOCUMENT_DATE), layout, times),
        effective=_date(parts.get(labels.EFFECTIVE), layout, times)
        or find_effective(f"{_value(parts.get(labels.DATE), layout)}\n{summary.text}", times),
        issuing_bodies=_bodies(parts.get(labels.BODIES), layout),
        points=tuple(summary.points),
        amounts=find_money(_everything(summary, comment)),
        sources=sources,
    )
    built = Built(item, placements)
    _doubts(built, draft, title, layout)
    return built


def _summary(part: Part | None, layout: Layout, placements: list[tuple[int, str]]) -> Summary:
    summary = read_summary(_blocks(part, layout))
    placements += summary.placements
    if part:
        placed = {line for line, _ in summary.placements}
        placements += [(line, "summary") for line in part.lines if line not in placed]
    return summary


def _everything(summary: Summary, comment: str) -> str:
    """Summary, points and comment in printed order, one paragraph a line."""
    texts: list[str] = []
    told = 0
    heading = ""
    for point in summary.points:
        texts += summary.paragraphs[told : point.after_paragraph]
        told = point.after_paragraph
        texts += [point.text] if point.heading == heading else [point.heading, point.text]
        heading = point.heading
    return "\n".join([*texts, *summary.paragraphs[told:], comment])


def _comment(part: Part | None, layout: Layout) -> str:
    text = ""
    before: Block | None = None
    for block in _blocks(part, layout):
        glue = "\n" if before and before.bullet and block.bullet else "\n\n"
        text += (glue if before else "") + ("- " if block.bullet else "") + block.text
        before = block
    return text


def _blocks(part: Part | None, layout: Layout) -> list[Block]:
    return [block for block in make_blocks(part.pieces if part else [], layout) if block.text]


def _value_of(pieces: list[Piece], layout: Layout) -> str:
    plain = [Piece(piece.line, piece.text) for piece in pieces]
    blocks = make_blocks(plain, Layout(layout.width, spaced=True))
    return blocks[0].text if blocks else ""


def _value(part: Part | None, layout: Layout) -> str:
    return _value_of(part.pieces, layout) if part else ""


def _bodies(part: Part | None, layout: Layout) -> tuple[str, ...]:
    value = _value(part, layout)
    return read_bodies(value, part.words) if part and value else ()


def _date(part: Part | None, layout: Layout, times: Times) -> PreciseDate | None:
    words = first_date(_value(part, layout))
    return with_year(words, times) if words else None


def _sources(parts: dict[str, Part], layout: Layout) -> tuple[Source, ...]:
    value = _value(parts.get(labels.SOURCES), layout)
    linked = tuple(link.as_source() for link in find_links(value))
    if linked or not value:
        return linked
    bare = BARE.search(value)
    return (Source(value, address(bare[0]) if bare else ""),)


def _first_url(part: Part | None, layout: Layout) -> str:
    value = _value(part, layout)
    bare = BARE.search(value)
    return next((link.url for link in find_links(value)), "") or (address(bare[0]) if bare else "")


def _bare_doubts(built: Built, parts: dict[str, Part], layout: Layout) -> None:
    """Addresses that are printed as words and lack what a browser needs: "www.example.org"."""
    for kind in (labels.ARTICLE, labels.LINK, labels.SOURCES):
        for bare in BARE.finditer(unlinked(_value(parts.get(kind), layout))):
            printed = bare[0].rstrip(".,;)")
            if not address(printed):
                built.doubt(parts[kind].line, no_address(printed))


def _doubts(built: Built, draft: TopDraft, title: Title, layout: Layout) -> None:
    item, parts = built.item, draft.parts
    if not item.headline and labels.GLANCE not in parts:
        built.doubt(draft.line, "the item has no headline")
    if not item.summary and not item.points:
        built.doubt(draft.line, "the item has no summary")
    if not item.comment:
        built.doubt(draft.line, "the item has no comment")
    article = parts.get(labels.ARTICLE)
    if not (title.english or title.chinese):
        built.doubt(article.line if article else draft.line, "the item names no document")
    elif not title.chinese and article:
        built.doubt(article.line, "the document has no Chinese title")
    bodies = parts.get(labels.BODIES)
    if not item.issuing_bodies:
        built.doubt(bodies.line if bodies else draft.line, "the item names no issuing body")
    for kind, name, value in (
        (labels.DATE, "date", item.date),
        (labels.DOCUMENT_DATE, "document date", item.document_date),
        (labels.EFFECTIVE, "effective date", item.effective),
    ):
        if kind in parts and value is None:
            printed = _value(parts[kind], layout)
            built.doubt(parts[kind].line, f"the {name} is no date: {printed[:60]!r}")
        elif kind == labels.DATE and value is None:
            built.doubt(draft.line, "the item has no date")
    _bare_doubts(built, parts, layout)
