"""A real list: a hundred documents of the State Council and its ministries, with their agencies."""

from pathlib import Path

import pytest

from policies.models import Policy

from .sheets import done, notices, seen, totals, wrong

LIST = Path(__file__).with_name("state_council.csv").read_bytes()
# Four that the registry does not have, and a short form that it does not know: “NDRC” is meant.
UNREGISTERED = {"国家保密局", "国家密码管理局", "中国科协", "中央军委科技委", "发展改革委"}

pytestmark = pytest.mark.django_db


def test_every_agency_of_the_list_is_resolved_or_reported(seeded):
    look = seen(LIST)
    assert (totals(look), wrong(look)) == ((100, 0, 0, 0), {})
    told = " ".join(words for *_, words in notices(look))
    named = 0
    last = Policy.objects.latest("pk").pk
    done(look, twins=True)
    for policy in Policy.objects.filter(pk__gt=last).prefetch_related("issuers__body"):
        rows = policy.issuers.all()
        assert rows, policy
        for row in rows:
            named += 1
            assert row.body or f"“{row.printed}” is not in the registry" in told
    assert named > 190
    unresolved = Policy.objects.filter(pk__gt=last, issuers__body=None)
    assert (
        "“发展改革委” is not in the registry and is kept as printed. Perhaps “国家发展改革委”?"
        in told
    )
    assert set(unresolved.values_list("issuers__printed", flat=True)) == UNREGISTERED


def test_titles_numbers_dates_and_links_come_in_as_they_are(seeded):
    done(seen(LIST), twins=True)
    plan = Policy.objects.get(document_number="国发〔2017〕35号")
    assert plan.title_zh == "国务院关于印发新一代人工智能发展规划的通知"
    assert (str(plan.document), str(plan.announced)) == ("8 July 2017", "20 July 2017")
    assert plan.official_url.endswith("/content_5211996.htm")
    assert [row.body.abbreviation for row in plan.issuers.all()] == ["State Council"]
    rules = Policy.objects.get(title_zh="生成式人工智能服务管理暂行办法")
    assert [row.body.abbreviation for row in rules.issuers.all()] == [
        "CAC", "NDRC", "MOE", "MOST", "MIIT", "MPS", "NRTA",
    ]  # fmt: skip
    assert str(rules.effective) == "15 August 2023"
    future = Policy.objects.get(document_number="工信部联科〔2024〕12号")
    assert str(future.document) == "January 2024"
    assert Policy.objects.filter(document_number="").exclude(title_zh="").exists()


def test_documents_that_are_here_already_are_reported(seeded):
    twins = {row.instance.document_number for row in seen(LIST).result.rows if row.twin_record}
    assert "工信部联规〔2024〕53号" in twins
    assert "人社部发〔2024〕37号" in twins
    before = Policy.objects.count()
    done(seen(LIST))
    assert Policy.objects.count() == before + 100 - len(twins)
    assert not seen(LIST).result.invalid_rows
    assert all(row.twin for row in seen(LIST).result.rows)
