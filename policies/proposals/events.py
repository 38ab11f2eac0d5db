"""What kind of event a corporate note tells of, by its words in both languages."""

from __future__ import annotations

import re

from policies.newsletter import Item
from policies.newsletter.links import unlinked
from policies.vocabulary import EventKind

from .passages import first_clause
from .proposed import Proposal

# In order: what stands higher wins where both stand in a clause.
KINDS = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (
            EventKind.SURVEY,
            r"\bsurveys?\b|\bpoll(?:s|ed)?\b|\brespondents\b|\bquestionnaire\b|调查|问卷",
        ),
        (
            EventKind.PERMIT,
            r"\b(?:permits?|licen[cs]es?|permissions?|approvals?|approved|authoris\w+|authoriz\w+"
            r"|certificates?|certified|clearance|green light)\b|许可|批准|获批|牌照|资质|适航证",
        ),
        (
            EventKind.STATISTIC,
            r"\b(?:percent|per cent|share) of\b|\d percent (?:went|more|less|year)|\bmarket share\b"
            r"|\b(?:rose|fell|grew|increased|declined|dropped|up|down) (?:by )?[\d.,]+ ?"
            r"(?:percent|%)"
            r"|\baccording to (?:data|figures)\b|\bexports (?:rose|fell|grew)\b|同比|占比|市场份额",
        ),
        (
            EventKind.INVESTMENT,
            r"\binvest(?:s|ed|ing|ments?)?\b|\bstakes?\b|\bacqui(?:res?|red|sition)\b"
            r"|\bjoint ventures?\b"
            r"|\b(?:put|spend|pour|inject)\b.{0,60}\b(?:cny|rmb|eur|usd|million|billion)\b"
            r"|\b(?:build|construct|set up|open)\b.{0,40}\b(?:plant|factory|fab|gigafactory)\b"
            r"|投资|入股|收购|合资|建厂|增资",
        ),
        (
            EventKind.ORDER,
            r"\b(?:bought|buys?|orders?|ordered|purchas(?:e|es|ed)|contracts?|procured)\b|订单|采购|订购|签约",
        ),
        (
            EventKind.MILESTONE,
            r"\bfinal assembly\b|\bmaiden (?:flight|voyage)\b|\bmilestones?\b|\brecord\b"
            r"|\bcompleted?\b|\bfirst (?:ever|time|domestic\w*|chinese)\b"
            r"|\bbreakthrough\b|\brolled off\b"
            r"|首飞|下线|总装|突破|里程碑|首次",
        ),
        (EventKind.DELIVERY, r"\b(?:delivered|handed over|hands over|takes? delivery)\b|交付"),
        (
            EventKind.LAUNCH,
            r"\b(?:launch(?:es|ed)?|began|begins|begun|started?|starts|unveil(?:s|ed)?|introduc\w+"
            r"|releas(?:e|es|ed)|present(?:s|ed)|debut\w*|opened|opens)\b|发布|推出|上市|启动|投产|开通",
        ),
    )
)


def read_kind(item: Item) -> Proposal | None:
    """The kind of event, because of words in the text; the first clause before the rest."""
    first, rest = first_clause(unlinked(item.summary))
    for text in (unlinked(item.headline), first, rest):
        for kind, words in KINDS:
            if match := words.search(text):
                return Proposal(kind.value, str(kind.label), match[0])
    return None
