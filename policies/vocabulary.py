"""Every closed list of words that records use, written once.

Each list is a Django choices class: the value is stored and stands in
addresses, the label is what people read.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Who may see a record: only what is published is public."""

    IN_REVIEW = "in-review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ImportState(TextChoices):
    """What became of a file that an editor brought in."""

    OPEN = "open", "In progress"
    STORED = "stored", "Stored for review"
    DISCARDED = "discarded", "Discarded"


class VersionKind(TextChoices):
    """What a version of a public record came from."""

    PUBLISHED = "published", "Published"
    CORRECTED = "corrected", "Corrected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Section(TextChoices):
    """Where in the newsletter a policy stood."""

    TOP = "top", "Top item"
    NEWS = "news", "Short note"


class Instrument(TextChoices):
    """The form that a policy document takes."""

    LAW = "law", "Law"
    REGULATION = "regulation", "Regulation"
    MEASURES = "measures", "Measures"
    OPINIONS = "opinions", "Opinions"
    PLAN = "plan", "Plan"
    ACTION_PLAN = "action-plan", "Action plan"
    IMPLEMENTATION_PLAN = "implementation-plan", "Implementation plan"
    WORK_PLAN = "work-plan", "Work plan"
    NOTICE = "notice", "Notice"
    GUIDELINE = "guideline", "Guideline"
    STANDARD = "standard", "Standard"
    CATALOGUE = "catalogue", "Catalogue"
    PILOT = "pilot", "Pilot programme"
    APPLICATION_CALL = "application-call", "Call for applications"
    DRAFT = "draft", "Draft text"
    ANNOUNCEMENT = "announcement", "Announcement"
    OTHER = "other", "Other"


class LegalStatus(TextChoices):
    """Where a policy stands between draft and repeal."""

    DRAFT = "draft", "Official draft"
    EXPERT_PROPOSAL = "expert-proposal", "Expert proposal"
    ISSUED = "issued", "Issued"
    IN_FORCE = "in-force", "In force"
    EXPIRED = "expired", "Expired"
    REPEALED = "repealed", "Repealed"
    UNKNOWN = "unknown", "Unknown"


class Level(TextChoices):
    """The level of government that issued a policy."""

    NATIONAL = "national", "National"
    PROVINCIAL = "provincial", "Provincial"
    MUNICIPAL = "municipal", "Municipal"
    NON_GOVERNMENTAL = "non-governmental", "Non-governmental"


class Precision(TextChoices):
    """How exactly a date is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"


class PointKind(TextChoices):
    """What a bullet that is no target says."""

    CRITERION = "criterion", "Criterion"
    MEASURE = "measure", "Measure"
    CHANGE = "change", "Change"
    SCOPE = "scope", "Scope"
    OTHER = "other", "Other"


class Comparator(TextChoices):
    """How a target's figure is to be compared with what is reached."""

    BY_AT_LEAST = "increase by at least", "rise by at least"
    BY = "change by", "change by"
    AT_LEAST = "at least", "at least"
    AT_MOST = "at most", "at most"
    EQUAL = "equal", "exactly"
    ABOUT = "about", "about"


class TargetStatus(TextChoices):
    """What became of a target."""

    OPEN = "open", "Open"
    MET = "met", "Met"
    MISSED = "missed", "Missed"
    REPLACED = "replaced", "Replaced"
    UNVERIFIABLE = "unverifiable", "Cannot be verified"


