"""When two spellings are the same name."""

import re
import unicodedata


def name_key(name: str) -> str:
    """`name` without regard to case, width, spaces, quotation marks and a leading "the"."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = re.sub(r"[‘’“”'\"《》「」]", "", folded)
    folded = " ".join(folded.split())
    return folded.removeprefix("the ")
