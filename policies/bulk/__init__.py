"""Records by the sheet: export to .csv and .xlsx, and import of what came back or is new.

`look` at a sheet writes no record; `carry_out` does what was looked at, in one
transaction. New policies and events come in review: no sheet publishes anything.
"""

from policies.models import CorporateEvent, IssuingBody, Policy, Target
from policies.readers import Unreadable

from .bodysheet import BodySheet
from .downloads import FORMATS, export, guide, template
from .eventsheet import EventSheet
from .policysheet import PolicySheet
from .resources import SheetResource
from .steps import Gone, Look, carry_out, look
from .targetsheet import TargetSheet
from .workbook import TooLong

SHEETS: dict[type, type[SheetResource]] = {
    Policy: PolicySheet,
    Target: TargetSheet,
    CorporateEvent: EventSheet,
    IssuingBody: BodySheet,
}

__all__ = [
    "FORMATS",
    "SHEETS",
    "Gone",
    "Look",
    "SheetResource",
    "TooLong",
    "Unreadable",
    "carry_out",
    "export",
    "guide",
    "look",
    "template",
]
