"""The data set as schema.org describes it, with the files of a build."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from policies.works import SITE

from .building import DESCRIPTION, TITLE
from .builds import Build


def data_set(build: Build | None, *, is_newest: bool = True) -> dict[str, Any]:
    """A Dataset, in English: the one that is built anew, or an earlier build by itself.

    It has no files where nothing was built yet.
    """
    site = settings.SITE_URL
    page = f"{site}{reverse('datasets')}"
    earlier = None if is_newest else build
    address = f"{site}{reverse('dataset', args=[earlier.name])}" if earlier else page
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": TITLE,
        "description": DESCRIPTION,
        "inLanguage": ["en", "zh-Hans"],
        "spatialCoverage": "China",
        "isAccessibleForFree": True,
        "license": f"{address}#licence",
        "creator": {"@type": "Organization", "name": SITE, "url": f"{site}/"},
    }
    if build:
        told |= {
            "version": build.name,
            "dateModified": build.told["built"],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.name,
                    "encodingFormat": file.media_type.partition(";")[0],
                    "contentUrl": f"{site}{reverse('dataset_file', args=[build.name, file.name])}",
                    "contentSize": f"{file.bytes} B",
                    "sha256": file.sha256,
                }
                for file in build.files
            ],
        }
    return told
