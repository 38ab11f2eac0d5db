"""The index finds exactly what a plain reading finds, and counts what it counts."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.facets import facets
from policies.filters import PolicyFilter
from policies.models import IssuingBody, Policy, PolicyIssuer, Sector, Target, Term
from policies.search.index import INDEX
from policies.search.indexing import batch
from policies.search.terms import COMMENT, POINT, TEXT, TITLE

from .oracle import Plain, holds

ENGLISH = [
    "chip", "chips", "semi-conductor", "semiconductor", "semi", "conductor", "R&D", "C919", "5G",
    "policy", "policies", "steel", "high-tech", "high tech", "China’s", "industry", "of", "the",
    "computing power", "Zürich", "1,200", "little giants", "MOT", "Ministry of Lathes",
]  # fmt: skip
CHINESE = [
    "算力", "算", "力", "数据", "数字", "半导体", "小巨人", "“小巨人”企业", "工业和信息化部",
    "工信部", "算 力", "計畫", "车床部", "《数据》", "据数", "导体半", "工信部联规〔2024〕53号",
    "（2024）7号", "国务院令第785号", "国务院令785",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from([*ENGLISH, *CHINESE, ",", "。", "–"]), max_size=9).map(" ".join)
DENSE = st.lists(st.sampled_from("算力数据导体工信部联5G "), max_size=8).map("".join)
ANY_TEXT = st.one_of(TEXTS, DENSE)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "title_en": TEXTS,
            "title_zh": ANY_TEXT,
            "summary": ANY_TEXT,
            "comment": TEXTS,
            "target": st.one_of(st.none(), TEXTS.filter(str.strip)),
            "bodies": st.lists(st.integers(0, 2), unique=True, max_size=2),
            "sectors": st.lists(st.integers(0, 2), unique=True, max_size=2),
            "instrument": st.sampled_from(["", "plan", "notice"]),
            "announced": st.one_of(st.none(), st.dates(date(2022, 1, 1), date(2024, 12, 31))),
        }
    ),
    min_size=1,
    max_size=6,
)
ATOMS = st.one_of(
    st.sampled_from([*ENGLISH, *CHINESE]),
    st.sampled_from([*ENGLISH, *CHINESE]).map(lambda word: f'"{word}"'),
    st.sampled_from([*ENGLISH, *CHINESE]).map(lambda word: f'="{word}"'),
    st.sampled_from(["chi*", "semi*", "semi-c*", "polic*", "5*", "=chips", "=policy", "数*"]),
    st.tuples(st.sampled_from(ENGLISH), st.sampled_from([*ENGLISH, *CHINESE])).map(
        lambda pair: f'"{pair[0]} {pair[1]}"'
    ),
    st.tuples(
        st.sampled_from(["title", "body", "text", "comment", "target", "facts"]),
        st.sampled_from([*ENGLISH, *CHINESE]),
    ).map(lambda pair: f'{pair[0]}:"{pair[1]}"'),
)
QUERIES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=2).map(" OR ".join),
        inner.map(lambda query: f"-({query})"),
        inner.map(lambda query: f"({query})"),
    ),
    max_leaves=4,
)
FILTERS = st.dictionaries(
    st.sampled_from(["body", "not_body", "sector", "not_sector", "instrument", "not_instrument"]),
    st.integers(0, 2),
    max_size=2,
)
BODIES = ["state", "mol", "mot"]
SECTORS = ["industry", "lathes", "chips"]
INSTRUMENTS = ["plan", "notice", "plan"]

pytestmark = pytest.mark.django_db


class Rolled(Exception):
    """Ends an example, so that its records go."""


@pytest.fixture
def registry():
    state = IssuingBody.objects.create(slug="state", name_en="State Organ", kind="former")
    lathes = IssuingBody.objects.create(
        slug="mol", name_en="Ministry of Lathes", abbreviation="MOL", short_name_zh="车床部",
        name_zh="中央车床部", kind="former", parent=state,
    )  # fmt: skip
    lathes.aliases.create(name="Lathe Ministry", language="en")
    trams = IssuingBody.objects.create(
        slug="mot", name_en="Ministry of Trams", abbreviation="MOT", kind="former", parent=state
    )
    industry = Sector.objects.create(slug="industry", name_en="Heavy works", name_zh="重工")
    sectors = [
        industry,
        Sector.objects.create(slug="lathes", name_en="Lathes", name_zh="车床", parent=industry),
        Sector.objects.create(slug="chips", name_en="Wafers", name_zh="半导体"),
    ]
    Term.objects.create(
        term_en="Computing power", term_zh="算力", pinyin="suan li", definition="What computes."
    )
    Term.objects.create(
        term_en="Little giants", term_zh="小巨人", pinyin="xiao ju ren", definition="Small firms."
    )
    return [state, lathes, trams], sectors


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=RECORDS, queries=st.lists(QUERIES, min_size=8, max_size=8), chosen=FILTERS)
def test_the_index_finds_and_counts_what_a_plain_reading_does(registry, records, queries, chosen):
    INDEX.forget()
    try:
        with transaction.atomic():
            plain = [_store(record, *registry) for record in records if any_text(record)]
            for query in queries:
                _compare(plain, query, chosen)
            raise Rolled
    except Rolled:
        pass


def any_text(record: dict) -> bool:
    return any(record[name].strip() for name in ("title_en", "title_zh", "summary"))


def _store(record: dict, bodies: list[IssuingBody], sectors: list[Sector]) -> Plain:
    announced = record["announced"]
    with batch():
        policy = Policy.objects.create(
            state="published",
            **{name: record[name] for name in ("title_en", "title_zh", "summary", "comment")},
            instrument=record["instrument"],
            announced_on=announced,
            announced_precision="day" if announced else "",
        )
        for place, number in enumerate(record["bodies"], 1):
            PolicyIssuer.objects.create(policy=policy, body=bodies[number], position=place)
        policy.sectors.set([sectors[number] for number in record["sectors"]])
        if record["target"]:
            Target.objects.create(policy=policy, text=record["target"])
    issuers = [bodies[number] for number in record["bodies"]]
    return Plain(
        policy.pk,
        {
            TITLE: [record["title_en"], record["title_zh"]],
            TEXT: [record["summary"]],
            COMMENT: [record["comment"]],
            POINT: [record["target"] or ""],
        },
        [name for body in issuers for name in _names(body)],
        {
            "body": {body.slug for body in issuers} | ({"state"} if issuers else set()),
            "sector": {sectors[n].slug for n in record["sectors"]}
            | ({"industry"} if 1 in record["sectors"] else set()),
            "instrument": {record["instrument"]} - {""},
            "year": {str(announced.year)} if announced else set(),
        },
    )


def _names(body: IssuingBody) -> list[str]:
    names = [body.name_en, body.abbreviation, body.name_zh, body.short_name_zh]
    return [*names, *body.aliases.values_list("name", flat=True)]


def _compare(plain: list[Plain], query: str, chosen: dict[str, int]) -> None:
    data = QueryDict(mutable=True)
    data["q"] = query
    values = {"body": BODIES, "sector": SECTORS, "instrument": INSTRUMENTS}
    wanted = {name: values[name.removeprefix("not_")][number] for name, number in chosen.items()}
    for name, value in wanted.items():
        data[name] = value
    filterset = PolicyFilter(data)
    assert filterset.errors_by_parameter == []
    matching = [record for record in plain if holds(filterset.searched.root, record)]

    def passes(record: Plain, *ignored: str) -> bool:
        return all(
            (value in record.values[name.removeprefix("not_")]) != name.startswith("not_")
            for name, value in wanted.items()
            if name not in ignored
        )

    expected = {record.key for record in matching if passes(record)}
    assert set(filterset.ids()) == expected, query
    page = filterset.page(0, 100)
    assert sorted(page) == sorted(expected), query
    for facet in facets(filterset, data):
        if facet.name not in ("body", "sector", "instrument", "year"):
            continue
        for value in [*facet.top, *facet.more]:
            # Chosen, a value is excluded no more; what else is excluded stays so.
            ignored = [facet.name, *([f"not_{facet.name}"] if value.excluded else [])]
            found = [
                r for r in matching if passes(r, *ignored) and value.value in r.values[facet.name]
            ]
            assert value.count == len(found), (query, facet.name, value.value)
