"""Figures told as a multiple or a part of what is today: "double", "threefold", "in half".

No comparator of a target holds them, so that an editor is asked; "by half" alone is read.
"""

from __future__ import annotations

import re

_LED = r"to|will|shall|should|must|would|can|could|and|or|than|nearly|almost|about|roughly|least"
_TIMES = "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|[0-9]{1,4}"
_SOME = "(?:more than|at least|over|about|around|nearly|almost|up to|less than) "
MULTIPLE = re.compile(
    # The verb alone: no "double first-class", "double-track".
    rf"(?:(?:^|[.;:,] |(?<![\w-])(?:{_LED}) )(?:double|triple)(?! first| reduction| carbon)"
    r"|(?<![\w-])(?:doubl(?:es|ed|ing)|tripl(?:es|ed|ing)|(?:quadrupl|quintupl)(?:e|es|ed|ing)"
    rf"|halv(?:e|es|ed|ing)|(?:{_TIMES})[- ]?fold"
    r"|(?:twice|thrice)(?= (?:as|the|that|its|their)(?![\w-]))|(?:in|into) half"
    rf"|by (?:{_SOME})?(?:half|(?:an?|one)[- ](?:third|quarter|fifth|tenth)(?! part(?:y|ies)))"
    rf"|(?:{_TIMES})-to-(?:{_TIMES})))(?![\w-])"
    "|翻[一两二三四]?番|减半",
    re.IGNORECASE,
)
