"""The tracker's records, one module per noun."""

from .attachments import Amount, SourceLink
from .bodies import BodyAlias, BodySuccession, IssuingBody
from .companies import Company
from .events import CorporateEvent
from .issues import NewsletterIssue
from .points import Provision, Target
from .policies import Policy, PolicyIssuer, PolicyRelation
from .regions import Region
from .search import SearchChange, SearchDocument, SearchPosting, SearchState
from .sectors import Sector
from .seeds import SeededRow
from .slugs import FormerSlug
from .terms import Term

__all__ = [
    "Amount",
    "BodyAlias",
    "BodySuccession",
    "Company",
    "CorporateEvent",
    "FormerSlug",
    "IssuingBody",
    "NewsletterIssue",
    "Policy",
    "PolicyIssuer",
    "PolicyRelation",
    "Provision",
    "Region",
    "SearchChange",
    "SearchDocument",
    "SearchPosting",
    "SearchState",
    "Sector",
    "SeededRow",
    "SourceLink",
    "Target",
    "Term",
]
