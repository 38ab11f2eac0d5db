"""Asks many addresses: a few hosts at a time, one after the other on each host.

Each answer is written as it comes, by the one thread that holds the database, so a
round that is stopped has lost nothing and the next one goes on with the rest.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from queue import Queue
from threading import Event, Lock
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from policies.models import LinkCheck

from .asking import Answer, Asker, Verdict

logger = logging.getLogger(__name__)
THREADS = 8
PAUSE = 1.0


class Pace:
    """Lets each host be asked once in a while, whoever of the threads wants to ask it."""

    def __init__(self, pause: float, stop: Event) -> None:
        self.pause, self.stop = pause, stop
        self._lock = Lock()
        self._next: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Return when `host` may be asked again."""
        with self._lock:
            now = monotonic()
            turn = max(now, self._next.get(host, 0.0))
            self._next[host] = turn + self.pause
        self.stop.wait(turn - now)


def site_asker() -> Asker:
    """How this site asks: under its own name, and no private addresses unless a setting says so."""
    host = next((h.lstrip(".") for h in settings.ALLOWED_HOSTS if h not in ("*", "")), "")
    about = f" (+{'https' if settings.HTTPS else 'http'}://{host}/)" if host else ""
    return Asker(f"PolicyTracker-LinkCheck/1.0{about}", private=settings.LINK_CHECK_PRIVATE)


def check(
    urls: Iterable[str], asker: Asker, *, pause: float = PAUSE, threads: int = THREADS
) -> Iterator[tuple[LinkCheck, Answer]]:
    """Ask each of `urls`, and give what was written of it as the answers come."""
    stop, answers = Event(), Queue[tuple[str, Answer]]()
    asker = replace(asker, before=Pace(pause, stop).wait)
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[_host(url)].append(url)

    def ask_all(of_one_host: list[str]) -> None:
        for url in of_one_host:
            if stop.is_set():
                return
            answers.put((url, _asked(asker, url)))

    pool = ThreadPoolExecutor(threads, thread_name_prefix="link")
    try:
        jobs = [pool.submit(ask_all, group) for group in by_host.values()]
        for _ in range(sum(map(len, by_host.values()))):
            url, answer = answers.get()
            yield keep(url, answer, timezone.now()), answer
        for job in jobs:
            job.result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


@transaction.atomic
def keep(url: str, answer: Answer, at: datetime) -> LinkCheck:
    """Write what came back; an unclear answer counts neither for nor against the address."""
    LinkCheck.objects.get_or_create(url=url, defaults={"checked_at": at})
    look = LinkCheck.objects.select_for_update().get(url=url)
    look.checked_at, look.answer = at, answer.words
    if answer.verdict is Verdict.REACHED:
        look.reached_at, look.failures = at, 0
    elif answer.verdict is Verdict.FAILED:
        look.failures = min(look.failures + 1, 32_000)
    look.save()
    return look


def _asked(asker: Asker, url: str) -> Answer:
    """The answer; a fault of ours must not stop the round."""
    try:
        return asker.ask(url)
    except Exception:
        logger.exception("%s could not be asked", url)
        return Answer(Verdict.UNCLEAR, "could not be asked")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
