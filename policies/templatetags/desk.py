"""What the pages of the desk ask of records."""

from typing import Any

from django.template import Library

register = Library()


@register.filter
def change_page(record: Any) -> str:
    """The name of the address at which `record` is edited."""
    return f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
