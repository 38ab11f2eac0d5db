"""Why a goal is not met, by the beginning of its name; shown only where it is not met."""

CAUSES: dict[str, str] = {}
