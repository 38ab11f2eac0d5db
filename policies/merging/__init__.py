"""Makes two records one, and parts them again.

A merge moves every row that leads to one record to the other, keeps names and
addresses, and writes down each row as it was. Which rows lead to a record is read
from the models. What of the two an editor sees before, and the rights that it
takes, is the admin's.
"""

from policies.versions.apart import told_apart

from .fields import Part, parts
from .joining import merge
from .parting import Parting, look, part
from .plan import Plan, make_plan
from .refusals import Refused, cautions, goes_from_the_public
from .rows import fingerprint
from .trail import merges_into
from .words import said, tied

__all__ = [
    "Part",
    "Parting",
    "Plan",
    "Refused",
    "cautions",
    "fingerprint",
    "goes_from_the_public",
    "look",
    "make_plan",
    "merge",
    "merges_into",
    "part",
    "parts",
    "said",
    "tied",
    "told_apart",
]
