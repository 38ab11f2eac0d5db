"""Merging and parting again leave every table as it was, history aside; so does the index."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from policies.merging import Refused, make_plan, merge, part, parts

from .tables import differences, history, index_faults, tables
from .worlds import World

KINDS = ["bodies", "companies", "policies", "sectors", "events"]
SEEDS = st.integers(0, 2**32)
# A smaller seed makes no smaller world: the one that fails is printed, and none is looked for.
VARIED = settings(
    max_examples=int(os.environ.get("MERGES", "3")),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[*HealthCheck],
)
pytestmark = pytest.mark.django_db


class Rolled(Exception):
    """Ends an example, so that its records go."""


@contextmanager
def rolled_back():
    """An example whose records go at its end."""
    with suppress(Rolled), transaction.atomic():
        yield
        raise Rolled


def choices_of(chance, kept, gone) -> dict[str, str]:
    return {each.name: chance.choice(each.options) for each in parts(kept, gone)}


@pytest.mark.parametrize("kind", KINDS)
@VARIED
@given(seed=SEEDS)
def test_every_row_of_every_table_comes_back(kind, seed):
    chance = Random(seed)
    with rolled_back():
        records = getattr(World(chance), kind)
        kept, gone = chance.sample(records, 2)
        before, versions = tables(), history()
        try:
            done = merge(kept, gone, choices=choices_of(chance, kept, gone))
        except Refused:
            assert differences(before, tables()) == {}
            return
        assert not type(kept).objects.filter(pk=gone.pk).exists()
        assert index_faults() == []
        part(done)
        assert differences(before, tables()) == {}
        assert index_faults() == []
        assert all(versions[name] <= kept_versions for name, kept_versions in history().items())


@VARIED
@given(seed=SEEDS)
def test_several_merges_are_taken_back_one_after_the_other(seed):
    chance = Random(seed)
    with rolled_back():
        world = World(chance)
        stages = []
        for _ in range(4):
            records = getattr(world, chance.choice(KINDS))
            if len(records) < 2:
                continue
            kept, gone = chance.sample(records, 2)
            before = tables()
            try:
                done = merge(kept, gone, choices=choices_of(chance, kept, gone))
            except Refused:
                continue
            records.remove(gone)
            for record in records:
                record.refresh_from_db()
            stages.append((before, done))
        for before, done in reversed(stages):
            part(done)
            assert differences(before, tables()) == {}
        assert index_faults() == []


@VARIED
@given(seed=SEEDS)
def test_a_plan_changes_nothing(seed):
    chance = Random(seed)
    with rolled_back():
        records = getattr(World(chance), chance.choice(KINDS))
        kept, gone = chance.sample(records, 2)
        before = tables()
        with suppress(Refused):
            make_plan(kept, gone, choices_of(chance, kept, gone))
        assert differences(before, tables()) == {}