class BodyKind(TextChoices):
    """What an issuing body is within party and state."""

    STATE_ORGAN = "state-organ", "State organ"
    GENERAL_OFFICE = "general-office", "General office of the State Council"
    DEPARTMENT = "constituent-department", "Constituent department of the State Council"
    SPECIAL = "special-institution", "Special institution under the State Council"
    AFFILIATED = "directly-affiliated", "Institution directly under the State Council"
    OFFICE = "state-council-office", "Office of the State Council"
    COORDINATING = "coordinating-body", "Coordinating body"
    PUBLIC_INSTITUTION = "public-institution", "Public institution"
    BUREAU = "national-bureau", "National bureau managed by a ministry"
    NAMEPLATE = "nameplate", "Nameplate of another body"
    PARTY = "party-organ", "Organ of the Communist Party"
    LEGISLATURE = "legislature", "Legislature"
    JUDICIARY = "judiciary", "Courts and procuratorates"
    SUPERVISORY = "supervisory", "Supervisory organ"
    MILITARY = "military", "Military"
    UNITED_FRONT = "united-front", "United front body"
    MASS = "mass-organisation", "Mass organisation"
    POLICY_BANK = "policy-bank", "Policy bank"
    LOCAL = "local-government", "Local government"
    FORMER = "former", "Former body"


class RegionKind(TextChoices):
    """What a place is."""

    COUNTRY = "country", "Country"
    PROVINCE = "province", "Province"
    MUNICIPALITY = "municipality", "Municipality"
    AUTONOMOUS = "autonomous-region", "Autonomous region"
    SAR = "special-administrative-region", "Special administrative region"
    CITY = "city", "City"
    AREA = "area", "Area"


class EventKind(TextChoices):
    """What a company did, or what was found out about companies."""

    INVESTMENT = "investment", "Investment"
    ORDER = "order", "Order"
    PERMIT = "permit", "Permit"
    LAUNCH = "launch", "Launch"
    SURVEY = "survey", "Survey"
    DELIVERY = "delivery", "Delivery"
    STATISTIC = "statistic", "Statistic"
    MILESTONE = "milestone", "Milestone"
    OTHER = "other", "Other"


class DeadlineKind(TextChoices):
    """What ends on a deadline."""

    COMMENT = "comment", "Comments close"
    APPLICATION = "application", "Applications close"
    OTHER = "other", "Deadline"


class AlertFrequency(TextChoices):
    """How often an alert is sent."""

    AT_ONCE = "at-once", "As it happens"
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"


class AlertState(TextChoices):
    """Where an alert stands: asked for, sent, paused by its owner, or impossible to answer."""

    PENDING = "pending", "Not confirmed yet"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    BROKEN = "broken", "Cannot be answered"


class MessagePurpose(TextChoices):
    """Why a mail is sent."""

    CONFIRM = "confirm", "Asks to confirm an alert"
    KNOWN = "known", "Says that an alert is there already"
    RECORDS = "records", "Brings records"
    STOPPED = "stopped", "Says that a search cannot be answered any more"
    UNSURE = "unsure", "Says that a mail may not have arrived"


class MessageState(TextChoices):
    """How far a mail has come."""

    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Taken up by a run"
    HANDED = "handed", "Handed to the mail server"
    SENT = "sent", "Taken by the mail server"
    UNSURE = "unsure", "Nobody knows whether it arrived"


class ReportState(TextChoices):
    """What became of an error that a reader reported."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"


class TargetChange(TextChoices):
    """How a target differs from what an earlier document set for the same thing."""

    RAISED = "raised", _("raised")
    LOWERED = "lowered", _("lowered")
    REPEATED = "repeated", _("repeated")
    CHANGED = "changed", _("set otherwise")


class DateKind(TextChoices):
    """What happens on a date that a calendar shows."""

    EFFECTIVE = "effective", "Takes effect"
    DEADLINE = "deadline", "Deadline"
    DUE = "due", "Target due"
    EXPIRES = "expires", "Expires"


class RelationKind(TextChoices):
    """How one policy stands to another: "this policy ... that policy"."""

    IMPLEMENTS = "implements", "implements"
    AMENDS = "amends", "amends"
    REPLACES = "replaces", "replaces"
    NEW_VERSION = "new-version-of", "is a new version of"
    FOLLOWS_UP = "follows-up", "follows up"


class AliasLanguage(TextChoices):
    """The language of a name."""

    ENGLISH = "en", "English"
    CHINESE = "zh", "Chinese"
