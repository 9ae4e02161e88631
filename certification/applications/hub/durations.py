"""How long something takes, in words: an estimate, so no more exact than it can be."""

from __future__ import annotations

from django.utils.translation import gettext as _


def in_words(minutes: int) -> str:
    """«45 min», «3 h 20 min», «2 h»: to five minutes within the hour, to ten above it; rounded up."""
    step = 5 if minutes <= 60 else 10
    hours, left = divmod(-(-minutes // step) * step, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": left}
    if not left:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": left}
