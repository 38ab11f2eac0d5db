"""How often an address may ask: counted by the minute in Django's cache, told in each answer."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from policies.accounts.throttle import client_address

WINDOW = 60


class ReadingThrottle(BaseThrottle):
    """So many requests a minute from each address, as API_LIMIT says; none is counted at 0."""

    def allow_request(self, request: Any, view: Any) -> bool:
        limit = settings.API_LIMIT
        if not limit or request.method == "OPTIONS":
            return True
        minute, passed = divmod(int(time.time()), WINDOW)
        key = f"api:{client_address(request._request)}:{minute}"
        cache.add(key, 0, WINDOW)
        try:
            count = cache.incr(key)
        except ValueError:  # dropped by the cache just now
            count = 1
        self.left = WINDOW - passed
        view.limits = {
            "RateLimit-Limit": str(limit),
            "RateLimit-Remaining": str(max(0, limit - count)),
            "RateLimit-Reset": str(self.left),
        }
        return count <= limit

    def wait(self) -> float:
        return self.left
