"""Saving one criterion against a minimal Django view that saves one row for a logged-in person.

Both go through Django's whole stack (sessions, CSRF off in the client, LoginRequired) on the same database. The ratio
may be at most 2.5. Run: ``python -m bench.measure_saving``.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 300
LIMIT = 2.5


def main() -> None:
    sys.path.insert(0, str(ROOT))
    if len(sys.argv) > 1:
        measure()
        return
    with tempfile.TemporaryDirectory(prefix="bench-saving-") as folder:
        database = f"sqlite:///{folder}/bench.sqlite3"
        environment = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": database, "DEMO": "true", "LOG_LEVEL": "ERROR"}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "MAIL_BACKEND": "dummy"}
        for command in (["migrate", "--verbosity", "0"], ["createcachetable"]):
            subprocess.run([sys.executable, ROOT / "manage.py", *command], env=environment, check=True, cwd=ROOT)
        subprocess.run([sys.executable, __file__, "measure"], env=environment, check=True, cwd=ROOT)


def measure() -> None:
    import django

    django.setup()
    client, address, floor_address = prepare()
    floor: list[tuple[float, float]] = []
    ours: list[tuple[float, float]] = []
    for number in range(ROUNDS):  # in turn, so that a busy machine slows both alike
        floor.append(clock(client, floor_address, {"note": f"Texto {number}"}))
        sent = {"version": str(number), "claim_R07a": "met", "claim_R07b": "partly", "note": f"Texto {number}"}
        ours.append(clock(client, address, sent))
    print("saving one criterion, against a view that saves one row")
    for place, name in enumerate(("by the clock", "of the processor")):
        least, whole = (statistics.median(one[place] for one in times) for times in (floor, ours))
        verdict = "ok" if whole / least <= LIMIT else "MISSED"
        print(f"  {name}: {least:.1f} ms, {whole:.1f} ms, ratio {whole / least:.2f} (at most {LIMIT}) {verdict}")


def prepare():  # type: ignore[no-untyped-def]
    """A logged-in client, the address of a criterion of a draft, and that of the floor."""
    from django.test import Client

    application = make_draft()
    add_floor(application)
    client = Client(SERVER_NAME="localhost")
    client.force_login(application.created_by, backend="django.contrib.auth.backends.ModelBackend")
    return client, f"/empresa/solicitudes/{application.folio}/criterios/R07/", "/floor/"


def make_draft():  # type: ignore[no-untyped-def]
    from django.utils import timezone

    from accounts.models import User
    from certification.applications.actions import open_application
    from certification.standards.actions import publish
    from certification.standards.reading import parse_yaml
    from employers.actions.employers import create_employer
    from employers.models import Workplace

    at = timezone.now()
    text = (ROOT / "certification/standards/data/nmx-r-025-scfi-2015.yaml").read_text(encoding="utf-8")
    standard, _is_new = publish(parse_yaml(text), actor=None, at=at)
    owner = User.objects.create_user("medida@ejemplo.mx")
    said = {"legal_name": "Medida", "rfc_text": "GEM151009AAA", "sector": "privado", "scian": "54"}
    employer = create_employer(actor=owner, at=at, **said)
    site = {"name": "Centro", "state": "14", "municipality": "14039", "women": 5, "men": 5}
    workplace = Workplace.objects.create(employer=employer, **site)
    return open_application(employer, standard, [workplace], actor=owner, at=at)


def add_floor(application) -> None:  # type: ignore[no-untyped-def]
    """The least a view can do: one POST, one row saved, one redirect."""
    from django.http import HttpResponseRedirect
    from django.urls import path
    from django.utils import timezone

    from certification.applications.models import Answer
    from config import urls

    said = {"application": application, "updated_by": application.created_by, "updated_at": timezone.now()}
    row = Answer.objects.create(criterion="R01", **said)

    def save_one_row(request):  # type: ignore[no-untyped-def]
        row.note, row.updated_at = request.POST["note"], timezone.now()
        row.save()
        return HttpResponseRedirect("/")

    urls.urlpatterns.append(path("floor/", save_one_row))


def clock(client, address: str, fields: dict[str, str]) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Milliseconds by the clock, and of this process alone, which other work on the machine does not distort."""
    start, busy = time.perf_counter(), time.process_time()
    response = client.post(address, fields)
    spent = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
    assert response.status_code == 302, response.status_code
    client.cookies.pop("messages", None)  # the page that follows shows «Guardado.» and forgets it
    return spent


if __name__ == "__main__":
    main()
