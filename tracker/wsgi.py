"""The WSGI application that a server such as gunicorn runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()

from policies.search.warming import warm_up  # noqa: E402 - models exist from here on

_pages = get_resolver().url_patterns  # imports whatever a page needs
warm_up()
# What is kept from here on lives as long as the process: no collection need look at it again.
gc.collect()
gc.freeze()
