"""The builds that are there, as each one tells of itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop as _

# The day, and from the second build of a day on its number.
NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(\d{1,4}))?", re.ASCII)
MANIFEST = "build.json"
LICENCE = _(
    "The records tell facts from public documents and what a newsletter wrote about them; "
    "summaries and comments stay the work of their authors. The licence of the tracker’s code "
    "says nothing about the data. Use and quote them with the tracker, the day of the build and "
    "the addresses of the records named, and ask whoever runs this site before you publish "
    "longer texts again."
)


def licence() -> str:
    """Under which terms the data may be used, in English."""
    return settings.DATASET_LICENCE or LICENCE


@dataclass(frozen=True, slots=True)
class File:
    """A file of a build: what it is, and how to know that it arrived whole."""

    name: str
    what: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build."""

    folder: Path
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def built(self) -> datetime:
        """The moment whose records it holds."""
        return datetime.fromisoformat(self.told["built"])

    @property
    def files(self) -> list[File]:
        return [File(**file) for file in self.told["files"]]

    def file(self, name: str) -> File | None:
        """The file called `name`, or None where the build has none."""
        return next((file for file in self.files if file.name == name), None)

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        (name,) = (file.name for file in self.files if file.what == "sqlite")
        return self.folder / name


def order(name: str) -> tuple[str, int]:
    """By which names of builds are sorted, oldest first."""
    found = NAME.fullmatch(name)
    return (found[1], int(found[2] or 1)) if found else ("", 0)


def all_builds() -> list[Build]:
    """All finished builds, the newest first."""
    root = Path(settings.DATASET_DIR)
    folders = [one for one in root.iterdir() if NAME.fullmatch(one.name)] if root.is_dir() else []
    folders.sort(key=lambda folder: order(folder.name), reverse=True)
    return [build for folder in folders if (build := _read(folder))]


def found_build(name: str) -> Build | None:
    """The build called `name`, or None."""
    return _read(Path(settings.DATASET_DIR) / name) if NAME.fullmatch(name) else None


def _read(folder: Path) -> Build | None:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Build(folder, told)
