"""Template tags for the page of the whole data."""

from __future__ import annotations

from django.template import Library
from django.utils.safestring import SafeString

from policies.datasets import Build
from policies.datasets.described import data_set
from policies.templatetags.takeaway import in_page

register = Library()


@register.simple_tag
def built_data_set_head(shown: Build | None, is_newest: bool) -> SafeString:
    """The build that a page shows as schema.org describes a data set."""
    return in_page(data_set(shown, is_newest=is_newest))
