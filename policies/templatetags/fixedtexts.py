"""`{% translate %}` of a fixed text, looked up once in each language: a page has hundreds."""

from __future__ import annotations

from typing import Any

from django.template import Library, Node
from django.template.base import Parser, Token, Variable
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = Library()


class FixedText(Node):
    """What a `translate` node says, kept by language; `name` is the variable that it fills."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self._node, self._name = node, node.asvar
        node.asvar = None
        self._said: dict[str | None, str] = {}

    def render(self, context: Any) -> str:
        language = get_language()
        said = self._said.get(language)
        if said is None:
            said = self._said[language] = self._node.render(context)
        if self._name:
            context[self._name] = said
            return ""
        return said


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's own tag; a text that stands in the template is looked up once."""
    node = do_translate(parser, token)
    return FixedText(node) if _is_fixed(node) else node


def _is_fixed(node: TranslateNode) -> bool:
    text, context = node.filter_expression, node.message_context
    return not text.filters and all(
        isinstance(part.var, str) or (isinstance(part.var, Variable) and part.var.literal)
        for part in (text, context)
        if part is not None
    )
