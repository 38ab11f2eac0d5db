"""An editor's browser, without a window: follows forms as they stand on the page."""

from __future__ import annotations

import json
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from bs4 import BeautifulSoup, Tag

from tests.browser.site import PASSWORD

BOUNDARY = "----the-boundary"


class Desk:
    """A session at `site`; each request raises what the connection does."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def log_in(self, name: str) -> None:
        """Sign in."""
        page = self.get("/admin/login/")
        self.send(page, "#login-form", username=name, password=PASSWORD)

    def get(self, path: str) -> BeautifulSoup:
        """A page; raises for any status but 200."""
        with self.opener.open(f"{self.site}{path}", timeout=120) as answer:
            return BeautifulSoup(answer.read(), "lxml")

    def status(self, path: str) -> int:
        """The status of a page."""
        try:
            with self.opener.open(f"{self.site}{path}", timeout=120) as answer:
                return answer.status
        except HTTPError as error:
            return error.code

    def upload(self, data: bytes, name: str) -> None:
        """Bring a file in."""
        page = self.get("/admin/policies/issueimport/add/")
        token = page.select_one("form.import-start [name=csrfmiddlewaretoken]")["value"]
        head = 'Content-Disposition: form-data; name="{}"'
        body = "\r\n".join(
            [
                f"--{BOUNDARY}",
                head.format("csrfmiddlewaretoken"),
                "",
                str(token),
                f"--{BOUNDARY}",
                f'{head.format("file")}; filename="{name}"',
                "Content-Type: application/octet-stream",
                "",
                "",
            ]
        ).encode()
        body += data + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        self._post("/admin/policies/issueimport/add/", body, kind)

    def store(self, key: int) -> None:
        """Press “Store for review” on the review of an import."""
        page = self.get(f"/admin/policies/issueimport/{key}/change/")
        self.send(page, "#review", do=json.dumps(["issue", "store"]))

    def publish(self, key: int) -> None:
        """Publish all that an issue holds in review."""
        page = self.get(f"/admin/policies/newsletterissue/{key}/publish/")
        self.send(page, "form.confirm")

    def send(self, page: BeautifulSoup, form: str, **given: str) -> BeautifulSoup:
        """Send a form as it stands, but for what is `given`."""
        found = page.select_one(form)
        assert found is not None, page.get_text(" ", strip=True)[:500]
        fields = [pair for pair in _fields(found) if pair[0] not in given]
        body = urlencode([*fields, *given.items()]).encode()
        action = str(found.get("action") or "/admin/login/")
        return self._post(action, body, "application/x-www-form-urlencoded")

    def _post(self, path: str, body: bytes, kind: str) -> BeautifulSoup:
        address = f"{self.site}{path}"
        request = Request(address, body, {"Content-Type": kind, "Referer": address})
        with self.opener.open(request, timeout=120) as answer:
            return BeautifulSoup(answer.read(), "lxml")


def _fields(form: Tag) -> list[tuple[str, str]]:
    found = []
    for field in form.select("input[name], select[name], textarea[name]"):
        kind, name = field.get("type", ""), str(field["name"])
        if kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select("option[selected]") or field.select("option")[:1]
            found += [(name, str(option.get("value", option.get_text()))) for option in chosen]
        else:
            found.append(
                (name, field.get_text() if field.name == "textarea" else field.get("value", ""))
            )
    return found
