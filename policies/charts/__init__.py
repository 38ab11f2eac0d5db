"""What a search finds over time, in parts that add up, as plain data.

Each mark has the address of the list that holds just the records that it counts.
"""

from .cells import Cell, Part
from .horizon import ABOVE, TALLEST, horizon
from .sequence import in_time
from .spread import Spread, spread

__all__ = ["ABOVE", "TALLEST", "Cell", "Part", "Spread", "horizon", "in_time", "spread"]
