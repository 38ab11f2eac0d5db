"""An import as it stands: what was read, what is here already, what was decided.

Nothing here writes. All that a page needs is asked for once, so that a page
takes as many queries for many items as for few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from policies.intake.duplicates import Known
from policies.intake.pairing import Pairs, Record, item_key, pair, section_of
from policies.intake.store import UNKNOWN_PUBLISHER
from policies.models import IssueImport, Merge, NewsletterIssue, Policy
from policies.newsletter import Item, ParsedIssue
from policies.newsletter.document import CORPORATE_NEWS
from policies.proposals import Proposals, Proposer
from policies.registry import BodyRegistry

from . import doubts as doubting
from .bodies import Naming
from .cards import Card, Wrong, make_card
from .choices import Choices, ItemChoices
from .doubts import Doubt
from .lines import Block, Source
from .outcomes import Outcome, outcome
from .proposing import Offer, offers_for
from .reading import parsed as read_issue
from .remembered import merged_before

# A real issue has some twenty items; what has many more is shown in parts.
PER_PAGE = 40
ROWS = ("issuers", "provisions", "targets", "amounts", "sources", "sectors", "regions")
# What a decision does not change; the others, unless the head or the record of an item changes.
SHARED = ("items", "registry", "known", "proposals", "proposer", "source")
SHARED_BY_HEAD = ("issue", "present", "before")
SHARED_BY_RECORDS = ("pairs", "gone", "free")
EVENT_ROWS = ("amounts", "sources", "sectors", "regions", "companies")


@dataclass(frozen=True, slots=True)
class Part:
    """The items and lines that one page shows."""

    number: int
    count: int
    items: tuple[Item, ...]
    first: int
    last: int


class Stage:
    """One import with `choices`, by default those that are kept."""

    def __init__(self, kept: IssueImport, choices: Choices | None = None) -> None:
        self.kept = kept
        self.choices = followed(Choices.of(kept.choices) if choices is None else choices)
        self.read = read_issue(kept.text)
        self.parsed = with_head(self.read, self.choices.head)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items in printed order."""
        return tuple(sorted(self.parsed.items, key=lambda item: item.lines))

    def decided(self, choices: Choices) -> Stage:
        """The same import with other decisions; what they do not touch is not asked again."""
        other = Stage(self.kept, choices)
        shared = list(SHARED)
        if other.choices.head == self.choices.head:
            shared += SHARED_BY_HEAD
            if other.choices.records == self.choices.records:
                shared += SHARED_BY_RECORDS
        for name in shared:
            if name in self.__dict__:
                setattr(other, name, self.__dict__[name])
        return other

    @cached_property
    def registry(self) -> BodyRegistry:
        """The registered bodies."""
        return BodyRegistry()

    @cached_property
    def naming(self) -> Naming:
        """Which body a name means."""
        return Naming(self.registry, self.choices.bodies)

    @cached_property
    def issue(self) -> NewsletterIssue | None:
        """The issue of this publisher and day, if it is here already."""
        publisher = self.parsed.publisher or UNKNOWN_PUBLISHER
        same = {"publisher": publisher, "published_on": self.parsed.published}
        return NewsletterIssue.objects.defer("source_text").filter(**same).first()

    @cached_property
    def present(self) -> list[Record]:
        """The records of the issue that is here already."""
        if self.issue is None:
            return []
        policies = self.issue.policies.prefetch_related(*ROWS)
        return [*policies, *self.issue.events.prefetch_related(*EVENT_ROWS)]

    @cached_property
    def pairs(self) -> Pairs:
        """The record that an earlier version of each item became, or may have become."""
        return pair(list(self.items), self.present, self.choices.records)

    @cached_property
    def gone(self) -> list[Record]:
        """Records of the issue that the file does not have any more."""
        return self.pairs.gone(self.present)

    @cached_property
    def free(self) -> dict[str, list[Record]]:
        """By section, the records of the issue that are surely no item's, in printed order."""
        found: dict[str, list[Record]] = defaultdict(list)
        rows = [*self.gone, *self.pairs.unsure.values()]
        for record in sorted(rows, key=lambda row: (row.position, row.pk)):
            found[section_of(record)].append(record)
        return found

    @cached_property
    def known(self) -> Known:
        """What the policies that are here are told by."""
        return Known()

    @cached_property
    def before(self) -> dict[str, int]:
        """By item, the policy of another issue that an earlier version of it went into."""
        return merged_before(self.items, self.issue)

    @cached_property
    def twins(self) -> dict[str, dict[int, str]]:
        """Earlier policies that may be the same as an item, and in what they are alike."""
        found: dict[str, dict[int, str]] = {}
        for item in self.items:
            key = item_key(item)
            paired = key in self.pairs.sure or key in self.pairs.unsure
            if item.section == CORPORATE_NEWS or paired:
                continue
            typed = self.choices.items.get(key, ItemChoices()).values
            alike = self.known.like(
                number=typed.get("document_number", item.document_number),
                link=typed.get("official_url", item.url),
                title_zh=typed.get("title_zh", item.title_zh),
            )
            # The issue's own records stand to choose from beside it.
            own = {record.pk for record in self.free[item.section]}
            alike = {pk: same for pk, same in alike.items() if pk not in own}
            if key in self.before:
                alike = {self.before[key]: doubting.BEFORE} | alike
                alike[self.before[key]] = doubting.BEFORE
            into = self.choices.items.get(key, ItemChoices()).into
            if into is not None and into not in self.lost:
                # Chosen when it was alike; nobody has said otherwise since.
                alike = {into: ""} | alike
            if alike:
                found[key] = alike
        return found

    @cached_property
    def lost(self) -> set[int]:
        """The keys of policies that items were to update and that are not here any more."""
        chosen = set(self.choices.targets)
        here = Policy.objects.filter(pk__in=chosen).values_list("pk", flat=True) if chosen else ()
        return chosen - set(here)

    @cached_property
    def policies(self) -> dict[int, Policy]:
        """The policies that may be the same as an item, by key."""
        keys = {key for alike in self.twins.values() for key in alike}
        return Policy.objects.prefetch_related(*ROWS).in_bulk(keys) if keys else {}

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """What each item would become, by key."""
        return {item_key(item): self._outcome(item) for item in self.items}

    def _outcome(self, item: Item) -> Outcome:
        key = item_key(item)
        chosen = self.choices.items.get(key, ItemChoices())
        into = self.policies.get(chosen.into) if chosen.into is not None else None
        return outcome(item, chosen, self.pairs.sure.get(key), into, self.pairs.unsure.get(key))

    @cached_property
    def doubts(self) -> dict[str, list[Doubt]]:
        """The doubts by item key; those about the whole issue under an empty one."""
        read = doubting.Read(self.read)
        found = {"": doubting.issue_doubts(self.parsed, read.of_issue, self.choices.settled)}
        numbers = {item_key(item): number for number, item in enumerate(self.read.items)}
        asked: set[str] = set()
        twice = doubting.twice(self.outcomes.values())
        for key, shown in self.outcomes.items():
            doubts = doubting.item_doubts(
                shown,
                self.naming,
                self.twins.get(key, {}),
                read.of_item[numbers[key]],
                self.source.texts,
            )
            # One name is one question, asked where it is printed first.
            found[key] = [doubt for doubt in doubts if doubt.id not in asked]
            found[key] += [twice[key]] if key in twice else []
            asked |= {doubt.id for doubt in doubts if doubt.kind == doubting.BODY}
        return found

    @cached_property
    def asked_at(self) -> dict[str, str]:
        """The key of the item at which an unknown name is asked for."""
        return {
            doubt.id.removeprefix("body:"): key
            for key, doubts in self.doubts.items()
            for doubt in doubts
            if doubt.kind == doubting.BODY
        }

    @cached_property
    def source(self) -> Source:
        """The lines of the text."""
        return Source(self.kept.text, self.read)

    @cached_property
    def proposals(self) -> dict[str, Proposals]:
        """What the words of items propose, filled as it is asked for."""
        return {}

    @cached_property
    def proposer(self) -> Proposer:
        """Who proposes."""
        return Proposer()

    def offers(self, key: str) -> tuple[Offer, ...]:
        """What is proposed for an item."""
        shown = self.outcomes[key]
        if key not in self.proposals:
            self.proposals[key] = self.proposer.for_item(shown.item)
        return offers_for(shown, self.proposals[key])

    def part(self, number: int) -> Part:
        """The part `number` of a long issue, from 1; the nearest one where there is no such."""
        count = max(1, -(-len(self.items) // PER_PAGE))
        number = min(max(number, 1), count)
        shown = self.items[(number - 1) * PER_PAGE : number * PER_PAGE]
        after = self.items[number * PER_PAGE :]
        first = 1 if number == 1 else shown[0].lines[0]
        last = after[0].lines[0] - 1 if after else len(self.source.texts)
        return Part(number, count, shown, first, last)

    def part_of(self, key: str) -> int:
        """The number of the part that shows the item `key`."""
        keys = [item_key(item) for item in self.items]
        return keys.index(key) // PER_PAGE + 1 if key in keys else 1

    def cards(self, part: Part, wrong: Mapping[str, Wrong] | None = None) -> list[Card]:
        """The cards of a part, in printed order."""
        places = self.source.field_lines()
        found = []
        for item in part.items:
            key = item_key(item)
            alike = self.twins.get(key, {})
            twins = {pk: (self.policies[pk], same) for pk, same in alike.items()}
            card = make_card(
                self.outcomes[key],
                self.doubts[key],
                naming=self.naming,
                places=places,
                asked_at=self.asked_at,
                twins=twins,
                free=self.free[item.section] if self.present else [],
                offers=self.offers(key),
                wrong=wrong or {},
            )
            found.append(card)
        return found

    def blocks(self, part: Part) -> list[Block]:
        """The source lines of a part."""
        return self.source.blocks(part.first, part.last)


def followed(choices: Choices) -> Choices:
    """The decisions, about the records that policies and bodies were merged into since."""
    policies = Merge.objects.where_gone("policy", choices.targets)
    bodies = Merge.objects.where_gone("issuingbody", choices.linked)
    return choices.moved(policies, bodies) if policies or bodies else choices


def with_head(read: ParsedIssue, head: Mapping[str, str]) -> ParsedIssue:
    """`read` with the title, publisher and day that an editor typed instead."""
    if not head:
        return read
    day = head.get("published")
    published = date.fromisoformat(day) if day else read.published
    return replace(
        read,
        title=head.get("title", read.title),
        publisher=head.get("publisher", read.publisher),
        published=published,
    )
