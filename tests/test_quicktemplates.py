"""Templates whose variables are looked up by a short way say what Django's say."""

from __future__ import annotations

import copy
from collections import defaultdict, namedtuple
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import partialmethod
from typing import Any

import pytest
from django.template import (
    Context,
    Engine,
    Template,
    TemplateDoesNotExist,
    TemplateSyntaxError,
    engines,
)
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from tracker.quicktemplates import QuickTemplate, Said

Point = namedtuple("Point", "x y count")


class Colour(Enum):
    RED = "r"


class Silent(Exception):
    silent_variable_failure = True


class Record:
    """What templates meet: attributes, properties, methods of all kinds."""

    kind = "class"
    do = "<b>done</b>"

    def __init__(self) -> None:
        self.title, self.empty, self.asked = "Steel & <iron>", None, 0

    @property
    def lost(self) -> str:
        raise AttributeError("inside")

    @property
    def silent(self) -> str:
        raise Silent

    def called(self) -> str:
        return mark_safe("<i>called</i>")

    def _labelled(self, text: str) -> str:
        return text

    labelled = partialmethod(_labelled, "a label")

    def needing(self, what: str) -> str:
        return what

    def dropping(self) -> str:
        raise RuntimeError("A template must not call this.")

    dropping.alters_data = True  # type: ignore[attr-defined]

    def held(self) -> str:
        return "not called"

    held.do_not_call_in_templates = True  # type: ignore[attr-defined]
    held.name = "its name"  # type: ignore[attr-defined]


class ByKey:
    """A thing that has keys of its own."""

    word = "attribute"

    def __getitem__(self, key: str) -> str:
        if key == "word":
            return "key"
        raise KeyError(key)


def counted() -> int:
    return 7


CONTEXT: dict[str, Any] = {
    "record": Record(), "bykey": ByKey(), "point": Point(3, "<y>", 9), "pair": ("a", "b&c"),
    "listed": [1, 22, {"deep": "<deep>"}], "word": "a < b", "safe": mark_safe("<u>safe</u>"),
    "held": {"title": "<key>", "items": "shadow", "1": "one", 2: "two"},
    "grown": defaultdict(list, known="known"), "number": 999, "many": 1_234_567, "minus": -1000,
    "truth": True, "nothing": None, "part": Decimal("1234.50"), "day": date(2024, 5, 8),
    "lazily": gettext_lazy("Policies"), "function": counted, "kind": Record, "colour": Colour,
    "html": "<p>x</p>", "words": "one two three",
}  # fmt: skip

