"""The tracker's records, one module per noun."""

from .alerts import Alert, AlertDelivery, AlertMessage, AlertSubscriber
from .attachments import Amount, SourceLink
from .bodies import BodyAlias, BodySuccession, IssuingBody
from .checks import LinkCheck
from .companies import Company
from .deadlines import Deadline
from .events import CorporateEvent
from .followups import DeclinedFollowUp
from .imports import IssueImport
from .issues import NewsletterIssue
from .lineage import DeclinedTargetLink, DroppedTarget, TargetLink
from .merges import Merge
from .points import Provision, Target
from .policies import Policy, PolicyIssuer, PolicyRelation
from .promises import PromisedDocument
from .regions import Region
from .reports import ErrorReport
from .search import SearchChange, SearchDocument, SearchPosting, SearchState
from .sectors import Sector
from .seeds import SeededRow
from .slugs import FormerSlug
from .terms import Term
from .versions import PublicVersion

__all__ = [
    "Alert",
    "AlertDelivery",
    "AlertMessage",
    "AlertSubscriber",
    "Amount",
    "BodyAlias",
    "BodySuccession",
    "Company",
    "CorporateEvent",
    "Deadline",
    "DeclinedFollowUp",
    "DeclinedTargetLink",
    "DroppedTarget",
    "ErrorReport",
    "FormerSlug",
    "IssueImport",
    "IssuingBody",
    "LinkCheck",
    "Merge",
    "NewsletterIssue",
    "Policy",
    "PolicyIssuer",
    "PolicyRelation",
    "PromisedDocument",
    "Provision",
    "PublicVersion",
    "Region",
    "SearchChange",
    "SearchDocument",
    "SearchPosting",
    "SearchState",
    "Sector",
    "SeededRow",
    "SourceLink",
    "Target",
    "TargetLink",
    "Term",
]
