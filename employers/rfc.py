"""The RFC, checked with the reason in plain words.

The shape is of the Código Fiscal: letters, date as YYMMDD, homoclave. A wrong check digit is not an error: about 1.5 %
of real ones have it (see python-stdnum), so it is only asked about.
"""

import re

from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.mx import rfc

# «Público en general» and «residente en el extranjero»: official, and without a check digit that fits.
GENERIC = frozenset({"XAXX010101000", "XEXX010101000"})
COMPANY, PERSON = 12, 13


def normalised(value: str) -> str:
    """Upper case, without spaces, hyphens and dots."""
    return re.sub(r"[\s.\-_‐‑‒–—]", "", value).upper()


def problem(value: str) -> str | None:
    """Why a normalised RFC cannot be, as a sentence; None when its shape is right."""
    if re.fullmatch(r"[A-ZÑ&]{3,4}[0-9]{6}", value):
        return _("Faltan los tres caracteres del final, la homoclave. Está en la constancia de situación fiscal.")
    if len(value) not in {COMPANY, PERSON}:
        return _(
            "Un RFC tiene 12 caracteres si es de una empresa y 13 si es de una persona. Escribiste %(number)s."
        ) % {"number": len(value)}
    letters, date, rest = value[:-9], value[-9:-3], value[-3:]
    if not re.fullmatch(r"[A-ZÑ&]+", letters):
        return _("Los primeros %(number)s caracteres son letras. Escribiste «%(text)s».") % {
            "number": len(letters),
            "text": letters,
        }
    if not re.fullmatch(r"[0-9]{6}", date):
        return _("Después de las letras van seis cifras: año, mes y día. Escribiste «%(text)s».") % {"text": date}
    if not re.fullmatch(r"[A-Z0-9]{3}", rest):
        return _("Los últimos tres caracteres son letras o cifras. Escribiste «%(text)s».") % {"text": rest}
    return _date_or_letters_problem(value, date)


def _date_or_letters_problem(value: str, date: str) -> str | None:
    try:
        rfc.validate(value)
    except InvalidComponent:
        if _is_date(date):
            return _("El SAT no asigna esas letras iniciales. Cópialo de la constancia de situación fiscal.")
        return _("La fecha «%(text)s» no existe: son año, mes y día, dos cifras cada uno.") % {"text": date}
    except ValidationError:
        return _("El RFC no tiene la forma que usa el SAT. Cópialo de la constancia de situación fiscal.")
    return None


def _is_date(date: str) -> bool:
    return rfc.is_valid(f"ABC{date}AA1")


def is_generic(value: str) -> bool:
    """Whether it is one of those that stand for anybody, and so for no employer."""
    return value in GENERIC


def is_unusual(value: str) -> bool:
    """Whether the check digit of a well-shaped RFC is not the one that it should be."""
    if is_generic(value):
        return False
    try:
        rfc.validate(value, validate_check_digits=True)
    except (InvalidChecksum, InvalidComponent):
        return True
    return False
