"""Web addresses in records."""

from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models

SCHEMES = {"http", "https", "mailto"}


def followable(address: str) -> str:
    """`address` where a browser may follow it, else nothing."""
    try:
        scheme = urlsplit(address or "").scheme.lower()
    except ValueError:
        return ""
    return address if scheme in SCHEMES else ""


class LinkField(models.URLField):
    """A web address; one typed without a scheme is taken as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"max_length": 500} | kwargs))

    def formfield(self, **kwargs):
        return super().formfield(**({"assume_scheme": "https"} | kwargs))
