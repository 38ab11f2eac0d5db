"""Asking addresses: what counts as reached, what is never asked, and what is kept of it."""

import re
import socket
import struct
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from policies import publishing
from policies.linkchecks.addresses import forget_unnamed, records_naming, waiting
from policies.linkchecks.asking import Answer, Asker, Verdict, is_public
from policies.linkchecks.rounds import check, keep, site_asker
from policies.models import CorporateEvent, LinkCheck, Policy, SourceLink
from policies.vocabulary import State


class Pages(BaseHTTPRequestHandler):
    """A web server of every temper, by path."""

    def log_message(self, *words):
        pass

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"], time.time()))
        name = self.path.strip("/").partition("?")[0]
        moods = {"reset": self.reset, "drip": self.drip, "garbage": self.garble}
        if name == "no-head":
            self.say(405 if self.command == "HEAD" else 200)
        elif name == "reset-head" and self.command == "HEAD":
            self.reset()
        elif name == "slow":
            time.sleep(1.5)
        elif name in moods:
            moods[name]()
        elif name in WAYS_OUT:
            self.say(302, WAYS_OUT[name])
        elif name.startswith("hop"):
            self.say(301, f"/hop{int(name[3:]) + 1}")
        else:
            self.say(int(name) if name.isdecimal() else 200)

    def say(self, status, location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def garble(self):
        self.wfile.write(b"\x00\xff\x16 no web server\r\n\r\n" * 3)

    def drip(self):
        try:
            for _ in range(60):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return


WAYS_OUT = {
    "moved": "/200",
    "loop": "/loop",
    "to-file": "file:///etc/passwd",
    "to-nonsense": "http://[nonsense",
    "to-private": "http://10.0.0.1:1/",
}


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


@contextmanager
def serving():
    server = Quiet(("127.0.0.1", 0), Pages)
    server.asked = []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def server():
    with serving() as found:
        yield found


@pytest.fixture
def asker():
    return Asker("Tester/1.0", private=True, patience=0.7, in_all=1.0)


@pytest.mark.parametrize(
    ("page", "verdict", "words"),
    [
        ("200", Verdict.REACHED, "200 OK"),
        ("204", Verdict.REACHED, "204 No Content"),
        ("moved", Verdict.REACHED, "200 OK"),
        ("no-head", Verdict.REACHED, "200 OK"),
        ("reset-head", Verdict.REACHED, "200 OK"),
        ("中文 path?q=算力", Verdict.REACHED, "200 OK"),
        ("404", Verdict.FAILED, "404 Not Found"),
        ("410", Verdict.FAILED, "410 Gone"),
        ("500", Verdict.FAILED, "500 Internal Server Error"),
        ("799", Verdict.FAILED, "799"),
        ("403", Verdict.UNCLEAR, "403 Forbidden"),
        ("429", Verdict.UNCLEAR, "429 Too Many Requests"),
        ("loop", Verdict.FAILED, "redirects in a circle"),
        ("hop0", Verdict.FAILED, "more than 5 redirects"),
        ("to-file", Verdict.FAILED, "leads to file, which is not asked"),
        ("to-nonsense", Verdict.FAILED, "redirects to what is no address"),
        ("slow", Verdict.FAILED, "no answer in time"),
        ("drip", Verdict.FAILED, "no answer in time"),
        ("reset", Verdict.FAILED, "connection broken off"),
        ("garbage", Verdict.FAILED, "answers, but not as a web server does"),
    ],
)
def test_what_a_server_answers_is_told_in_words(server, asker, page, verdict, words):
    assert asker.ask(f"{server.address}/{page}") == Answer(verdict, words)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://no-such-host.invalid/", "no such host: no-such-host.invalid"),
        (f"http://{'a' * 70}.example/", f"no such host: {'a' * 70}.example"),
        ("http://车床。例/", "no such host: xn--nqv7f.xn--fsq"),
        ("http://127.0.0.1:1/", "connection refused"),
        ("http://127.0.0.1:99999/", "not an address"),
        ("http://[::1/", "not an address"),
        ("http:///path", "not an address"),
        ("ftp://a.example/", "leads to ftp, which is not asked"),
        ("a.example", "leads to no scheme, which is not asked"),
    ],
)
def test_what_cannot_be_asked_is_told_in_words(asker, url, words):
    answer = asker.ask(url)
    assert answer.verdict is Verdict.FAILED
    assert answer.words.startswith(words.partition(": ")[0])


