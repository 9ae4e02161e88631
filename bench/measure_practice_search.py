"""Search of practices with 1,000 and with 100,000 rows. Run: ``python -m bench.measure_practice_search``.

Every search at both sizes, as a page; and some against the best SQL by hand for the same answer (hits with what the
page shows of them, total, facets), whose rows are made into dictionaries.
"""

import random
from collections.abc import Callable
from functools import partial
from itertools import accumulate

from bench import harness
from bench.practices_by_hand import by_hand, page_by_hand

WORDS = """
trabajo personas empresa horario planta turno mujeres hombres comité permiso equipo meses área jefatura capacitación
cuidado sueldo puesto evaluación denuncia queja protocolo acoso lactancia sala guardería licencia paternidad
discapacidad rampa intérprete señas contratación vacante entrevista currículum promoción ascenso salario tabulador
brecha salarial auditoría clima confidencialidad buzón prevención sensibilización taller plática familia escuela
niñas niños edad verificación proveedor cosecha campo jornalera temporada comunidad beca transporte comedor bodega
taller línea célula rol ausentismo rotación renuncia resultado medida presupuesto costo horas pesos manual política
difusión cartel lenguaje incluyente diversidad orientación identidad respeto trato médico salud prueba confidencial
tratamiento mayores jubilación experiencia mentoría tutoría accesible ajuste razonable software pantalla silla baño
encuesta estacionamiento emergencia simulacro
""".split()  # noqa: SIM905 - words read better than strings
SYLLABLES = """
ba be bi bo ca co cu da de di do fa fe ga go la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si
""".split()  # noqa: SIM905 - words read better than strings
LARGE_STATES = ("09", "14", "15", "19") * 10  # have three in five of all
SEARCHES = (
    "", "q=lactancia", "q=horario flexible", "q=trabajo", "q=trabajo personas empresa", "q=evaluacion de puestos",
    "q=brecha salarial auditoria", "q=simulacro", "q=badecome", "q=lactancia zzzz", "q=lactansia", "tema=inclusion",
    "q=trabajo&tema=conciliacion&entidad=14", "q=permiso paternidad&tam=grande&tam=mediana", "q=trabajo&page=5",
)  # fmt: skip


NOWHERE = ("q=badecome", "q=lactansia")  # the others fill their page at both sizes
BY_HAND = ("", "lactancia", "trabajo personas empresa", "evaluacion de puestos")


def prepare(size: int) -> harness.Calls:
    from good_practices.search import PAGE_SIZE, search
    from tests.good_practices.factories import CertificateFactory

    make_practices(CertificateFactory(), 0, size)
    visitor, floors, views = harness.client(), {}, {}
    for one in SEARCHES:
        shown = harness.main_of(visitor.get(f"/practicas/?{one}")).count('<li class="stack')
        assert shown == (0 if one in NOWHERE else PAGE_SIZE), (one, shown)
    for query in BY_HAND:
        result, (hits, total, counts) = search(query), by_hand(query)
        assert [hit.slug for hit in result.hits] == [hit["slug"] for hit in hits]
        assert (min(total, 1_000), counts) == (result.total, result.counts)
        address, by_itself = f"/practicas/?q={query}", partial(page_by_hand, query)
        views[f"answer to «{query}»"] = harness.against_minimal_view(visitor, address, by_itself)
        floors[f"answer to «{query}»"] = (partial(search, query), partial(by_hand, query))
    pages = {f"page «{one}»": harness.page(visitor, f"/practicas/?{one}") for one in SEARCHES}
    return harness.Calls(pages, floors, views)


def make_practices(certificate, first: int, last: int) -> None:  # type: ignore[no-untyped-def]
    from django.db import transaction

    from good_practices.models import Practice
    from good_practices.search import index_practices

    rng = random.Random(first)
    text = writer(rng)
    for start in range(first, last, 1_000):
        numbers = range(start, min(start + 1_000, last))
        rows = [practice_of(certificate, number, rng, text) for number in numbers]
        with transaction.atomic():
            index_practices(Practice.objects.bulk_create(rows))


def writer(rng: random.Random) -> Callable[[int], str]:
    """Writes so many words, which are as unevenly common as those of a language."""
    vocabulary = WORDS + ["".join(rng.choices(SYLLABLES, k=4)) for _ in range(3_000)]
    weights = list(accumulate(1 / (rank + 4) for rank in range(len(vocabulary))))
    return lambda number: " ".join(rng.choices(vocabulary, cum_weights=weights, k=number))


def practice_of(certificate, number: int, rng: random.Random, text: Callable[[int], str]):  # type: ignore[no-untyped-def]
    """A published practice of about 250 words, not saved."""
    from django.utils import timezone

    from employers import catalogues
    from employers.enums import Sector
    from good_practices import topics
    from good_practices.models import Practice

    topic = rng.choice(list(topics.topics().values()))
    who, now = certificate.issued_by_id, timezone.now()
    return Practice(
        slug=f"practica-{number}", certificate=certificate, employer_id=certificate.employer_id, title=text(7),
        topic=topic.code, subtopic=rng.choice(list(topic.subtopics)), problem=text(60), action=text(100),
        cost=text(30), result=text(50), state="published",
        entity=rng.choice([*catalogues.states(), *LARGE_STATES]),
        sector=rng.choice(Sector.values), size=rng.choice(list(catalogues.strata())), created_at=now,
        created_by_id=who, consented_at=now, consented_by_id=who, published_at=now, published_by_id=who,
    )  # fmt: skip


if __name__ == "__main__":
    harness.run("practice_search", prepare)
