"""The WSGI application that a server such as gunicorn runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()

from policies.search.index import warm_up  # noqa: E402 - models exist from here on

warm_up()
# What is kept from here on lives as long as the process: no collection need look at it again.
gc.collect()
gc.freeze()
