"""What is asked about figures that are hardly possible. Nothing is refused: the number is kept, and so is the answer.

Each rule is a pure function of the counts of a year and, where there are any, of the year before. ``Doubt.rule``
stays the same while the same thing is doubted: the employer's explanation is kept under it, with ``Doubt.numbers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers import figures

Counts = Mapping[str, int | None]  # by the names of the fields of WorkforceFigures; None is «not said»

HALF_FROM = 20  # people: in a smaller workplace an even split is common
JUMP_FROM = 5  # people: below, a third is one or two persons


@dataclass(frozen=True)
class Doubt:
    """An unlikely number: ``field`` is where it is mended, ``rule`` names the doubt within one year's figures.

    ``numbers`` are those that the question tells, in its order and the same in every language, such as "161 100": an
    explanation answers them and no others. They fit in 60 characters.
    """

    rule: str
    field: str
    question: str
    numbers: str


@dataclass(frozen=True)
class Year:
    """What the rules look at."""

    year: int
    now: Counts
    before: Counts | None


Rule = Callable[[Year], Iterator[Doubt]]

# A part, the whole it cannot be larger than, and the question. Reviewers read it too: it says «you» to nobody.
PARTS: tuple[tuple[str, str, Promise], ...] = (
    (
        "women_managers",
        "women",
        gettext_lazy("Son más mujeres en dirección (%(part)s) que mujeres en el centro (%(whole)s)."),
    ),
    (
        "men_managers",
        "men",
        gettext_lazy("Son más hombres en dirección (%(part)s) que hombres en el centro (%(whole)s)."),
    ),
    (
        "women_middle",
        "women",
        gettext_lazy("Son más mujeres en mandos medios (%(part)s) que mujeres en el centro (%(whole)s)."),
    ),
    (
        "men_middle",
        "men",
        gettext_lazy("Son más hombres en mandos medios (%(part)s) que hombres en el centro (%(whole)s)."),
    ),
    (
        "women_operative",
        "women",
        gettext_lazy("Son más mujeres en puestos operativos (%(part)s) que mujeres en el centro (%(whole)s)."),
    ),
    (
        "men_operative",
        "men",
        gettext_lazy("Son más hombres en puestos operativos (%(part)s) que hombres en el centro (%(whole)s)."),
    ),
    (
        "women_with_disability",
        "with_disability",
        gettext_lazy("Son más mujeres con discapacidad (%(part)s) que personas con discapacidad (%(whole)s)."),
    ),
    (
        "maternity_leave",
        "women",
        gettext_lazy("Son más licencias de maternidad (%(part)s) que mujeres en el centro (%(whole)s)."),
    ),
    (
        "paternity_leave",
        "men",
        gettext_lazy("Son más licencias de paternidad (%(part)s) que hombres en el centro (%(whole)s)."),
    ),
    (
        "women_care_leave",
        "women",
        gettext_lazy("Son más mujeres con licencia de cuidados (%(part)s) que mujeres en el centro (%(whole)s)."),
    ),
    (
        "men_care_leave",
        "men",
        gettext_lazy("Son más hombres con licencia de cuidados (%(part)s) que hombres en el centro (%(whole)s)."),
    ),
    (
        "women_promoted",
        "women",
        gettext_lazy("Son más mujeres que ascendieron (%(part)s) que mujeres en el centro (%(whole)s)."),
    ),
    (
        "men_promoted",
        "men",
        gettext_lazy("Son más hombres que ascendieron (%(part)s) que hombres en el centro (%(whole)s)."),
    ),
)

SUMS = {
    "levels": gettext_lazy("Los tres niveles suman %(sum)s y en el centro son %(whole)s (%(sex)s)."),
    "pay": gettext_lazy("Los rangos de percepciones suman %(sum)s y en el centro son %(whole)s (%(sex)s)."),
}
SEXES = {"women": gettext_lazy("mujeres"), "men": gettext_lazy("hombres")}


def doubts_of(now: Counts, before: Counts | None, *, year: int) -> list[Doubt]:
    """All that is unlikely in the figures of ``year``, in the order of the rules. ``before`` is the year before."""
    seen = Year(year, now, before)
    return [doubt for rule in RULES for doubt in rule(seen)]


def nobody(seen: Year) -> Iterator[Doubt]:
    if _staff(seen.now) == 0:
        yield Doubt("nobody", "women", _("Con cero personas, el centro no tendría a quién certificar."), "0")


def part_exceeds_whole(seen: Year) -> Iterator[Doubt]:
    for part, whole, sentence in PARTS:
        if _exceeds(seen.now.get(part), seen.now.get(whole)):
            numbers = {"part": seen.now[part], "whole": seen.now[whole]}
            yield Doubt(f"part_exceeds_whole:{part}", part, str(sentence) % numbers, _told(numbers))
    if _exceeds(seen.now.get("with_disability"), _staff(seen.now)):
        asked = _("Son más personas con discapacidad (%(part)s) que personas en el centro (%(whole)s).")
        numbers = {"part": seen.now["with_disability"], "whole": _staff(seen.now)}
        yield Doubt("part_exceeds_whole:with_disability", "with_disability", asked % numbers, _told(numbers))


def parts_do_not_add_up(seen: Year) -> Iterator[Doubt]:
    """Where every part is given, the parts are the whole; where some are, they are not more than it."""
    for section in figures.SECTIONS:
        if not section.parts_of_staff:
            continue
        for sex, word in SEXES.items():
            names = [getattr(row, sex) for row in section.rows]
            given = [seen.now.get(name) for name in names]
            known = [number for number in given if number is not None]
            whole = seen.now.get(sex)
            if whole is None or len(known) < 2 or _says_part_exceeds(known, whole):
                continue
            if sum(known) > whole or (len(known) == len(given) and sum(known) < whole):
                numbers = {"sum": sum(known), "whole": whole}
                asked = str(SUMS[section.code]) % {**numbers, "sex": word}
                yield Doubt(f"parts_do_not_add_up:{section.code}:{sex}", names[0], asked, _told(numbers))


def exact_half(seen: Year) -> Iterator[Doubt]:
    """Exactly as many women as men, in the staff or in its direction."""
    asked = (
        ("women", "men", _("Es justo la mitad de cada sexo: %(half)s y %(half)s. ¿Se contó o se estimó?")),
        (
            "women_managers",
            "men_managers",
            _("En dirección es justo la mitad de cada sexo: %(half)s y %(half)s. ¿Se contó o se estimó?"),
        ),
    )
    for women, men, sentence in asked:
        half, other = seen.now.get(women), seen.now.get(men)
        if half is not None and half == other and 2 * half >= HALF_FROM:
            yield Doubt(f"exact_half:{women}", women, sentence % {"half": half}, str(half))


def jump(seen: Year) -> Iterator[Doubt]:
    """A third more or less than the year before: of the staff, or, where that stays, of one sex."""
    if seen.before is None:
        return
    sentences = {
        "women": _("Las mujeres pasaron de %(before)s en %(year)s a %(now)s. ¿Qué cambió?"),
        "men": _("Los hombres pasaron de %(before)s en %(year)s a %(now)s. ¿Qué cambió?"),
    }
    said = {"year": seen.year - 1}
    staff, earlier = _staff(seen.now), _staff(seen.before)
    if _jumps(earlier, staff):
        sentence = _("La plantilla pasó de %(before)s personas en %(year)s a %(now)s. ¿Qué cambió?")
        numbers = {"before": earlier, "now": staff}
        yield Doubt("jump:staff", "women", sentence % {**said, **numbers}, _told(numbers))
        return
    for sex, sentence in sentences.items():
        if _jumps(seen.before.get(sex), seen.now.get(sex)):
            numbers = {"before": seen.before[sex], "now": seen.now[sex]}
            yield Doubt(f"jump:{sex}", sex, sentence % {**said, **numbers}, _told(numbers))


def percent_over_100(seen: Year) -> Iterator[Doubt]:
    for row in (row for section in figures.SECTIONS for row in section.rows if row.is_percent):
        value = seen.now.get(row.whole)
        if _exceeds(value, 100):
            said = {"figure": row.title, "value": value}
            asked = _("«%(figure)s»: %(value)s de cada 100.") % said
            yield Doubt(f"percent_over_100:{row.whole}", row.whole, asked, str(value))


RULES: tuple[Rule, ...] = (
    nobody,
    part_exceeds_whole,
    parts_do_not_add_up,
    percent_over_100,
    exact_half,
    jump,
)


def _staff(counts: Counts) -> int | None:
    women, men = counts.get("women"), counts.get("men")
    return None if women is None or men is None else women + men


def _told(numbers: Counts) -> str:
    return " ".join(str(number) for number in numbers.values())


def _exceeds(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole


def _says_part_exceeds(known: list[int], whole: int) -> bool:
    """One question for one mistake: where a part alone is larger than the whole, that is what is asked."""
    return any(number > whole for number in known)


def _jumps(before: int | None, now: int | None) -> bool:
    """A third or more of what there was, and five people or more."""
    if not before or now is None:
        return False
    change = abs(now - before)
    return change >= JUMP_FROM and 3 * change >= before
