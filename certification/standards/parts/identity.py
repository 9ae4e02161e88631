"""Whose the standard is, whom it is for, and when it calls."""

from __future__ import annotations

import datetime as dt

from certification.standards.parts.base import Code, Confirmed, Marked, Part, Text, Worded


class Authority(Worded, Marked):
    code: Code
    name: Text
    role: str = ""
    replaces: str = ""


class Certifier(Worded, Marked):
    kind: Text
    accreditation: str = ""


class Scope(Marked):
    sectors: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    multi_site: bool = False


class LegalBasis(Worded, Marked):
    title: Text
    published_on: dt.date | None = None


class EligibilityDocuments(Worded, Marked):
    items: tuple[Text, ...] = ()


class Flag(Marked):
    value: bool


class Eligibility(Worded, Marked):
    who: tuple[Text, ...] = ()
    documents: EligibilityDocuments | None = None
    must_have_vulnerable_staff: Flag | None = None


class Group(Worded, Marked):
    code: Code
    title: Text


class RegistrationField(Worded):
    key: Text
    label: Text
    required: bool = False


class RegistrationFields(Marked):
    fields: tuple[RegistrationField, ...] = ()


class Call(Worded, Marked):
    """A call (*convocatoria*) of a distintivo; ``opens_on`` and ``closes_on`` are its first and its last day."""

    code: Code
    title: Text
    opens_on: dt.date
    closes_on: dt.date
    results_on: dt.date | None = None

    def is_open(self, on: dt.date) -> bool:
        return self.opens_on <= on <= self.closes_on


class PublicRegistry(Part):
    exists_confirmed: Confirmed = False
    columns_confirmed: Confirmed = False
    columns: tuple[str, ...] = ()
