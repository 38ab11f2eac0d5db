"""Follow-ups that an editor looked at and said no to."""

from django.conf import settings
from django.db import models

from .policies import Policy


class DeclinedFollowUp(models.Model):
    """A pair of policies that is not proposed again: the newer does not update the earlier."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="+")
    earlier = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="+")
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    declined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "earlier"], name="declined_follow_up_once")
        ]

    def __str__(self) -> str:
        return f"{self.policy} does not update {self.earlier}"
