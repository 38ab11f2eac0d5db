"""What the words of a newsletter item propose: sectors, regions, companies, form, level, kind.

Proposals are for an editor to take or leave; nothing here writes a record. Each
names the words of the text that led to it.
"""

from .proposed import Proposal, Proposals
from .proposer import Proposer

__all__ = ["Proposal", "Proposals", "Proposer"]
