"""What editors read about the columns is what the sheets have."""

import re
from pathlib import Path

import pytest

from policies import bulk

GUIDE = Path(__file__).parents[2] / "docs" / "editing.md"


@pytest.mark.parametrize("model", list(bulk.SHEETS))
def test_the_guide_names_every_column_in_its_order(model):
    title = f"### Columns of {model._meta.verbose_name_plural}\n"
    told = GUIDE.read_text(encoding="utf-8").split(title)[1].split("\n#")[0]
    assert re.findall(r"`(\w+)`", told) == [
        column.column_name for column in bulk.SHEETS[model]().columns
    ]


def test_the_guide_names_the_limit(settings):
    assert f"at most {settings.SHEET_MAX_ROWS:,} rows" in GUIDE.read_text(encoding="utf-8")


def test_no_heading_names_two_columns():
    for sheets in bulk.SHEETS.values():
        resource = sheets()
        for column in resource.columns:
            for heading in (column.column_name, *column.also):
                assert resource.column_called(heading) is column
