"""The WSGI application that a server such as gunicorn runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from tracker.room import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = with_room(get_wsgi_application())

from policies.search.warming import warm_up  # noqa: E402 - models exist from here on

_pages = get_resolver().url_patterns  # imports whatever a page needs
warm_up()
# What is kept from here on lives as long as the process: no collection need look at it again.
gc.collect()
gc.freeze()
# A page makes some ten thousand objects that go with it; looking for more after every 700 of
# them, as Python does by itself, costs a page more than it finds.
gc.set_threshold(20_000, 10, 10)
