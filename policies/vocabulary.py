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

    TOP = "top", _("Top item")
    NEWS = "news", _("Short note")


class Instrument(TextChoices):
    """The form that a policy document takes."""

    LAW = "law", _("Law")
    REGULATION = "regulation", _("Regulation")
    MEASURES = "measures", _("Measures")
    OPINIONS = "opinions", _("Opinions")
    PLAN = "plan", _("Plan")
    ACTION_PLAN = "action-plan", _("Action plan")
    IMPLEMENTATION_PLAN = "implementation-plan", _("Implementation plan")
    WORK_PLAN = "work-plan", _("Work plan")
    NOTICE = "notice", _("Notice")
    GUIDELINE = "guideline", _("Guideline")
    STANDARD = "standard", _("Standard")
    CATALOGUE = "catalogue", _("Catalogue")
    PILOT = "pilot", _("Pilot programme")
    APPLICATION_CALL = "application-call", _("Call for applications")
    DRAFT = "draft", _("Draft text")
    ANNOUNCEMENT = "announcement", _("Announcement")
    OTHER = "other", _("Other")


class LegalStatus(TextChoices):
    """Where a policy stands between draft and repeal."""

    DRAFT = "draft", _("Official draft")
    EXPERT_PROPOSAL = "expert-proposal", _("Expert proposal")
    ISSUED = "issued", _("Issued")
    IN_FORCE = "in-force", _("In force")
    EXPIRED = "expired", _("Expired")
    REPEALED = "repealed", _("Repealed")
    UNKNOWN = "unknown", _("Unknown")


class Level(TextChoices):
    """The level of government that issued a policy."""

    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    MUNICIPAL = "municipal", _("Municipal")
    NON_GOVERNMENTAL = "non-governmental", _("Non-governmental")


class Precision(TextChoices):
    """How exactly a date is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"


class PointKind(TextChoices):
    """What a bullet that is no target says."""

    CRITERION = "criterion", _("Criterion")
    MEASURE = "measure", _("Measure")
    CHANGE = "change", _("Change")
    SCOPE = "scope", _("Scope")
    OTHER = "other", _("Other")


# Bullets that say what is done; criteria and scopes say for whom.
DONE = (PointKind.MEASURE, PointKind.CHANGE, PointKind.OTHER)


class Comparator(TextChoices):
    """How a target's figure is to be compared with what is reached.

    Those with “by” say how far it moves, and which way where the text says so; the others
    say which level it reaches.
    """

    RISE_BY_AT_LEAST = "increase by at least", _("rise by at least")
    RISE_BY_AT_MOST = "increase by at most", _("rise by at most")
    FALL_BY_AT_LEAST = "decrease by at least", _("fall by at least")
    FALL_BY_AT_MOST = "decrease by at most", _("fall by at most")
    BY_AT_LEAST = "change by at least", _("change by at least")
    BY_AT_MOST = "change by at most", _("change by at most")
    BY = "change by", _("change by")
    AT_LEAST = "at least", _("at least")
    AT_MOST = "at most", _("at most")
    EQUAL = "equal", _("reach")
    ABOUT = "about", _("about")


class TargetStatus(TextChoices):
    """What became of a target."""

    OPEN = "open", _("Open")
    MET = "met", _("Met")
    MISSED = "missed", _("Missed")
    REPLACED = "replaced", _("Replaced")
    UNVERIFIABLE = "unverifiable", _("Cannot be verified")


class BodyKind(TextChoices):
    """What an issuing body is within party and state."""

    STATE_ORGAN = "state-organ", _("State organ")
    GENERAL_OFFICE = "general-office", _("General office of the State Council")
    DEPARTMENT = "constituent-department", _("Constituent department of the State Council")
    SPECIAL = "special-institution", _("Special institution under the State Council")
    AFFILIATED = "directly-affiliated", _("Institution directly under the State Council")
    OFFICE = "state-council-office", _("Office of the State Council")
    COORDINATING = "coordinating-body", _("Coordinating body")
    PUBLIC_INSTITUTION = "public-institution", _("Public institution")
    BUREAU = "national-bureau", _("National bureau managed by a ministry")
    NAMEPLATE = "nameplate", _("Nameplate of another body")
    PARTY = "party-organ", _("Organ of the Communist Party")
    LEGISLATURE = "legislature", _("Legislature")
    JUDICIARY = "judiciary", _("Courts and procuratorates")
    SUPERVISORY = "supervisory", _("Supervisory organ")
    MILITARY = "military", _("Military")
    UNITED_FRONT = "united-front", _("United front body")
    MASS = "mass-organisation", _("Mass organisation")
    POLICY_BANK = "policy-bank", _("Policy bank")
    LOCAL = "local-government", _("Local government")
    FORMER = "former", _("Former body")


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

    INVESTMENT = "investment", _("Investment")
    ORDER = "order", _("Order")
    PERMIT = "permit", _("Permit")
    LAUNCH = "launch", _("Launch")
    SURVEY = "survey", _("Survey")
    DELIVERY = "delivery", _("Delivery")
    STATISTIC = "statistic", _("Statistic")
    MILESTONE = "milestone", _("Milestone")
    OTHER = "other", _("Other")


class DeadlineKind(TextChoices):
    """What ends on a deadline."""

    COMMENT = "comment", _("Comments close")
    APPLICATION = "application", _("Applications close")
    OTHER = "other", _("Deadline")


class AlertFrequency(TextChoices):
    """How often an alert is sent."""

    AT_ONCE = "at-once", _("As it happens")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")


class AlertState(TextChoices):
    """Where an alert stands: asked for, sent, paused by its owner, or impossible to answer."""

    PENDING = "pending", _("Not confirmed yet")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    BROKEN = "broken", _("Cannot be answered")


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

    EFFECTIVE = "effective", _("Takes effect")
    DEADLINE = "deadline", _("Deadline")
    DUE = "due", _("Target due")
    EXPIRES = "expires", _("Expires")


class RelationKind(TextChoices):
    """How one policy stands to another: "this policy ... that policy"."""

    IMPLEMENTS = "implements", _("implements")
    AMENDS = "amends", _("amends")
    REPLACES = "replaces", _("replaces")
    NEW_VERSION = "new-version-of", _("is a new version of")
    FOLLOWS_UP = "follows-up", _("follows up")


class AliasLanguage(TextChoices):
    """The language of a name."""

    ENGLISH = "en", _("English")
    CHINESE = "zh", _("Chinese")
