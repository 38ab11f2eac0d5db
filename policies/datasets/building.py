"""Makes a build: from one moment of the database to a finished folder, or to nothing at all."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from .builds import MANIFEST, Build, File, all_builds, licence, order
from .changes import compare, counted, listed
from .datasette import metadata
from .package import CsvTables
from .reading import entries
from .shape import KINDS
from .snapshot import snapshot
from .sqlitefile import SqliteFile

UNFINISHED = ".building-"
TITLE = "Policy tracker: China’s industrial policy"
DESCRIPTION = (
    "Policies, targets, issuing bodies and corporate events of China’s industrial policy, as "
    "selected by a monthly newsletter, in English and Chinese. Each record names its source; "
    "dates are as exact as the source."
)
# By what a file is: how its name goes on after that of the build, and its media type.
FILES = {
    "sqlite": (".sqlite", "application/vnd.sqlite3"),
    "package": (".zip", "application/zip"),
    "changes": (".changes.csv", "text/csv; charset=utf-8"),
    "datasette": (".datasette.json", "application/json"),
}
SUMS = "SHA256SUMS"


def build() -> Build:
    """Write down all that is public now, and give the finished build.

    Waits while another one is being made. Raises sqlite3.DatabaseError where the build
    before cannot be read.
    """
    root = Path(settings.DATASET_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        before = next(iter(all_builds()), None)
        name = _next_name(root)
        folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=root))
        try:
            told = _write(folder, name, before)
            _keep(folder)
            folder.rename(root / name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _to_disk(root)
    return Build(root / name, told)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """No other build while this one is made; what a killed one left is taken away."""
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in root.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        yield


def _next_name(root: Path) -> str:
    day = localdate().isoformat()
    number = max((order(path.name)[1] for path in root.glob(f"{day}*")), default=0) + 1
    return day if number == 1 else f"{day}-{number}"


def _write(folder: Path, name: str, before: Build | None) -> dict[str, Any]:
    """Fill `folder` with the files of the build, and give what it tells of itself."""
    paths = {what: folder / f"policy-tracker-{name}{ending}" for what, (ending, _) in FILES.items()}
    tables = [table for kind in KINDS for table in kind.tables]
    with ExitStack() as open_files:
        database = open_files.enter_context(closing(SqliteFile(paths["sqlite"], tables)))
        package = open_files.enter_context(closing(CsvTables(folder / "tables", tables)))
        built = _read_into(database, package)
        database.finish()
        unlike = compare(database.database, before.database) if before else []
        listed(database.database, paths["changes"])
        about = _about(name, built, before)
        database.describe(about)
        package.finish(about, paths["changes"], paths["package"])
        told: dict[str, Any] = {"built": built, "before": before.name if before else None}
        told |= {"tables": _counted(database), "changes": counted(database.database)}
        told["unlike"] = unlike
    shutil.rmtree(folder / "tables")
    _written(paths["datasette"], metadata(paths["sqlite"].stem, about, tables))
    files = [_file(what, path, FILES[what][1]) for what, path in paths.items()]
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    (folder / SUMS).write_text(sums, encoding="utf-8")
    files.append(_file("sums", folder / SUMS, "text/plain; charset=utf-8"))
    told["files"] = [asdict(file) for file in files]
    _written(folder / MANIFEST, told)
    return told


def _counted(database: SqliteFile) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "title": one.title, "of": one.kind, "rows": database.rows[one.name]}
        for one in database.tables
    ]


def _read_into(database: SqliteFile, package: CsvTables) -> str:
    """Read all public records as they are at one moment, which is given."""
    with snapshot():
        built = timezone.now().isoformat(timespec="seconds")
        for kind in KINDS:
            for entry in entries(kind, kind.tables, settings.SITE_URL):
                database.add(kind.table, entry)
                package.add(entry)
    return built


def _about(name: str, built: str, before: Build | None) -> dict[str, str]:
    return {
        "title": TITLE,
        "description": DESCRIPTION,
        "version": name,
        "created": built,
        "address": f"{settings.SITE_URL}{reverse('datasets')}",
        "licence": licence(),
        "changes_since": before.name if before else "",
    }


def _written(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _file(what: str, path: Path, media_type: str) -> File:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(path.name, what, media_type, path.stat().st_size, digest)


def _keep(folder: Path) -> None:
    """Make `folder` outlast a power cut, and readable for the server, whoever built it."""
    folder.chmod(0o755)
    for path in folder.iterdir():
        _to_disk(path)
    _to_disk(folder)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
