"""Earlier policies that a new one updates, proposed for an editor to link or decline.

Nothing here is found by going through all records: candidates come from the
search index and from the few records that are still in review.
"""

from .answering import ask_again, decline, link
from .proposing import FollowUp, FollowUps, proposed

__all__ = ["FollowUp", "FollowUps", "ask_again", "decline", "link", "proposed"]
