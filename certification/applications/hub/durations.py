"""How long something takes, in words: an estimate, so no more exact than it can be."""

from __future__ import annotations

from django.utils.translation import gettext as _

HOURS_FROM = 120  # minutes; below, hours would be one, and «unos 70 minutos» is plainer than «una hora y 10 minutos»


def in_words(minutes: int) -> str:
    """«unos 45 minutos», «unas 3 horas y 20 minutos», «unas 2 horas».

    To five minutes within the hour, to ten above it; rounded up. Never less than five, so it is always a plural.
    """
    step = 5 if minutes <= 60 else 10
    rounded = max(-(-minutes // step) * step, step)
    if rounded < HOURS_FROM:
        return _("unos %(minutes)s minutos") % {"minutes": rounded}
    hours, left = divmod(rounded, 60)
    if not left:
        return _("unas %(hours)s horas") % {"hours": hours}
    return _("unas %(hours)s horas y %(minutes)s minutos") % {"hours": hours, "minutes": left}
