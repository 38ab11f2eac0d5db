"""What is wrong with the arguments of a tool, in words that name each."""

from __future__ import annotations

from pydantic import ValidationError

FILTERS = "filters"
OF_FILTERS = "Give a text, a number, true or false, or a list of texts."


def in_words(error: ValidationError) -> str:
    """A sentence for each wrong argument; what was given is not repeated."""
    said: dict[str, str] = {}
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        first, *within = (str(part) for part in one["loc"])
        if first == FILTERS and within:
            said.setdefault(f"{FILTERS}.{within[0]}", OF_FILTERS)
        elif one["type"] == "missing":
            said.setdefault(first, "It has to be given.")
        else:
            words = one["msg"].replace("Input should", "It should").rstrip(".")
            said.setdefault(first, f"{words}.")
    return " ".join(f"{name}: {words}" for name, words in said.items())
