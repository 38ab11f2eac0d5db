"""Two runs of `send_alerts` at once, killed at random while records are published."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pyroaring import BitMap

from policies import publishing
from policies.alerts.searches import Search
from policies.models import Alert, AlertDelivery, AlertMessage, AlertSubscriber, Policy
from policies.search.indexing import batch
from policies.vocabulary import AlertFrequency, AlertState, MessagePurpose, MessageState

from .postbox import Postbox
from .worker import send

WORDS = ("lathe", "orchard", "kiln", "ferry", "loom", "crane", "mill", "wharf")
SEARCHES = ("", "q=lathe", "q=orchard+OR+kiln", "q=ferry", "level=national", "q=-loom", "q=crane")
PARTS = 2
# Between two kills at most so many mails arrive, or so many seconds pass.
MOST_MAILS, LONGEST = 60, 20
# Runs are forked from a process that has read all modules, so that kills meet them at work.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.alerts.worker"])


class Siege:
    """Subscribers, records, and what became of them."""

    def __init__(self, postbox: Postbox, subscribers: int, records: int, seed: int) -> None:
        self.postbox, self.subscribers, self.records = postbox, subscribers, records
        self.chance = Random(seed)
        self.workers: list[Any] = []
        self.kills = self.runs = 0
        self.errors: list[str] = []
        self._at_most = MOST_MAILS
        self.started = time.monotonic()

    def prepare(self) -> None:
        """Make everybody and everything; nothing is public yet. One in ten follows two searches."""
        call_command("migrate", verbosity=0)
        AlertSubscriber.objects.bulk_create(
            AlertSubscriber(address=f"reader{number}@example.org")
            for number in range(self.subscribers)
        )
        alerts = []
        for number, subscriber in enumerate(AlertSubscriber.objects.order_by("pk")):
            alerts.append(self._alert(subscriber, SEARCHES[number % len(SEARCHES)]))
            if number % 10 == 0:
                alerts.append(self._alert(subscriber, "q=mill"))
        Alert.objects.bulk_create(alerts)
        with batch():
            for number in range(self.records):
                words = " and ".join(self.chance.sample(WORDS, 3))
                level = "national" if number % 3 else "municipal"
                Policy.objects.create(title_en=f"Notice {number} on {words}", level=level)

    def _alert(self, subscriber: AlertSubscriber, query: str) -> Alert:
        return Alert(
            subscriber=subscriber,
            kind="policies",
            query=query,
            query_key=query or "all",
            frequency=AlertFrequency.AT_ONCE,
            state=AlertState.ACTIVE,
            language="en-gb",
            site="http://localhost:8000",
            known=BitMap().serialize(),
            due_at=timezone.now() - timedelta(minutes=1),
            confirmed_at=timezone.now(),
        )

    def run(self, kills: int) -> None:
        """Publish part by part while two runs send, each killed at random; then let them end."""
        waiting = list(Policy.objects.order_by("pk").values_list("pk", flat=True))
        parts = min(PARTS, kills)
        size = -(-len(waiting) // parts)
        # The kills are to be over before the mails are.
        self._at_most = max(1, min(MOST_MAILS, self.subscribers * parts // (kills or 1)))
        try:
            while self.kills < kills or waiting:
                self._keep_two()
                if waiting and self.kills >= (parts - len(waiting) / size) * kills / parts:
                    self._publish(waiting[:size])
                    del waiting[:size]
                if self.kills < kills:
                    self._wait()
                    self._kill()
            while not self._is_settled():
                self._keep_two()
                time.sleep(0.3)
        finally:
            for worker in self.workers:
                worker.kill()
                worker.join()

    def _publish(self, keys: list[int]) -> None:
        with batch():
            for policy in Policy.objects.filter(pk__in=keys):
                publishing.publish(policy, by=None)

    def _keep_two(self) -> None:
        for worker in [one for one in self.workers if not one.is_alive()]:
            if worker.exitcode not in (0, -signal.SIGKILL):
                self.errors.append(f"a run ended with {worker.exitcode}")
            self.workers.remove(worker)
        while len(self.workers) < 2:
            worker = PROCESSES.Process(target=send)
            worker.start()
            self.workers.append(worker)
            self.runs += 1

    def _wait(self) -> None:
        """Wait until the runs are at work, for a number of mails and a moment, both by chance."""
        arrived = len(self.postbox.mails) + self.chance.randint(1, self._at_most)
        until = time.monotonic() + LONGEST
        while len(self.postbox.mails) < arrived and time.monotonic() < until:
            if not any(worker.is_alive() for worker in self.workers):
                self._keep_two()
            time.sleep(0.002)
        time.sleep(self.chance.uniform(0, 0.08))

    def _kill(self) -> None:
        """Kill one of the two, if it is still at it."""
        worker = self.chance.choice(self.workers)
        if worker.is_alive():
            worker.kill()
            worker.join()
            self.kills += worker.exitcode == -signal.SIGKILL

    def _is_settled(self) -> bool:
        """Whether nothing is left to be sent, in anybody's eyes.

        What is sent or unsure stays so, and is asked first: a record that is claimed between
        two questions would otherwise count as told while its mail is still to come.
        """
        settled = (MessageState.SENT, MessageState.UNSURE)
        is_told = not self._expected() - self._told(*settled)
        is_quiet = not AlertMessage.objects.exclude(state__in=settled).exists()
        connection.close()
        return is_told and is_quiet

    def _expected(self) -> set[tuple[str, int]]:
        """The pairs of subscriber and record that make all."""
        found: dict[str, BitMap] = {}
        pairs = set()
        for query, address in Alert.objects.values_list("query", "subscriber__address"):
            if query not in found:
                found[query] = Search.of(Alert(kind="policies", query=query)).ids
            pairs |= {(address, key) for key in found[query]}
        return pairs

    def _told(self, *states: str) -> set[tuple[str, int]]:
        told = AlertDelivery.objects.filter(message__state__in=states)
        return set(told.values_list("subscriber__address", "record_id"))

    def report(self) -> tuple[list[str], bool]:
        """What arrived, in words, and whether all is as it should be."""
        keys = dict(Policy.objects.values_list("slug", "pk"))
        arrived = Counter(
            (mail.to, keys[slug]) for mail in self.postbox.mails for slug in mail.records
        )
        names = Counter(mail.message["Message-ID"] for mail in self.postbox.mails)
        expected, unsure = self._expected(), self._told(MessageState.UNSURE)
        twice = sum(count > 1 for count in arrived.values())
        missing = expected - arrived.keys()
        unsure_mails = AlertMessage.objects.filter(state=MessageState.UNSURE)
        lost = [mail for mail in unsure_mails if mail.message_id not in names]
        notices = AlertMessage.objects.filter(purpose=MessagePurpose.UNSURE).count()
        brought = unsure_mails.filter(purpose=MessagePurpose.RECORDS).count()
        holds = (
            not twice
            and not self.errors
            and not arrived.keys() - expected
            and missing <= unsure
            and notices == brought
        )
        lines = [
            f"{self.kills} kills of {self.runs} runs in {time.monotonic() - self.started:.0f} s "
            f"on {connection.vendor}",
            f"{self.subscribers} subscribers, {self.records} records: {len(expected)} to be told, "
            f"{sum(arrived.values())} told in {len(self.postbox.mails)} mails",
            f"told twice: {twice}, told without reason: {len(arrived.keys() - expected)}, "
            f"not told: {len(missing)}, of these said to be unsure: {len(missing & unsure)}",
            f"mails of which nobody knew whether they arrived: {len(unsure_mails)}, "
            f"of these lost: {len(lost)}; subscribers told so: {notices}",
            *self.errors[:3],
        ]
        return lines, holds
