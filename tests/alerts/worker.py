"""A process that sends alerts, begun from one that has read all modules already."""

import django
from django.core.management import call_command
from django.db import connection

django.setup()


def send() -> None:
    """What `manage.py send_alerts` does."""
    connection.close()
    call_command("send_alerts", stdout=_Nowhere(), stderr=_Nowhere())


class _Nowhere:
    """Takes what is said, as operators would read it in their log."""

    def write(self, text: str) -> None:
        pass

    def flush(self) -> None:
        pass
