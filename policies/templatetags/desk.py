"""What the pages of the desk ask of records."""

from typing import Any

from django.template import Library

from policies import reports
from policies.models import ErrorReport

register = Library()


@register.filter
def change_page(record: Any) -> str:
    """The name of the address at which `record` is edited."""
    return f"admin:{record._meta.app_label}_{record._meta.model_name}_change"


@register.filter
def field_concerned(report: ErrorReport) -> str:
    """The field that a reader's report concerns."""
    return reports.field_name(report)
