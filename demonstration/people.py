"""The accounts of a demonstration. Their one password is printed by the command: they exist in no real database."""

from __future__ import annotations

import datetime as dt
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.enums import BodyKind, Role
from accounts.models import BodyMembership, ReviewBody, User

PASSWORD = "constancia-demo"  # noqa: S105 - shown on purpose: seed_demo refuses any database that is not a demo
DOMAIN = "demo.constancia.example"

STAFF = [
    ("gestion", "Gestión de Demostración", "Subdirección del programa", Role.MANAGER, "STPS-DGIL"),
    ("gestion2", "Segunda Gestión de Demostración", "Jefatura del programa", Role.MANAGER, "STPS-DGIL"),
    ("revision", "Revisión de Demostración", "Revisión de expedientes", Role.REVIEWER, "STPS-DGIL"),
    ("revision2", "Segunda Revisión de Demostración", "Revisión de expedientes", Role.REVIEWER, "STPS-DGIL"),
    ("auditoria", "Auditoría de Demostración", "Auditoría líder", Role.REVIEWER, "OED"),
    ("dictamen", "Dictamen de Demostración", "Comité dictaminador", Role.DECIDER, "STPS-DGIL"),
    ("dictamen2", "Dictamen del Organismo", "Comité de dictaminación", Role.DECIDER, "OED"),
    ("edicion", "Edición de Demostración", "Edición de prácticas", Role.EDITOR, "STPS-DGIL"),
]

BODIES = [
    {
        "code": "STPS-DGIL",
        "name": "Unidad de Igualdad Laboral (demostración)",
        "kind": BodyKind.MINISTRY,
        "office": "Oficina de Notificaciones de la Unidad (demostración)",
        "signatory_charge": "Dirección General (demostración)",
    },
    {
        "code": "OED",
        "name": "Organismo Ejemplo de Certificación, A.C.",
        "kind": BodyKind.ACCREDITED,
        "accreditation": "ejemplo 000/00",
        "office": "Comité de Dictaminación (demostración)",
        "signatory_charge": "Dirección General del organismo",
    },
]


def address(name: str) -> str:
    return f"{name}@{DOMAIN}"


@cache
def _hashed() -> str:
    """Hashing is slow on purpose; once is enough for fifty accounts with one password."""
    return make_password(PASSWORD)


def make_account(name: str, full_name: str, charge: str) -> User:
    """An account with a confirmed address and the password of the demonstration."""
    user = User.objects.create(email=address(name), password=_hashed(), full_name=full_name, charge=charge)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_staff(at: dt.datetime) -> dict[str, User]:
    """The people of the programme and their bodies, by the name of their account."""
    bodies = {one["code"]: ReviewBody.objects.create(**one) for one in BODIES}
    people: dict[str, User] = {}
    for name, full_name, charge, role, body in STAFF:
        person = make_account(name, full_name, charge)
        person.groups.add(Group.objects.get_or_create(name=role.value)[0])
        BodyMembership.objects.create(user=person, body=bodies[body], started_at=at)
        people[name] = person
    return people
