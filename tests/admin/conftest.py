"""People at the desk."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


def logged_in(group: str) -> Client:
    user = User.objects.create_user(group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def editor(db) -> Client:
    return logged_in("Editor")


@pytest.fixture
def publisher(db) -> Client:
    return logged_in("Publisher")
