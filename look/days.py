"""Days and moments in words, always with how long is left or has passed beside a real date."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext


def as_day(value: dt.date) -> dt.date:
    """Return the day, in the site's time zone, of a date or a moment."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: dt.date) -> str:
    text = date_format(as_day(value), "j M Y", use_l10n=False)
    return text.lower() if (get_language() or "").startswith("es") else text


def moment(value: dt.datetime) -> str:
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(value)}, {local:%H:%M}"


def days_left(value: dt.date, today: dt.date) -> str:
    days = (as_day(value) - today).days
    if days == 0:
        return gettext("es hoy")
    if days == 1:
        return gettext("es mañana")
    if days > 1:
        return ngettext("queda %(days)d día", "quedan %(days)d días", days) % {"days": days}
    return ngettext("pasó hace %(days)d día", "pasó hace %(days)d días", -days) % {"days": -days}


def since(value: dt.date, today: dt.date) -> str:
    days = (today - as_day(value)).days
    if days == 0:
        return gettext("hoy")
    if days < 0:
        return days_left(value, today)
    return ngettext("hace %(days)d día", "hace %(days)d días", days) % {"days": days}