SOURCES = """
{{ record.title }}|{{ record.kind }}|{{ record.do }}|{{ record.empty }}|{{ record.empty.more }}
{{ record.called }}|{{ record.called.upper }}|{{ record.labelled }}|{{ record.needing }}
{{ record.dropping }}|{{ record.held.name }}|{{ record.silent }}|{{ record.missing }}|{{ missing }}
{{ missing.title }}|{{ missing|default:"none" }}|{{ record.missing|default:record.title }}
{{ bykey.word }}|{{ bykey.other }}|{{ point.x }}|{{ point.y }}|{{ point.1 }}|{{ point.count }}
{{ pair.0 }}|{{ pair.1 }}|{{ pair.2 }}|{{ pair.count }}|{{ listed.1 }}|{{ listed.2.deep }}
{{ word.upper }}|{{ word.0 }}|{{ word.title }}|{{ word|upper }}|{{ word|safe }}|{{ safe }}
{{ held.title }}|{{ held.items }}|{{ held.1 }}|{{ held.2 }}|{{ held.keys }}|{{ held.missing }}
{{ grown.known }}|{{ grown.unknown }}|{{ grown.items }}|{{ number }}|{{ many }}|{{ minus }}
{{ truth }}|{{ nothing }}|{{ part }}|{{ day }}|{{ day|date:"Y" }}|{{ day.year }}|{{ lazily }}
{{ function }}|{{ kind.kind }}|{{ colour.RED.value }}|{{ number|add:"1" }}|{{ number|add:many }}
{{ safe|upper }}|{{ safe|truncatewords:1 }}|{{ word|linebreaks }}|{{ html|striptags }}
{{ words|truncatewords:number }}|{{ words|cut:pair.0 }}|{{ record.title|default:"<d>"|lower }}
{{ "<fixed>" }}|{{ "<fixed>"|upper }}|{{ _("Policies") }}|{{ _("Policies")|upper }}|{{ 5 }}|{{ 5.5 }}
{% autoescape off %}{{ word }}|{{ word|linebreaks }}|{{ safe }}|{{ record.title|upper }}{% endautoescape %}
{% if record.title and not record.missing %}yes{% endif %}{% if missing.deep == None %}none{% endif %}
{% if number > 5 and many >= number %}more{% endif %}{% if "a" in pair %}in{% endif %}
{% for one in listed %}{{ forloop.counter }}{{ one }}{% if forloop.last %}!{% endif %}{% endfor %}
{% for a, b in grown.items %}{{ a }}{% empty %}no pairs{% endfor %}
{% for one in pair %}{% for two in pair %}{{ forloop.parentloop.counter }}{{ two }}{% endfor %}{% endfor %}
{% with one=record.title two=point.x %}{{ one }}{{ two }}{% endwith %}
{% blocktranslate count number=listed|length with title=record.title %}{{ number }} of {{ title }}{% plural %}{{ number }} in {{ title }}{% endblocktranslate %}
{% regroup listed by deep as groups %}{{ groups|length }}{% firstof missing record.title %}
{% filter upper %}{{ word }}{{ safe }}{% endfilter %}{% cycle pair.1 word %}{% spaceless %} {{ safe }} {% endspaceless %}
""".strip().splitlines()  # noqa: E501


def engine(*, missing: str = "") -> Engine:
    made = copy.copy(engines["django"].engine)
    made.string_if_invalid = missing
    return made


def said(make: Any, source: str, used: Engine) -> str:
    return make(source, engine=used).render(Context(copy.copy(CONTEXT)))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("language", ["en-gb", "zh-hans"])
def test_a_template_says_what_django_says(source, language):
    with override(language):
        for used in (engine(), engine(missing="[%s]")):
            assert said(QuickTemplate, source, used) == said(Template, source, used)


def test_what_goes_wrong_on_the_way_is_told_as_django_tells_it():
    for source in ("{{ record.lost }}", "{{ word|add:missing }}", "{{ record.called|join:5 }}"):
        told = []
        for make in (QuickTemplate, Template):
            try:
                told.append(said(make, source, engine()))
            except Exception as error:
                told.append(repr(error))
        assert told[0] == told[1]


def test_a_template_that_cannot_be_read_is_refused():
    for source in ("{{ record|nofilter }}", "{% nosuchtag %}", "{% if %}", "{{ _hidden }}"):
        with pytest.raises(TemplateSyntaxError):
            QuickTemplate(source, engine=engine())


def test_a_value_is_asked_for_once():
    class Asked:
        times = 0

        @property
        def title(self) -> str:
            self.times += 1
            return "told"

        def name(self) -> str:
            self.times += 1
            return "named"

    asked = Asked()
    template = QuickTemplate("{{ asked.title }} {{ asked.name }}", engine=engine())
    assert template.render(Context({"asked": asked})) == "told named"
    assert asked.times == 2


def test_the_pages_are_made_of_quick_templates():
    page = engines["django"].get_template("policies/list.html").template
    assert isinstance(page, QuickTemplate)
    assert page.nodelist.get_nodes_by_type(Said)


def test_a_template_that_is_nowhere_is_told_with_where_it_was_looked_for():
    with pytest.raises(TemplateDoesNotExist) as told:
        engines["django"].get_template("policies/nowhere.html")
    assert any("templates/policies/nowhere.html" in str(origin) for origin, _ in told.value.tried)
