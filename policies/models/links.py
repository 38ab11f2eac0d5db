"""Web addresses in records."""

from django.core.validators import URLValidator
from django.db import models


class LinkField(models.URLField):
    """A web address; one typed without a scheme is taken as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"max_length": 500} | kwargs))

    def formfield(self, **kwargs):
        return super().formfield(**({"assume_scheme": "https"} | kwargs))
