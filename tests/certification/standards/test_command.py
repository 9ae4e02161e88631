from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from certification.standards.models import Standard
from certification.standards.reading import parse_yaml
from tests.certification.standards.factories import DEI, MEXSTI, NAMES, changed, document_of, path_of, publish

pytestmark = pytest.mark.django_db

WRONG = {
    "unknown key": (changed(DEI, ("free: true", "gratis: true")), ": gratis:"),
    "duplicate code": (changed(DEI, ("DEI-1.2", "DEI-1.1")), "«DEI-1.1» ya se usó"),
    "points": (changed(DEI, ("max_points: 40", "max_points: 39")), "max_points: «max_points» dice 39"),
    "level": (changed(DEI, ("min_points: 70", "min_points: 101")), "no se puede alcanzar"),
    "broken": ("code: [DEI\ntitle: x: y", "línea 2: No se puede leer como YAML"),
    "bytes": (b"\xff\xfe", "No es texto UTF-8"),
}


def run(*args):
    out = StringIO()
    call_command("standard", *map(str, args), stdout=out)
    return out.getvalue()


@pytest.fixture
def write(tmp_path):
    def write(content, name="norma.yaml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_publish_the_four_and_again():
    paths = [path_of(name) for name in NAMES]
    assert run("publish", *paths).count("publicada") == 4
    assert run("publish", "--if-changed", *paths).count("sin cambios") == 4
    assert (Standard.objects.count(), Event.objects.count()) == (4, 4)
    assert set(Standard.objects.values_list("published_by", flat=True)) == {None}


def test_unchanged_content_is_refused_and_none_of_the_files_published():
    publish()
    with pytest.raises(CommandError, match=r"sin cambios \(DEI") as raised:
        run("publish", path_of(MEXSTI), path_of(DEI))
    assert f"{path_of(DEI)}: " in str(raised.value)
    assert list(Standard.objects.values_list("code", flat=True)) == ["DEI"]


def test_check_changes_nothing():
    assert "sin faltas (DEI, versión 2019.1; casos guardados que salen: 5)" in run("check", path_of(DEI))
    assert not Standard.objects.exists()


@pytest.mark.parametrize("verb", ["check", "publish"])
@pytest.mark.parametrize("case", WRONG)
def test_wrong_document_is_named_and_changes_nothing(verb, case, write):
    publish()
    content, sentence = WRONG[case]
    path = write(content)
    with pytest.raises(CommandError) as raised:
        run(verb, path_of(MEXSTI), path)
    assert f"{path}: " in str(raised.value)
    assert sentence in str(raised.value)
    assert raised.value.returncode == 1
    assert list(Standard.objects.values_list("code", flat=True)) == ["DEI"]
    assert Event.objects.count() == 1


def test_faults_of_all_files_at_once(write):
    one, two = write(WRONG["points"][0]), write(WRONG["level"][0], "otra.yaml")
    with pytest.raises(CommandError) as raised:
        run("check", one, two)
    assert f"{one}: " in str(raised.value)
    assert f"{two}: " in str(raised.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="No se puede leer"):
        run("publish", tmp_path / "nada.yaml")


def test_changed_content_without_a_higher_version_publishes_none_of_the_files(write):
    publish()
    path = write(changed(DEI, ("free: true", "free: false")))
    with pytest.raises(CommandError, match="Escribe una versión mayor"):
        run("publish", path_of(MEXSTI), path)
    assert list(Standard.objects.values_list("code", flat=True)) == ["DEI"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_exported_is_checked_and_published_with_the_same_fingerprint(name, write):
    standard = publish(name)
    path = write(run("export", standard.code))
    assert parse_yaml(path.read_text()) == document_of(name)
    assert "sin faltas" in run("check", path)
    assert "Sin cambios contra la versión" in run("diff", path)
    assert "sin cambios" in run("publish", "--if-changed", path)
    assert Standard.objects.get().fingerprint == standard.fingerprint


def test_check_says_warnings_and_goes_on(write, capsys):
    path = write(changed(DEI, ("    en: {title: Call of 2027}\n", "")))
    assert "sin faltas" in run("check", path)
    line = f"Aviso: {path}: línea 50: calls.0: Falta el título en inglés de 2027."
    assert line in capsys.readouterr().err


def test_diff_names_what_changed_against_the_version_in_force(write):
    path = write(
        changed(
            DEI,
            ('version: "2019.1"', 'version: "2019.2"'),
            ("title: Ajustes razonables", "title: Adaptaciones"),
            ("code: DEI-4.2\n", "code: DEI-4.3\n"),
            ("validity_years: 3", "validity_years: 4"),
        ).partition("\ncases:")[0]
    )
    assert "No hay versión vigente: la 2019.2 sería la primera." in run("diff", path)
    publish()
    out = run("diff", path)
    assert "De la versión 2019.1 a la 2019.2:" in out
    assert "igual: 8, otra redacción: 1, nuevo: 1, ya no está: 1, otro peso: 0" in out
    assert "Otra redacción · Criterio DEI-3.2 · Adaptaciones" in out
    assert "title: Ajustes razonables → Adaptaciones" in out
    assert "Ya no está · Criterio DEI-4.2 · Mecanismo de quejas" in out
    assert "general · validity_years: 3 → 4" in out
    assert Standard.objects.get().version == "2019.1"


def test_export_of_an_unknown_code():
    publish()
    with pytest.raises(CommandError, match="Hay: DEI"):
        run("export", "XX")
