"""The figures that a workplace gives of a year: how they are grouped, and why each group is asked for.

Forms, tables and the rules of plausibility read this one list, so that no figure is in one and missing in another.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A count under five, of people who share a workplace, points at persons; INEGI and health registries keep the same.
SMALLEST_SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One question by sex. ``women`` and ``men`` are fields of WorkforceFigures, empty where the sex is not asked.

    ``whole`` is asked of everybody together; ``is_percent`` tells that it is a share and not a count.
    """

    title: Promise
    women: str = ""
    men: str = ""
    whole: str = ""
    is_percent: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for name in (self.whole, self.women, self.men) if name)


@dataclass(frozen=True)
class Section:
    """Questions that belong together. ``parts_of_staff`` tells that its rows together make up the whole staff."""

    code: str
    title: Promise
    why: Promise
    rows: tuple[Row, ...]
    parts_of_staff: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for row in self.rows for name in row.fields)


STAFF = Row(_("Personas en el centro"), "women", "men")

SECTIONS = (
    Section(
        "levels",
        _("Por nivel"),
        _(
            "Para ver si mujeres y hombres llegan por igual a los puestos que deciden. "
            "Con el nivel directivo se calculan medidas que suben el nivel del certificado."
        ),
        (
            Row(_("Dirección"), "women_managers", "men_managers"),
            Row(_("Mandos medios"), "women_middle", "men_middle"),
            Row(_("Puestos operativos"), "women_operative", "men_operative"),
        ),
        parts_of_staff=True,
    ),
    Section(
        "disability",
        _("Personas con discapacidad"),
        _("Con este número se calculan medidas de inclusión. Sólo cuántas son: nunca nombres ni diagnósticos."),
        (Row(_("Personas con discapacidad"), women="women_with_disability", whole="with_disability"),),
    ),
    Section(
        "leave",
        _("Licencias que se tomaron"),
        _("Para ver si cuidar se reparte y si quien toma una licencia conserva su empleo."),
        (
            Row(_("Maternidad"), women="maternity_leave"),
            Row(_("Paternidad"), men="paternity_leave"),
            Row(_("Cuidados de la familia"), "women_care_leave", "men_care_leave"),
            Row(_("Volvieron después de su licencia"), whole="returned_percent", is_percent=True),
        ),
    ),
    Section(
        "promotions",
        _("Ascensos"),
        _("Para ver si las oportunidades de crecer se reparten según la plantilla."),
        (Row(_("Personas que ascendieron en el año"), "women_promoted", "men_promoted"),),
    ),
    Section(
        "pay",
        _("Percepciones"),
        _("Para ver en qué rangos se concentra cada sexo. Cuenta personas en cada rango; no escribas sueldos."),
        (
            Row(_("Hasta 1 salario mínimo"), "women_pay_1", "men_pay_1"),
            Row(_("Más de 1 y hasta 2"), "women_pay_2", "men_pay_2"),
            Row(_("Más de 2 y hasta 3"), "women_pay_3", "men_pay_3"),
            Row(_("Más de 3 y hasta 5"), "women_pay_4", "men_pay_4"),
            Row(_("Más de 5"), "women_pay_5", "men_pay_5"),
        ),
        parts_of_staff=True,
    ),
)

OPTIONAL = tuple(name for section in SECTIONS for name in section.fields)
NAMES = (*STAFF.fields, *OPTIONAL)


def shown_to_public(count: int | None) -> int | None:
    """A cell of a table that the public reads: the count, or None for one so small that it could point at persons.

    Zero points at nobody. What the employer and the programme read is not covered.
    """
    return None if count is None or 0 < count < SMALLEST_SHOWN else count


def staff_for_public(women: int, men: int) -> tuple[int | None, int | None]:
    """Women and men for the public: both or none, since the whole is public and one would tell the other."""
    shown = (shown_to_public(women), shown_to_public(men))
    return (None, None) if None in shown else shown
