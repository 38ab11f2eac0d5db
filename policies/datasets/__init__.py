"""The whole public data as files: one SQLite database, and a Data Package of CSV tables.

A build is a folder with a day for its name. It holds what was public at one moment, is
finished or not there at all, and is never changed afterwards.
"""

from .building import build
from .builds import Build, all_builds, found_build

__all__ = ["Build", "all_builds", "build", "found_build"]
