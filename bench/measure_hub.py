"""The hub with 20 and with 200 criteria, three documents a criterion. Run: ``python -m bench.measure_hub``.

Everything is half answered: every line has its minutes, every criterion its gap. The hub as it is read again, and as it
is read after something was saved, when the score is computed anew.
"""

from bench import harness

SIZES = (20, 200)


def prepare(size: int) -> harness.Calls:
    from certification.applications import dossier
    from tests.certification.applications.large import large_case

    case = large_case(size, 3 * size, claim="partly")
    visitor, address = harness.client(case.owner), f"/empresa/solicitudes/{case.application.folio}/"
    again = harness.page(visitor, address)

    def after_saving() -> None:
        dossier.forget_scores()
        again()

    pages = {"hub": again, "hub after a save": after_saving}
    pages["a criterion's page"] = harness.page(visitor, f"{address}criterios/C001/")
    return harness.Calls(pages)


if __name__ == "__main__":
    harness.run("hub", prepare, sizes=SIZES)
