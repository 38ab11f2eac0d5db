"""From a record to its public fields: the one place that says what is public and under which name.

Exports, feeds, the API and the public history read records through here alone. Which
records are public is said by `published()`; this says what of them is.
"""

from .fields import Field
from .kinds import FIELDS, NOT_PUBLIC
from .reading import public_fields, public_records

__all__ = ["FIELDS", "NOT_PUBLIC", "Field", "public_fields", "public_records"]
