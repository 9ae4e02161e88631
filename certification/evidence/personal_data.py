"""Finding in a text what looks like a person's data: CURP, RFC, NSS, CLABE, card, e-mail and telephone.

Numbers count only with their check digit and a plausible form, so that folios, amounts and digests raise no alarm.
What has no check digit is told by how it is written. It is a hint for whoever reads, never a proof of the contrary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.mx import curp, rfc

NO_MAIL = {"gif", "jpeg", "jpg", "png", "svg", "webp"}  # «logo@2x.png» is a file
CLABE_WEIGHTS = (3, 7, 1) * 6
YOUNGEST, OLDEST = 12, 75  # when somebody is registered for the first time
OF_NOBODY = {"800", "900"}  # prefixes of telephones that are no person's


class PersonalData(models.TextChoices):
    """What tells who a person is."""

    CURP = "curp", _("CURP")
    RFC = "rfc", _("RFC de una persona")
    NSS = "nss", _("Número de seguridad social")
    CLABE = "clabe", _("CLABE de una cuenta")
    CARD = "card", _("Número de tarjeta")
    EMAIL = "email", _("Correo electrónico")
    PHONE = "phone", _("Teléfono")


@dataclass(frozen=True)
class Finding:
    """``text[start:end]`` looks like data of this kind."""

    kind: PersonalData
    start: int
    end: int


def find(text: str) -> list[Finding]:
    """Everything that looks like a person's data, in order and without overlaps, in time linear to the text."""
    found: list[Finding] = []
    taken = bytearray(len(text))
    for kind, pattern, is_one in _KINDS:
        for start, end in _spans(pattern, is_one, text):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Finding(kind, start, end))
    return sorted(found, key=lambda one: one.start)


def _spans(pattern: re.Pattern[str], is_one: Callable[[str], bool], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        if is_one(match["value"]):
            yield match.span("value")


def _digits(value: str) -> str:
    return re.sub(r"[^0-9]", "", value)


def _is_curp(value: str) -> bool:
    return curp.is_valid(value)


def _is_rfc(value: str) -> bool:
    return rfc.is_valid(value, validate_check_digits=True)


def _is_nss(value: str) -> bool:
    """Office, year of registration, year of birth, number, and a check digit by Luhn."""
    number = _digits(value)
    age = (int(number[2:4]) - int(number[4:6])) % 100
    return number[:2] != "00" and YOUNGEST <= age <= OLDEST and luhn.is_valid(number)


def _is_clabe(value: str) -> bool:
    """Bank (their codes begin with 0, 1, 6, 7 or 9), place, account and check digit."""
    number = [int(digit) for digit in _digits(value)]
    check = -sum(digit * weight % 10 for digit, weight in zip(number[:17], CLABE_WEIGHTS, strict=False)) % 10
    return number[0] in (0, 1, 6, 7, 9) and any(number[:3]) and check == number[17]


def _is_card(value: str) -> bool:
    """Visa, Mastercard and Carnet have sixteen digits; American Express has fifteen."""
    number = _digits(value)
    first = int(number[:4])
    if len(number) == 15:
        is_known = number[:2] in ("34", "37")
    else:
        is_known = number[0] == "4" or 5100 <= first <= 5599 or 2221 <= first <= 2720 or number[:3] == "506"
    return is_known and luhn.is_valid(number)


def _is_email(value: str) -> bool:
    return value.rpartition(".")[2].lower() not in NO_MAIL


def _is_phone(value: str) -> bool:
    return _digits(value)[-10:][:3] not in OF_NOBODY


def _pattern(value: str, before: str = "") -> re.Pattern[str]:
    """``value`` as a whole: not within a longer word or number."""
    edges = r"(?<![\w+])(?<![0-9][-./,])", r"(?!\w|[-./,:][0-9])"
    return re.compile(f"{before}{edges[0]}(?P<value>{value}){edges[1]}", re.IGNORECASE)


_D = "[0-9]"
_PHONE_WORD = r"(?:\btel(?:[eé]fonos?)?|\bcel(?:ular)?|\bm[oó]vil|\bwhatsapp)\b[^0-9\n]{0,12}"
_WRITTEN_PHONE = (
    rf"(?:\+?52[ -]?(?:1[ -]?)?)?(?:\((?:55|56|33|81)\) ?|(?:55|56|33|81)[ -]){_D}{{4}}[ -]?{_D}{{4}}"
    rf"|(?:\+?52[ -]?(?:1[ -]?)?)?(?:\([2-9]{_D}{{2}}\) ?|[2-9]{_D}{{2}}[ -]){_D}{{3}}[ -]{_D}{{2}}[ -]?{_D}{{2}}"
    rf"|\+52[ -]?[2-9]{_D}{{9}}"
)
# The first that takes a stretch of text keeps it.
_KINDS: tuple[tuple[PersonalData, re.Pattern[str], Callable[[str], bool]], ...] = (
    (PersonalData.EMAIL, re.compile(
        r"(?<![\w.%+-])(?P<value>[a-z0-9_%+-][\w.%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})(?![\w-])",
        re.IGNORECASE,
    ), _is_email),
    (PersonalData.CURP, _pattern(rf"[A-Z]{{4}}{_D}{{6}}[HM][A-Z]{{5}}[A-Z0-9]{_D}"), _is_curp),
    (PersonalData.RFC, _pattern(rf"[A-ZÑ&]{{4}}[ -]?{_D}{{6}}[ -]?[A-Z0-9]{{3}}"), _is_rfc),
    (PersonalData.CLABE, _pattern(rf"{_D}{{3}}(?P<s>[ -]?){_D}{{3}}(?P=s){_D}{{11}}(?P=s){_D}"), _is_clabe),
    (PersonalData.CARD, _pattern(rf"{_D}{{4}}(?P<s>[ -]?){_D}{{4}}(?P=s){_D}{{4}}(?P=s){_D}{{4}}"), _is_card),
    (PersonalData.CARD, _pattern(rf"{_D}{{4}}(?P<s>[ -]?){_D}{{6}}(?P=s){_D}{{5}}"), _is_card),
    (PersonalData.NSS, _pattern(rf"{_D}{{2}}(?P<s>[ -]?){_D}{{2}}(?P=s){_D}{{2}}(?P=s){_D}{{4}}(?P=s){_D}"), _is_nss),
    (PersonalData.PHONE, _pattern(_WRITTEN_PHONE), _is_phone),
    (PersonalData.PHONE, _pattern(rf"[2-9]{_D}{{9}}", before=_PHONE_WORD), _is_phone),
)  # fmt: skip