def test_a_plain_server_at_a_secure_address_is_no_secure_connection(server, asker):
    url = server.address.replace("http:", "https:")
    assert asker.ask(f"{url}/200").verdict is Verdict.FAILED


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_nothing_private_is_ever_asked(server, host):
    before = len(server.asked)
    answer = Asker("Tester/1.0").ask(f"http://{host}:{server.server_port}/200")
    assert answer == Answer(Verdict.FAILED, "leads to a private address, which is not asked")
    assert len(server.asked) == before


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("192.168.0.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("224.0.0.1", False), ("0.0.0.0", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False), ("64:ff9b::808:808", True),
    ],
)  # fmt: skip
def test_private_numbers_are_known_in_every_dress(number, public):
    assert is_public(number) is public


def test_it_says_who_asks(server, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["tracker.example.org"], True
    assert site_asker().agent == "PolicyTracker-LinkCheck/1.0 (+https://tracker.example.org/)"
    assert site_asker().private is False
    Asker("Somebody/1.0", private=True).ask(f"{server.address}/whoami")
    assert server.asked[-1][2] == "Somebody/1.0"


# What is kept


@pytest.mark.django_db
def test_an_address_is_dead_after_three_failures_in_a_row_and_alive_when_reached():
    url, now = "https://a.example/", timezone.now()
    failed, reached = Answer(Verdict.FAILED, "404 Not Found"), Answer(Verdict.REACHED, "200 OK")
    keep(url, reached, now)
    for number in (1, 2, 3):
        look = keep(url, failed, now + timedelta(days=number))
        assert (look.failures, look.is_dead) == (number, number == 3)
    assert list(LinkCheck.objects.dead()) == [look]
    assert look.reached_at == now
    look = keep(url, reached, now + timedelta(days=4))
    assert (look.failures, look.answer, look.reached_at) == (0, "200 OK", now + timedelta(days=4))


@pytest.mark.django_db
def test_an_unclear_answer_counts_neither_way():
    url, now = "https://a.example/", timezone.now()
    keep(url, Answer(Verdict.FAILED, "no answer in time"), now)
    look = keep(url, Answer(Verdict.UNCLEAR, "403 Forbidden"), now)
    assert (look.failures, look.reached_at, look.answer) == (1, None, "403 Forbidden")


@pytest.fixture
def record(db):
    policy = Policy.objects.create(headline="A plan", official_url="https://a.example/plan")
    policy.sources.create(label="A paper", url="https://b.example/")
    policy.sources.create(label="Unknown", url="")
    policy.targets.create(text="Reach it", evidence_url="https://c.example/")
    event = CorporateEvent.objects.create(text="A yard laid a keel.")
    SourceLink.objects.create(event=event, label="A paper", url="https://b.example/")
    return policy


def test_the_addresses_are_those_that_readers_see_or_are_to_see(record):
    later = timezone.now() + timedelta(days=1)
    assert waiting(before=later) == [
        "https://a.example/plan", "https://b.example/", "https://c.example/",
    ]  # fmt: skip
    Policy.objects.update(state=State.WITHDRAWN)
    assert waiting(before=later) == ["https://b.example/"]


def test_new_addresses_come_first_then_the_oldest_looks(record):
    now = timezone.now()
    for days, url in ((1, "https://a.example/plan"), (9, "https://b.example/")):
        LinkCheck.objects.create(url=url, checked_at=now - timedelta(days=days))
    assert waiting(before=now) == [
        "https://c.example/", "https://b.example/", "https://a.example/plan",
    ]  # fmt: skip
    assert waiting(before=now - timedelta(days=5)) == ["https://c.example/", "https://b.example/"]
    assert waiting(before=now, limit=1) == ["https://c.example/"]


def test_looks_at_what_nobody_names_any_more_are_dropped(record):
    for url in ("https://a.example/plan", "https://gone.example/"):
        LinkCheck.objects.create(url=url, checked_at=timezone.now())
    assert forget_unnamed() == 1
    assert LinkCheck.objects.get().url == "https://a.example/plan"


def test_each_address_leads_to_the_records_that_name_it(record):
    found = records_naming(["https://a.example/plan", "https://b.example/", "https://c.example/"])
    event = CorporateEvent.objects.get()
    assert found["https://a.example/plan"] == found["https://c.example/"] == [record]
    assert set(found["https://b.example/"]) == {record, event}


# Rounds


@pytest.mark.django_db
def test_a_host_is_asked_at_its_pace_and_another_one_meanwhile(asker):
    with serving() as one, serving() as other:
        urls = [f"{one.address}/a{n}" for n in range(4)]
        urls += [f"{other.address.replace('127.0.0.1', 'localhost')}/b{n}" for n in range(4)]
        start = time.monotonic()
        list(check(urls, asker, pause=0.25, threads=4))
        took = time.monotonic() - start
        times = [when for *_, when in one.asked]
    assert LinkCheck.objects.filter(failures=0).count() == 8
    assert min(b - a for a, b in pairwise(times)) > 0.2
    assert took < 8 * 0.25 + 3


@pytest.mark.django_db
def test_a_round_that_is_stopped_keeps_what_came_and_goes_on_with_the_rest(asker):
    with serving() as server:
        policy = Policy.objects.create(headline="A plan")
        for number in range(6):
            policy.sources.create(label="A paper", url=f"{server.address}/{number + 200}")
        now = timezone.now()
        going = check(waiting(before=now), asker, pause=0)
        next(going), next(going)
        going.close()
        assert LinkCheck.objects.count() == 2
        rest = waiting(before=now)
        assert len(rest) == 4
        list(check(rest, asker, pause=0))
        assert LinkCheck.objects.count() == 6


@pytest.mark.django_db
def test_the_command_asks_all_says_how_far_it_is_and_asks_nothing_twice_a_day(settings, capsys):
    settings.LINK_CHECK_PRIVATE = True
    with serving() as server:
        policy = Policy.objects.create(headline="A plan", official_url=f"{server.address}/200")
        for page in ("404", "403"):
            policy.sources.create(label=page, url=f"{server.address}/{page}")
        policy.sources.create(label="Same", url=f"{server.address}/404")
        publishing.publish(policy, by=None)
        call_command("check_links", limit=1)
        assert "1 asked" in capsys.readouterr().out
        call_command("check_links")
        assert "2 asked" in capsys.readouterr().out
        call_command("check_links")
        assert "0 asked" in capsys.readouterr().out
        for _ in range(2):
            call_command("check_links", older_than=0)
        told = capsys.readouterr().out.splitlines()[-1]
        assert re.match(r"3 asked: 1 reached, 1 failed, 1 unclear. 1 dead in all.", told)
    assert LinkCheck.objects.dead().get().url.endswith("/404")


# What readers see


@pytest.fixture
def public(record):
    record.sources.filter(label="A paper").update(archived_url="https://archive.example/b")
    publishing.publish(record, by=None)
    return record


def looked(url, *, failures=0, reached="2026-05-03T12:00:00+00:00"):
    LinkCheck.objects.create(
        url=url, checked_at="2026-05-09T12:00:00+00:00", reached_at=reached, failures=failures,
        answer="404 Not Found",
    )  # fmt: skip


def sources_of(client, record) -> str:
    page = client.get(record.get_absolute_url()).content.decode()
    return page.partition('<section class="sources">')[2].partition("</section>")[0]


def test_a_source_says_when_it_was_last_reached(client, public):
    looked("https://b.example/", failures=2)
    shown = sources_of(client, public)
    assert "last reached 3 May 2026" in shown
    assert shown.index("https://b.example/") < shown.index("https://archive.example/b")


def test_a_dead_source_says_since_when_and_offers_the_archived_copy_first(client, public):
    looked("https://b.example/", failures=3)
    shown = sources_of(client, public)
    assert "not reached since 3 May 2026" in shown
    assert shown.index("https://archive.example/b") < shown.index("https://b.example/")
    assert "404" not in shown


def test_a_source_that_was_never_reached_says_so(client, public):
    looked("https://b.example/", failures=5, reached=None)
    assert "never reached, last tried 9 May 2026" in sources_of(client, public)


def test_a_source_that_was_never_looked_at_says_nothing(client, public):
    assert "reached" not in sources_of(client, public)


def test_the_looks_take_one_query_for_a_page(client, public):
    client.get(public.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(public.get_absolute_url())
    for number in range(20):
        public.sources.create(label="A paper", url=f"https://b.example/{number}")
        looked(f"https://b.example/{number}")
    # The first page behind a change takes in what changed.
    client.get(public.get_absolute_url())
    with CaptureQueriesContext(connection) as many:
        client.get(public.get_absolute_url())
    assert sum("policies_linkcheck" in query["sql"] for query in many) == 1
    assert len(many) == len(few)
