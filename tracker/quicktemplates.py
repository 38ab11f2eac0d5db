"""Django's templates, with variables looked up by a short way.

A page asks for thousands of variables. For each part of each, Django tries whether it is a
key, an attribute or a place in a list, and learns from an error that it is not. Here what can
be had at once is taken at once; all the rest, and whatever goes wrong, is left to Django,
which finds it the long way or says what is the matter. Pages are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from types import MethodType
from typing import Any, NamedTuple

from django.template import Origin, Template, TemplateDoesNotExist
from django.template.base import (
    DebugLexer,
    FilterExpression,
    Lexer,
    NodeList,
    Parser,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.loaders import base, cached
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]

# How parts of a thing are had: by its attributes alone, as keys first, or as Django finds out.
ATTRIBUTES, KEYS, OTHERWISE = range(3)
# Numbers below have no marks between their figures in any language.
SHORT = 1000
_ways: dict[type, int] = {dict: KEYS}


class LongWay(Exception):
    """What is asked for cannot be had at once."""


def _way(kind: type) -> int:
    """How parts of things of a kind are had. Names are no keys of texts and sequences."""
    by_key = getattr(kind, "__getitem__", None)
    plain = (None, str.__getitem__, tuple.__getitem__, list.__getitem__)
    is_plain = by_key in plain and not issubclass(kind, type)
    way = _ways[kind] = ATTRIBUTES if is_plain else OTHERWISE
    return way


def _called(found: Any) -> Any:
    """What a method without needs gives, where a template may call it. Raises LongWay."""
    if (
        type(found) not in (MethodType, partial)
        or getattr(found, "do_not_call_in_templates", False)
        or getattr(found, "alters_data", False)
    ):
        raise LongWay
    return found()


def look_up(path: Sequence[str], context: Any) -> Any:
    """What stands at `path` in a context. Raises anything where the short way does not lead on."""
    name = path[0]
    for known in reversed(context.dicts):
        if name in known:
            found = known[name]
            break
    else:
        raise LongWay
    if callable(found):
        raise LongWay
    for part in path[1:]:
        kind = type(found)
        way = _ways.get(kind)
        if way is None:
            way = _way(kind)
        if way == ATTRIBUTES:
            found = getattr(found, part)
        elif way == KEYS and part in found:
            found = found[part]
        else:
            raise LongWay
        if callable(found):
            found = _called(found)
    return found


class Step(NamedTuple):
    """A filter and what is given to it: looked up each time, or `fixed` where it stands there."""

    filter: Callable[..., Any]
    given: list[tuple[bool, Any]]
    fixed: list[Any] | None
    is_local: bool
    is_escaping: bool
    is_safe: bool

    def taken(self, found: Any, context: Any) -> Any:
        """What the filter makes of what was found."""
        given = self.fixed
        if given is None:
            given = [_written(v) if not asked else v.resolve(context) for asked, v in self.given]
        if self.is_local:
            found = template_localtime(found, context.use_tz)
        more = {"autoescape": context.autoescape} if self.is_escaping else {}
        made = self.filter(found, *given, **more)
        return _written(made) if self.is_safe and isinstance(found, SafeData) else made


def _written(text: Any) -> Any:
    # What stands in a template is safe, and what a filter that keeps it so makes of safe text.
    return mark_safe(text)  # noqa: S308


def _step(filter_: Any, given: list[tuple[bool, Any]]) -> Step:
    is_fixed = not any(is_asked for is_asked, _ in given)
    return Step(
        filter_,
        given,
        [_written(text) for _, text in given] if is_fixed else None,
        getattr(filter_, "expects_localtime", False),
        getattr(filter_, "needs_autoescape", False),
        getattr(filter_, "is_safe", False),
    )


class Expression(FilterExpression):
    """A variable with its filters."""

    __slots__ = ("_path", "_steps")

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        is_looked_up = isinstance(self.var, Variable) and not self.var.translate
        self._path = self.var.lookups if is_looked_up else None
        self._steps = [_step(filter_, given) for filter_, given in self.filters]

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        """As `FilterExpression.resolve` does."""
        if self._path is None:
            return super().resolve(context, ignore_failures)
        try:
            found = look_up(self._path, context)
        except Exception:
            return super().resolve(context, ignore_failures)
        for step in self._steps:
            found = step.taken(found, context)
        return found


class Said(VariableNode):
    """What a variable says on the page; texts and short numbers without Django's detours."""

    def render(self, context: Any) -> str:
        """As `VariableNode.render` does."""
        said = self.filter_expression.resolve(context)
        kind = type(said)
        if kind is SafeString:
            return said
        if kind is str:
            return escape(said) if context.autoescape else said
        if kind is int and -SHORT < said < SHORT:
            return str(said)
        return render_value_in_context(said, context)


class QuickParser(Parser):
    """Reads a template into nodes whose variables are looked up by the short way."""

    def compile_filter(self, token: str) -> FilterExpression:
        """A variable with its filters."""
        return Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Any, token: Any) -> None:
        """Put a node behind the others."""
        quick = Said(node.filter_expression) if type(node) is VariableNode else node
        super().extend_nodelist(nodelist, quick, token)


class QuickTemplate(Template):
    """A template read by a `QuickParser`."""

    def compile_nodelist(self) -> NodeList:
        """As `Template.compile_nodelist` does, with the other parser."""
        lexer = DebugLexer(self.source) if self.engine.debug else Lexer(self.source)
        engine = self.engine
        parser = QuickParser(
            lexer.tokenize(), engine.template_libraries, engine.template_builtins, self.origin
        )
        try:
            nodes = parser.parse()
            self.extra_data = parser.extra_data
            return nodes
        except Exception as error:
            if engine.debug:
                error.template_debug = self.get_exception_info(error, error.token)  # type: ignore[attr-defined]
            raise


class _Making(base.Loader):
    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        loader: Any = self
        for origin in self.get_template_sources(template_name):
            if origin not in (skip or ()):
                with suppress(TemplateDoesNotExist):
                    contents = loader.get_contents(origin)
                    return QuickTemplate(contents, origin, template_name, self.engine)
        # There is none; Django says where it was looked for.
        return super().get_template(template_name, skip)


class Loader(cached.Loader, _Making):
    """Gives quick templates of what other loaders find, each read once."""
