"""The sheet of policies."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from policies.models import Policy

from . import issuers
from .columns import Choice, Link, Number, Period, Several, Text, Told
from .issuers import Issuers
from .related import Issue
from .resources import SheetResource

DATE = "2024, 2024-Q2, 2024-04 or 2024-04-26, as exactly as the source."
TWIN_FIELDS = {
    "document_number": "document number",
    "official_url": "official address",
    "title_zh": "Chinese title",
    "printed_title_zh": "Chinese title",
}


def folded(text: str) -> str:
    """`text` without regard to case, width, spaces and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


class PolicySheet(SheetResource):
    """Policies, with their issuers, sectors and regions; what hangs on them has other sheets."""

    model = Policy
    related = ("issuers__body", "sectors", "regions", "issue")

    slug = Text(
        Policy, "slug", width=30, example="2024-04-02-notice-on-lathes",
        tells="Which record it is. Leave it empty for a new one; it is never changed by a sheet.",
    )  # fmt: skip
    title_en = Text(
        Policy, "title_en", width=44, also=("English title", "title"),
        example="Notice on Lathes", tells="The document’s English title.",
    )  # fmt: skip
    title_zh = Text(
        Policy, "title_zh", width=44, also=("Chinese title", "标题", "文件名称"),
        example="关于车床的通知", tells="The official title as promulgated; never translated back.",
    )  # fmt: skip
    document_number = Text(
        Policy, "document_number", width=24, also=("文号", "发文字号"),
        example="工信部联规〔2024〕12号", tells="The 文号 as on the document.",
    )  # fmt: skip
    issuing_bodies = Issuers(
        "issuers", "issuing_bodies", width=36, also=("issuers", "发文机关", "发文机构", "发布机构"),
        example="MIIT; 国家发展改革委; MOF",
        tells="Names or abbreviations in printed order, parted by “;” or “、”; Chinese names by "
        "spaces too. The first leads; a * behind another name says that it does, a lone * at the "
        "end that none does. A name that is not registered is kept as printed and reported.",
    )  # fmt: skip
    announced = Period(
        "announced", also=("announced on", "发布日期", "公布日期"), example="2024-04-09",
        tells=f"When it became public: {DATE}",
    )  # fmt: skip
    document_date = Period(
        "document", "document_date", also=("document dated", "成文日期"), example="2024-03-27",
        tells=f"The date on the document: {DATE}",
    )  # fmt: skip
    effective = Period(
        "effective", also=("施行日期",), example="2024-05", tells=f"From when it applies: {DATE}"
    )
    expires = Period("expires", example="2027", tells=f"Until when it applies: {DATE}")
    official_url = Link(
        Policy, "official_url", width=36, also=("link", "url", "official address", "链接"),
        example="https://www.example.gov.cn/zhengce/12.htm",
        tells="The document on an official site.",
    )  # fmt: skip
    instrument = Choice(
        Policy, "instrument", example="plan", tells="The form of the document, or empty."
    )
    legal_status = Choice(Policy, "legal_status", example="in-force", tells="Empty is unknown.")
    level = Choice(Policy, "level", example="national", tells="The level of government, or empty.")
    sectors = Several(
        "sectors", "sectors", "sector", "sectors", width=28, example="semiconductors; 人工智能",
        tells="Slugs, English or Chinese names, parted by “;” or “、”.",
    )  # fmt: skip
    regions = Several(
        "regions", "regions", "region", "regions", example="beijing",
        tells="Slugs, English or Chinese names, parted by “;” or “、”.",
    )  # fmt: skip
    headline = Text(
        Policy, "headline", width=36, example="Lathes for everyone",
        tells="The newsletter’s own headline.",
    )  # fmt: skip
    summary = Text(
        Policy, "summary", width=60, example="MIIT asks that **every** town has a lathe.",
        tells="Facts only; Markdown.",
    )  # fmt: skip
    comment = Text(
        Policy, "comment", width=40, example="A bold plan.", tells="The judgement; Markdown."
    )
    commentator = Text(Policy, "commentator", example="A. Editor", tells="Who signs the comment.")
    printed_title_en = Text(
        Policy, "printed_title_en", width=30, example="Notice on Lathe", tells="As printed."
    )
    printed_title_zh = Text(
        Policy, "printed_title_zh", width=30, example="关于车床通知", tells="As printed."
    )
    issue = Issue(
        "issue", example="2024-05-08", tells="The date of the newsletter issue that reported it."
    )
    section = Choice(
        Policy,
        "section",
        example="news",
        tells="Where it stood in the issue; empty is a short note.",
    )
    position = Number(
        Policy, "position", example="3", tells="Its place in the section, counted from 1."
    )
    note = Text(Policy, "note", width=30, example="Ask for the PDF", tells="For editors only.")
    state = Told("state", lambda policy: policy.state, tells="Only told: a sheet changes no state.")
    published_on = Told(
        "published_on",
        lambda policy: policy.published_at.date().isoformat() if policy.published_at else "",
        tells="Only told: the day of its first publication.",
    )

    def breaches(self, record: Any, row: Any) -> Iterable[tuple[str, str]]:
        if not (record.headline or record.title_en or record.title_zh or record.summary):
            yield "title_en", "Give a headline, a title or a summary."

    def notices(self, record: Any, row: Any) -> list[tuple[str, str]]:
        told = super().notices(record, row)
        if "issuing_bodies" in {name for name, _, _ in record.__dict__.get("changes", [])}:
            value = self.fields["issuing_bodies"].get(record)
            told += [("issuing_bodies", words) for words in issuers.notices(value, self.known)]
        return told

    def twin_keys(self, record: Any) -> Iterable[tuple[str, str]]:
        found = {}
        for name, words in TWIN_FIELDS.items():
            value = folded(getattr(record, name))
            if value:
                found[words, value] = True
        return found

    def twins(self, keys: set[tuple[str, str]]) -> dict[tuple[str, str], Any]:
        if not keys:
            return {}
        here: dict[tuple[str, str], Any] = {}
        fields = ("pk", "headline", "title_en", "summary", *TWIN_FIELDS)
        for policy in Policy.objects.only(*fields).order_by("pk").iterator():
            for key in self.twin_keys(policy):
                if key in keys:
                    here.setdefault(key, policy)
        return here
