"""The data set as schema.org describes it, with the files of its newest build."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from policies.works import SITE

from .building import DESCRIPTION, TITLE
from .builds import Build


def data_set(builds: list[Build]) -> dict[str, Any]:
    """A Dataset, in English; without files where nothing was built yet."""
    site = settings.SITE_URL
    address = f"{site}{reverse('datasets')}"
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
    for build in builds[:1]:
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
