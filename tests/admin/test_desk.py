"""The front page of the desk, and who gets in."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User

from policies.admin.records import PolicyAdmin
from policies.desk import LACKS, PILES, missing
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Region,
    Sector,
    SourceLink,
    Target,
    Term,
)
from policies.vocabulary import State

from .forms import address

pytestmark = pytest.mark.django_db
EVERY_KIND = [
    Company, CorporateEvent, IssuingBody, NewsletterIssue, Policy, Region, Sector, Target, Term,
]  # fmt: skip


@pytest.fixture
def varied():
    """Records that lack different things, in every state."""
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    sector = Sector.objects.create(name_en="Machine tools")
    for number, state in enumerate([*State, *State]):
        bare = Policy.objects.create(headline=f"Bare {number}", state=state)
        bare.issuers.create(printed="Office of Nobody", position=1)
        bare.issuers.create(printed="Bureau of Nobody", position=2)
        bare.targets.create(text="Reach it")
        bare.targets.create(text="Reach it too")
        nobody = Policy.objects.create(title_zh="规划", state=state, official_url="https://a.cn")
        nobody.sectors.add(sector)
        full = Policy.objects.create(
            title_en=f"Full {number}", title_zh="规划", official_url="https://a.cn", state=state,
            announced_on=date(2024, 4, 1), instrument="plan",
        )  # fmt: skip
        full.sectors.add(sector)
        full.issuers.create(body=body, position=1)
        full.targets.create(text="Reach it", due_on=date(2027, 12, 31), due_precision="year")
        event = CorporateEvent.objects.create(text="A yard laid a keel.", state=state)
        if number % 2:
            SourceLink.objects.create(event=event, label="A paper")


def test_a_reader_without_staff_rights_is_turned_away(client):
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/admin/").status_code == 302


def test_the_desk_says_so_when_nothing_waits(editor):
    page = editor.get("/admin/")
    assert "Nothing waits" in page.content.decode()


def test_each_count_on_the_desk_is_the_length_of_the_list_it_leads_to(publisher, varied):
    piles = publisher.get("/admin/").context["piles"]
    assert [pile.title for pile in piles] == [title for title, _, _ in PILES]
    for pile in piles:
        listed = publisher.get(pile.url).context["cl"]
        assert (pile.title, pile.count) == (pile.title, listed.result_count)
        assert {record for record, _ in pile.first} <= set(listed.queryset)


def test_the_records_on_the_desk_lead_to_their_forms(publisher, varied):
    for pile in publisher.get("/admin/").context["piles"]:
        for _, url in pile.first:
            assert publisher.get(url).status_code == 200


def test_who_may_not_see_policies_sees_nothing_of_them_on_the_desk(client, varied):
    user = User.objects.create_user("glossarist", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_term"))
    client.force_login(user)
    page = client.get("/admin/")
    assert page.context["piles"] == []
    assert "Bare" not in page.content.decode()
    assert "Nothing waits" not in page.content.decode()


def test_the_desk_takes_as_many_queries_for_many_records_as_for_few(
    editor, varied, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30):
        editor.get("/admin/")


@pytest.mark.parametrize("model", [Policy, CorporateEvent])
def test_a_record_is_told_to_lack_what_the_filters_find_it_to_lack(editor, varied, model):
    open_records = model.objects.exclude(state=State.WITHDRAWN)
    for name, lack in LACKS[model].items():
        listed = editor.get(f"{address(model, 'changelist')}?lacks={name}").context["cl"].queryset
        told = {r for r in open_records if any(w.startswith(lack.words) for w in missing(r))}
        if name == "date":
            told = {r for r in open_records if "date" in missing(r)}
        assert set(listed) == told, name


@pytest.mark.parametrize("model", EVERY_KIND)
def test_an_editor_opens_each_list_each_empty_form_and_each_search(editor, model):
    assert editor.get(address(model, "changelist")).status_code == 200
    assert editor.get(address(model, "changelist"), {"q": "车床 lathe"}).status_code == 200
    assert editor.get(address(model, "add")).status_code == 200


def test_the_lists_link_to_the_site_only_what_is_public(publisher):
    policy = Policy.objects.create(headline="A plan")
    company = Company.objects.create(name_en="A yard")
    for record in (policy, company, policy.targets.create(text="Reach it")):
        page = publisher.get(address(record, "change")).content.decode()
        assert "View on site" not in page, record
    Policy.objects.update(state=State.PUBLISHED)
    page = publisher.get(address(policy, "change")).content.decode()
    assert f'href="{policy.get_absolute_url()}" class="viewsitelink"' in page


def test_a_search_finds_a_policy_by_its_body_in_either_language(editor):
    body = IssuingBody.objects.create(
        name_en="Ministry of Lathes", abbreviation="MOL", name_zh="车床部", kind="former"
    )
    Policy.objects.create(headline="Another plan")
    policy = Policy.objects.create(headline="A plan")
    policy.issuers.create(body=body)
    for words in ("MOL", "车床部"):
        listed = editor.get(address(Policy, "changelist"), {"q": words}).context["cl"]
        assert list(listed.queryset) == [policy]
    assert PolicyAdmin.search_help_text
