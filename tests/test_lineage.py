"""The same goal in several documents: what readers see of it, what editors are asked."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from policies import lineage, merging, publishing
from policies.lineage.changes import change
from policies.models import DroppedTarget, IssuingBody, Policy, PolicyRelation, Target, TargetLink
from policies.search.index import current_index
from policies.search.indexing import batch
from tests.merging.tables import differences, index_faults, tables

pytestmark = pytest.mark.django_db
PAGE = "/admin/policies/target/lineage/"


def policy(title: str, year: int | None, *, state: str = "published") -> Policy:
    day = date(year, 3, 1) if year else None
    made = Policy.objects.create(
        title_en=title, state=state, announced_on=day, announced_precision="day" if day else ""
    )
    body, _ = IssuingBody.objects.get_or_create(slug="mol", name_en="Lathes", kind="former")
    made.issuers.create(body=body, is_lead=True)
    return made


def target(of: Policy, value=None, *, metric="Total computing power", due=None, **given) -> Target:
    if value is not None:
        given = {"unit": "EFLOPS", "comparator": "at least"} | given
    if due:
        given |= {"due_on": date(due, 12, 31), "due_precision": "year"}
    return of.targets.create(text=f"{metric}: {value}", metric=metric, value=value, **given)


def link(*targets: Target) -> None:
    for earlier, later in pairwise(targets):
        lineage.link(earlier=earlier, later=later, by=None)


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_how_a_target_changed_is_told_by_its_figures():
    def made(value, comparator="at least", unit="percent", due=None, **given) -> Target:
        if value is None:
            comparator = unit = ""
        day = date(due, 12, 31) if due else None
        return Target(value=value, comparator=comparator, unit=unit, due_on=day,
                      due_precision="year" if due else "", **given)  # fmt: skip

    cases = [
        (made(80, due=2025), made(90, due=2027), ("raised", "later")),
        (made(80, due=2025), made(70, due=2025), ("lowered", "")),
        (made(80, due=2030), made(80, unit="Percent", due=2027), ("repeated", "sooner")),
        (made(80), made(80, "about"), ("changed", "")),
        (made(80), made(90, unit="GW"), ("changed", "")),
        (made(20), made(25, "increase by at least"), ("changed", "")),
        (made(15, "decrease by at least"), made(20, "decrease by at least"), ("raised", "")),
        (made(15, "decrease by at most"), made(10, "decrease by at most"), ("lowered", "")),
        (made(15, "decrease by at least"), made(15, "decrease by at least"), ("repeated", "")),
        (made(15, "decrease by at least"), made(15, "decrease by at most"), ("changed", "")),
        (made(15, "decrease by at least"), made(20, "increase by at least"), ("changed", "")),
        (made(15, "change by"), made(20, "decrease by at least"), ("raised", "")),
        (made(15, "decrease by at least"), made(20), ("changed", "")),
        (made(20, "change by", baseline_year=2020), made(25, "change by", baseline_year=2023),
         ("changed", "")),
        (made(None), made(None, due=2027), ("repeated", "")),
        (made(None), made(5), ("changed", "")),
    ]  # fmt: skip
    for earlier, later, told in cases:
        found = change(earlier, later)
        assert (found.kind.value, found.shift) == told


def test_a_page_tells_the_whole_lineage_and_nothing_hidden(client, django_assert_max_num_queries):
    plan, action, notice = policy("Plan", 2021), policy("Action plan", 2023), policy("Notice", 2024)
    hidden, silent = policy("Hidden", 2025, state="in-review"), policy("Silent", 2026)
    # Recorded in another order than issued.
    last, first = target(notice, 250, due=2026), target(plan, 300, due=2025)
    middle, unseen = target(action, 300, due=2025), target(hidden, 999)
    link(first, middle, last, unseen)
    after = target(policy("After the hidden one", 2027), 444)
    link(unseen, after)
    TargetLink.objects.filter(later=last).update(note="Counted anew.")
    for one in (silent, hidden):
        lineage.drop(last, one, by=None)
    client.get(last.get_absolute_url())
    with django_assert_max_num_queries(18):
        answer = client.get(last.get_absolute_url())
    entries, html = answer.context["lineage"], answer.content.decode()
    assert [entry.policy for entry in entries] == [plan, action, notice, silent, after.policy]
    section = html[html.index('id="lineage"') :].partition("</section>")[0]
    rows = [text_of(row) for row in section.partition("<tbody>")[2].split("</tr>")]
    for row, words in zip(
        rows,
        ["2021 Figure at least 300 EFLOPS Due 2025 How it changed first here", "repeated",
         "2024 Figure at least 250 EFLOPS Due 2026 How it changed lowered from 300 EFLOPS, "
         "due later Counted anew.", "No longer named dropped", "2027 Figure at least 444 EFLOPS"],
        strict=False,
    ):  # fmt: skip
        assert words in row
    # Each mark of the chart leads to what it stands for.
    chart = section[section.index("<svg") : section.index("</svg>")]
    assert re.findall(r'<a href="([^"]+)"', chart) == [
        first.get_absolute_url(), middle.get_absolute_url(), last.get_absolute_url(),
        silent.get_absolute_url(), after.get_absolute_url(),
    ]  # fmt: skip
    assert answer.context["chart"].marks[0].y < answer.context["chart"].marks[2].y
    assert "style=" not in section
    for word in ("Hidden", "999"):
        assert word not in html
    publishing.publish(hidden, by=None)
    assert "999" in client.get(first.get_absolute_url()).content.decode()


def told(of: Target) -> list[tuple[int, str, list[tuple[str, int]]]]:
    """Each figure of a lineage, whether it is this one, and what it is compared with."""
    return [
        (int(e.target.value), "this" if e.is_this else "",
         [(c.kind.value, int(c.earlier.value)) for c in e.changes])
        for e in lineage.lineage(of) if e.target
    ]  # fmt: skip


def test_a_lineage_holds_together_past_what_is_withdrawn_or_in_review(client):
    years = {2021: 50, 2022: 40, 2023: 45, 2024: 60}
    first, gone, review, last = chain = [
        target(policy(f"Plan of {year}", year), value) for year, value in years.items()
    ]
    link(*chain)
    TargetLink.objects.update(note="Of a link that is not public.")
    publishing.withdraw(gone.policy, by=None)
    Policy.objects.filter(pk=review.policy_id).update(state="in-review")
    for one in (first, last):
        assert told(one) == [
            (50, "this" if one is first else "", []),
            (60, "this" if one is last else "", [("raised", 50)]),
        ]
        page = client.get(one.get_absolute_url()).content.decode()
        for word in ("Plan of 2022", "Plan of 2023", "Of a link", "45", "40"):
            assert word not in text_of(page[page.index('id="lineage"') :].partition("</sec")[0])
    assert client.get(gone.get_absolute_url()).status_code in (404, 410)


def test_what_came_from_a_withdrawn_target_alone_is_compared_with_the_one_before(client):
    root, one, other = (target(policy(f"P{n}", 2020 + n), n) for n in (1, 2, 3))
    link(root, one)
    link(root, other)
    assert told(one)[1:] == [(2, "this", [("raised", 1)]), (3, "", [("raised", 1)])]
    publishing.withdraw(root.policy, by=None)
    assert told(one) == [(2, "this", []), (3, "", [("raised", 2)])]
    publishing.withdraw(other.policy, by=None)
    assert told(one) == []


def test_figures_in_several_units_are_not_drawn_and_loners_have_no_lineage(client):
    one, other = target(policy("A", 2021), 5), target(policy("B", 2022), 9, unit="GW")
    assert client.get(one.get_absolute_url()).context["lineage"] == []
    link(one, other)
    page = client.get(other.get_absolute_url())
    assert [e.target for e in page.context["lineage"]] == [one, other]
    assert page.context["chart"] is None
    assert "set otherwise" in page.content.decode()


def test_a_circle_of_links_is_told_once_each():
    one, two, three = (target(policy(name, None), 1) for name in "ABC")
    link(one, two, three, one)
    assert {e.target for e in lineage.lineage(one)} == {one, two, three}


def test_what_measures_the_same_is_proposed_until_it_is_answered():
    own = target(policy("New plan", 2026, state="in-review"), 400)
    older, old = target(policy("Oldest", 2020), 200), target(policy("Old", 2023), 300)
    waiting = target(
        policy("Waiting", 2027, state="in-review"), 500, metric="Computing power, total"
    )
    target(policy("Other unit", 2022), 80, unit="percent")
    target(policy("Other thing", 2022), 5, metric="Number of pilot cities for green hydrogen")
    target(policy("Withdrawn", 2022, state="withdrawn"), 250)
    target(own.policy, 410)

    def told() -> list[tuple[Target, bool]]:
        return [(one.other, one.is_earlier) for one in lineage.proposed(own)]

    assert set(told()) == {(older, True), (old, True), (waiting, False)}
    why = lineage.proposed(own)[0].because
    assert "100% alike in words, same unit EFLOPS, both by Lathes" in why
    link(older, old)
    # Of a family only the nearest is asked about.
    assert set(told()) == {(old, True), (waiting, False)}
    lineage.decline(waiting, own, by=None)
    assert told() == [(old, True)]
    link(old, own)
    assert told() == []
    lineage.ask_again(own, waiting)
    assert told() == [(waiting, False)]


@pytest.fixture
def desk(db) -> Client:
    user = User.objects.create_user("ed", is_staff=True)
    names = [f"{verb}_{model}" for verb in ("add", "change", "delete", "view")
             for model in ("target", "targetlink", "droppedtarget", "policy")]  # fmt: skip
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_an_editor_links_declines_and_drops_with_one_click_each(
    desk, django_assert_max_num_queries
):
    new = policy("New plan", 2026)
    own, old = target(new, 400), target(policy("Old plan", 2023), 300)
    follower = policy("Follower", 2028, state="in-review")
    PolicyRelation.objects.create(policy=follower, other=new, kind="replaces")
    form = reverse("admin:policies_target_change", args=[own.pk])

    def press(answer: str, **more) -> str:
        url = reverse("admin:policies_target_lineage", args=[own.pk])
        return desk.post(url, {"answer": answer} | more, follow=True).content.decode()

    page = desk.get(form).content.decode()
    assert "Because: 100% alike" in page
    assert "Dropped there" in page
    version = current_index().version
    press("link", other=old.pk)
    made = TargetLink.objects.get()
    assert (made.earlier, made.later) == (old, own)
    told = made.history.get()
    assert told.history_user.username == "ed"
    assert told.history_change_reason.startswith("Proposed: 100% alike")
    assert current_index().version > version
    assert (
        "Link of targets “Total computing power: 300”"
        in desk.get(f"/admin/policies/target/{own.pk}/history/").content.decode()
    )
    assert "not proposed any more" in press("link", other=old.pk)
    press("unlink", row=made.pk)
    press("no", other=old.pk)
    assert "Said no to 1" in desk.get(form).content.decode()
    assert not TargetLink.objects.exists()
    press("again", other=old.pk)
    press("dropped", policy=follower.pk)
    dropped = DroppedTarget.objects.get()
    assert (dropped.target, dropped.policy) == (own, follower)
    assert "Dropped there" not in press("dropped", policy=follower.pk)
    press("keep", row=dropped.pk)
    assert not DroppedTarget.objects.exists()
    assert "choose one of the buttons" in press("whatever")
    assert desk.post(reverse("admin:policies_target_lineage", args=[10**9])).status_code == 404

    with batch():
        for year in range(2000, 2018):
            target(policy(f"Plan of {year}", year, state="in-review"), year)
    assert "Target lineages to decide" in desk.get("/admin/").content.decode()
    with django_assert_max_num_queries(45):
        page = desk.get(PAGE).content.decode()
    assert page.count("Because:") > 20
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger", is_staff=True))
    assert stranger.get(PAGE).status_code == 403
    url = reverse("admin:policies_target_lineage", args=[own.pk])
    assert stranger.post(url, {"answer": "link", "other": old.pk}).status_code == 403


def test_any_two_targets_can_be_linked_by_hand_but_only_one_way_round(desk):
    own, old = target(policy("New", 2026), 4), target(policy("Old", 2023), metric="Other words")
    add = reverse("admin:policies_targetlink_add")
    assert desk.get(f"{add}?later={own.pk}").status_code == 200
    desk.post(add, {"later": own.pk, "earlier": old.pk, "note": "By hand."})
    assert TargetLink.objects.get().note == "By hand."
    page = desk.post(add, {"later": old.pk, "earlier": own.pk}).content.decode()
    assert "the other way round" in page
    assert (
        "cannot come before itself"
        in desk.post(add, {"later": own.pk, "earlier": own.pk}).content.decode()
    )
    page = desk.post(
        reverse("admin:policies_droppedtarget_add"), {"target": own.pk, "policy": own.policy_id}
    ).content.decode()
    assert "the one that sets the target" in page


def test_links_survive_a_merge_of_policies_and_its_parting():
    first, kept, gone = policy("First", 2021), policy("Plan", 2023), policy("Plan", 2023)
    one, two, three = target(first, 100), target(gone, 200), target(gone, 50, metric="Cities")
    same = target(kept, 200)
    link(one, two)
    link(target(first, 40, metric="Cities"), three)
    lineage.drop(one, gone, by=None)
    before = tables()
    merge = merging.merge(kept, gone)
    # The same target in both is one; its lineage goes on at the one that stays.
    assert TargetLink.objects.get(earlier=one).later == same
    assert three in {row.later for row in TargetLink.objects.all()}
    assert DroppedTarget.objects.get().policy == kept
    assert index_faults() == []
    merging.part(merge)
    assert differences(before, tables()) == {}


def test_a_long_lineage_is_whole_on_the_page_of_each_of_its_targets(client):
    with batch():
        years = [target(policy(f"Plan of {year}", year), year) for year in range(2001, 2026)]
        link(*years)
    for one in (years[0], years[12], years[-1]):
        entries = lineage.lineage(one)
        assert [entry.target for entry in entries] == years
        assert client.get(one.get_absolute_url()).content.decode().count("Plan of 2001") >= 1


def test_a_long_lineage_takes_no_more_questions(django_assert_num_queries):
    with batch():
        years = [target(policy(f"Plan of {year}", year), year) for year in range(2001, 2026)]
        link(*years)
    with django_assert_num_queries(4):
        lineage.lineage(years[0])


def test_lists_of_targets_mark_what_was_raised_lowered_or_dropped(client):
    plan, action, notice = policy("Plan", 2021), policy("Action plan", 2023), policy("Notice", 2024)
    hidden = policy("Hidden", 2022, state="in-review")
    first, unseen, middle = target(plan, 300), target(hidden, 999), target(action, 400)
    last, alone = target(notice, 350), target(notice, 7, metric="Unlinked")
    link(first, unseen, middle, last)
    lineage.drop(last, policy("Decree", 2025), by=None)
    lineage.drop(alone, hidden, by=None)
    ledger = client.get("/targets/")
    marks = {row.pk: getattr(row, "marks", None) for row in ledger.context["page"].object_list}
    assert (marks[first.pk].before, marks[first.pk].after) == (None, middle)
    assert (marks[middle.pk].before, marks[middle.pk].before_kind) == (first, "raised")
    assert (marks[middle.pk].after, marks[middle.pk].after_kind) == (last, "lowered")
    assert marks[alone.pk] is None
    words = f'<a href="{middle.get_absolute_url()}">raised in a later document</a>'
    told = "lowered against an earlier document · dropped in Decree"
    pages = [ledger, client.get(plan.get_absolute_url()), client.get(notice.get_absolute_url())]
    html = [page.content.decode() for page in pages]
    assert words in html[0]
    assert words in html[1]
    assert told in text_of(html[0])
    assert told in text_of(html[2])
    assert told in text_of(client.get(alone.get_absolute_url()).content.decode())
    for page in html:
        assert "999" not in page
        assert "Hidden" not in page


def test_marks_of_many_targets_take_four_questions(django_assert_num_queries):
    for number in range(5):
        made = [target(policy(f"P{number}{step}", 2020 + step), 100 + step) for step in range(3)]
        link(*made)
    rows = list(Target.objects.all())
    with django_assert_num_queries(4):
        lineage.mark(rows)
    assert len([row for row in rows if row.marks.before and row.marks.after]) == 5
