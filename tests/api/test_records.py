"""Single records of the API: public fields, chosen ones, as they were, and where they went."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from policies import publishing
from policies.api.kinds import KINDS
from policies.models import Policy, PublicVersion
from policies.records import public_fields

from .asking import answered, ask, wrong

pytestmark = pytest.mark.django_db


def test_a_record_is_its_public_fields_with_whole_addresses(seeded, client):
    for kind in KINDS.values():
        record = kind.public().first()
        slug = getattr(record, "slug", None) or str(record.published_on)
        given = ask(client, f"{kind.name}/{slug}/")
        assert list(given) == [field.name for field in kind.fields]
        assert given["address"] == f"http://testserver{record.get_absolute_url()}"
        relative = public_fields(record)
        assert {k: v for k, v in given.items() if isinstance(v, str) and k != "address"} == {
            k: v for k, v in relative.items() if isinstance(v, str) and k != "address"
        }
        listed = ask(client, f"{kind.name}/?page_size=100")["results"]
        assert given in listed


def test_fields_are_chosen_and_wrong_ones_named(seeded, client):
    (row,) = ask(client, "policies/?page_size=1&fields=title_en,announced&fields=slug")["results"]
    assert list(row) == ["slug", "title_en", "announced"]
    assert list(ask(client, f"policies/{row['slug']}/?fields=title_zh")) == ["title_zh"]
    assert wrong(client, "policies/?fields=title_en,note") == ["fields"]
    assert wrong(client, f"policies/{row['slug']}/?fields=imported&depth=2") == ["depth", "fields"]


def test_a_record_as_of_a_day_is_what_was_public_then(client):
    policy = publishing.publish(Policy.objects.create(title_en="As it was"), by=None)
    today = localdate()
    PublicVersion.objects.update(since=timezone.now() - timedelta(days=10))
    policy.title_en = "As it is"
    policy.save()
    address = f"policies/{policy.slug}/"
    assert ask(client, address)["title_en"] == "As it is"
    then = ask(client, f"{address}?as_of={today - timedelta(days=5)}")
    assert (then["title_en"], then["slug"], then["changed"]) == ("As it was", policy.slug, None)
    assert ask(client, f"{address}?as_of={today}&fields=title_en") == {"title_en": "As it is"}
    before = ask(client, f"{address}?as_of={today - timedelta(days=20)}", 404)
    assert "not public" in before["detail"]
    for day in ("soon", today + timedelta(days=1), "2024-02-30", f"{today}&as_of={today}"):
        assert wrong(client, f"{address}?as_of={day}") == ["as_of"]
    assert wrong(client, f"policies/?as_of={today}") == ["as_of"]


def test_earlier_versions_are_asked_for_where_they_are_kept(seeded, client):
    sector = ask(client, "sectors/?page_size=1")["results"][0]["slug"]
    body = ask(client, "bodies/?page_size=1")["results"][0]["slug"]
    assert wrong(client, f"sectors/{sector}/?as_of=2024-06-30") == ["as_of"]
    assert ask(client, f"bodies/{body}/?as_of={localdate()}")["slug"] == body


def test_a_former_slug_leads_on_and_what_is_not_public_is_told_apart(client):
    policy = publishing.publish(Policy.objects.create(title_en="First title"), by=None)
    former, policy.slug = policy.slug, "another-slug"
    policy.save()
    moved = answered(client, f"policies/{former}/?fields=slug")
    assert moved.status_code == 301
    assert ask(client, moved["Location"]) == {"slug": "another-slug"}
    publishing.withdraw(policy, by=None, note="Was a draft.", reason="")
    gone = ask(client, "policies/another-slug/", 410)
    assert gone["detail"] == "This policy was withdrawn. Was a draft."
    assert ask(client, f"policies/{former}/", 410)["detail"] == gone["detail"]
    publishing.send_back(policy, by=None)
    ask(client, f"policies/{former}/", 404)
    hidden = Policy.objects.create(title_en="In review")
    missing = ask(client, f"policies/{hidden.slug}/", 404)
    never = ask(client, "policies/never-was/", 404)
    assert missing["instance"].replace(hidden.slug, "never-was") == never["instance"]
    assert missing["detail"] == never["detail"]
    assert ask(client, "issues/2024-5-8/", 404)["status"] == 404
