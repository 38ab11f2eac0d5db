"""manage.py import_newsletter FILE: read a newsletter file into records in review."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from policies import publishing
from policies.intake import NoDate, preview, store
from policies.newsletter import NotANewsletter, parse_issue
from policies.readers import Limits, Unreadable, read
from policies.search.indexing import batch


class Command(BaseCommand):
    help = "Import a newsletter issue (.txt .md .pdf .docx .html .eml) as records in review."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Write nothing.")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--publish", action="store_true", help="Publish what was added.")

    def handle(self, *, file: Path, dry_run: bool, publish: bool, **options) -> None:
        limit, seconds = settings.NEWSLETTER_MAX_BYTES, settings.NEWSLETTER_MAX_SECONDS
        try:
            with file.open("rb") as source:
                data = source.read(limit + 1)
            limits = Limits(max_bytes=limit, max_seconds=seconds)
            text = read(data, name=file.name, limits=limits)
            parsed = parse_issue(text)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}") from None
        except (Unreadable, NotANewsletter) as error:
            raise CommandError(f"{file}: {error}") from None
        as_json = options["format"] == "json"
        if dry_run:
            data_out = preview(parsed)
            self.stdout.write(
                json.dumps(data_out, ensure_ascii=False, indent=2)
                if as_json
                else _in_words(data_out)
            )
            return
        try:
            with batch():
                report = store(parsed, text=text, data=data, name=file.name)
                if publish:
                    for record in report.added:
                        publishing.publish(record, by=None, reason="Imported with --publish")
        except NoDate as error:
            raise CommandError(f"{file}: {error}") from None
        self._tell(report, as_json)

    def _tell(self, report, as_json: bool) -> None:
        counts = {
            name: len(getattr(report, name))
            for name in ("added", "updated", "unchanged", "missing")
        }
        doubts = [
            *(f"differs: {row}" for row in report.differences),
            *(f"likely duplicate: {row}" for row in report.duplicates),
            *(f"may be the record “{other}”: {row}" for row, other in report.unsure),
            *(f"unknown issuing body: {name}" for name in report.unresolved),
            *(f"no longer in the file: {row}" for row in report.missing),
        ]
        if as_json:
            told = {"issue": str(report.issue), **counts, "doubts": doubts}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        words = ", ".join(f"{number} {name}" for name, number in counts.items())
        self.stdout.write("\n".join([f"{report.issue}: {words}", *doubts]))


def _in_words(preview_data: dict) -> str:
    lines = [f"{preview_data['title']}, {preview_data['published'] or 'no date'}"]
    for item in preview_data["items"]:
        name = item["headline"] or item["summary"][:70]
        lines.append(f"  {item['section']} {item['position']}: {name}")
    lines += [
        f"  left over, line {row['line']}: {row['text']}" for row in preview_data["leftovers"]
    ]
    lines += [f"  doubt, line {row['line']}: {row['text']}" for row in preview_data["warnings"]]
    return "\n".join(lines)
