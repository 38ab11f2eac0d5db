"""Settings that hold for every test."""

import os

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _plain_settings(settings):
    settings.API_LIMIT = 0
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    settings.DATASET_DIR = settings.VAR_DIR / "no datasets"
    # Each test sees its pages made; what is kept has tests of its own.
    nothing = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = settings.CACHES | {"pages": nothing}
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def _no_index_of_another_test():
    # Tests roll their database back, which no process of a real site sees happen.
    from policies.search.index import INDEX

    INDEX.forget()


@pytest.fixture
def seeded(db):
    """The tracker as `make run` seeds it."""
    from tests.seeded import seed

    seed()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory):
    """The database of the tests; its groups are noted and a copy kept for real processes."""
    from tests.databases import keep_migrated
    from tests.groups import remember_groups

    with django_db_blocker.unblock():
        remember_groups()
        keep_migrated(tmp_path_factory.mktemp("migrated"))


@pytest.fixture(scope="module")
def elsewhere(django_db_setup, tmp_path_factory):
    """A migrated tracker that real processes share."""
    from tests.elsewhere import Elsewhere

    return Elsewhere(tmp_path_factory.mktemp("elsewhere"))


def pytest_collection_modifyitems(items):
    """Where only real processes are asked, the database that they are given copies of is made."""
    for item in items:
        if {"crowded", "elsewhere", "site"}.intersection(item.fixturenames):
            item.add_marker("django_db")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Put back what a test that commits has to flush at its end: the next may need it."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("transaction"):
        from pytest_django.plugin import blocking_manager_key

        from tests.groups import put_groups_back

        with item.config.stash[blocking_manager_key].unblock():
            put_groups_back()
    return result
