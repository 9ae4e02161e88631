"""manage.py standard check FILE… | diff FILE… | try FILE… | publish FILE… | export CODE"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.refusals import ActionRefused
from certification.amendments.report import as_lines
from certification.amendments.running import dry_run
from certification.standards import actions
from certification.standards.diff import DocumentDiff, FieldDiff, PartDiff, compare
from certification.standards.document import StandardDocument
from certification.standards.enums import Change
from certification.standards.models import Standard
from certification.standards.reading import DocumentFaults, Reading, read_yaml
from certification.standards.writing import as_yaml

Readings = list[tuple[Path, Reading]]

# The verbs that read files, and what they do. Each is a method: «check» is ``run_check``.
FILE_VERBS = {
    "check": "dice todo lo que está mal y no cambia nada",
    "diff": "compara con la versión vigente y no cambia nada",
    "try": "dice qué solicitudes cambiarían de nivel y no cambia nada",
    "publish": "congela y publica",
}


class Command(BaseCommand):
    help = "Revisa, compara, publica o exporta los documentos de las normas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, text in FILE_VERBS.items():
            files = verbs.add_parser(verb, help=text)
            files.add_argument("files", nargs="+", type=Path, metavar="FILE")
            if verb == "publish":
                files.add_argument("--if-changed", action="store_true", help="deja pasar lo que ya está publicado")
            if verb == "try":
                files.add_argument("--processes", type=int, default=1, metavar="N", help="cuántos procesos calculan")
                files.add_argument("--json", action="store_true", help="escribe todo como JSON")
        export = verbs.add_parser("export", help="escribe en YAML el documento vigente")
        export.add_argument("code", metavar="CODE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "export":
            self.export(options["code"])
            return
        getattr(self, f"run_{options['verb']}")(self._read(options["files"]), options)

    def run_check(self, readings: Readings, options: dict[str, Any]) -> None:
        """Warnings are said and hinder nothing."""
        for path, reading in readings:
            document, cases = reading.document, len(reading.document.cases)
            for warning in reading.warnings:
                self.stderr.write(f"Aviso: {path}: {warning}")
            self.stdout.write(
                f"{path}: sin faltas ({document.code}, versión {document.version}; casos guardados que salen: {cases})"
            )

    def run_diff(self, readings: Readings, options: dict[str, Any]) -> None:
        for path, reading in readings:
            self.stdout.write("\n".join([f"{path}: {reading.document.code}", *_compared(reading.document)]))

    def run_try(self, readings: Readings, options: dict[str, Any]) -> None:
        """Nothing is stored: what it finds is written."""
        found = {str(path): dry_run(one.document, processes=options["processes"]) for path, one in readings}
        if options["json"]:
            self.stdout.write(json.dumps({path: one.as_data() for path, one in found.items()}, ensure_ascii=False))
            return
        for path, reading in readings:
            self.stdout.write("\n".join([f"{path}: {reading.document.code}", *as_lines(found[str(path)])]))

    def run_publish(self, readings: Readings, options: dict[str, Any]) -> None:
        """All of them or none. The same content again is refused, unless it is to be let pass."""
        lines = []
        with transaction.atomic():
            for path, reading in readings:
                try:
                    standard, is_new = actions.publish(reading.document, actor=None, at=timezone.now())
                except ActionRefused as error:
                    raise CommandError(f"{path}: {error}\nNo cambió nada.") from error
                said = f"{standard.code}, versión {standard.version}"
                if not is_new and not options["if_changed"]:
                    raise CommandError(f"{path}: sin cambios ({said}): ya está publicada así.\nNo cambió nada.")
                lines.append(f"{path}: {'publicada' if is_new else 'sin cambios'} ({said})")
        self.stdout.write("\n".join(lines))

    def export(self, code: str) -> None:
        standard = Standard.objects.in_force().filter(code=code).first()
        if standard is None:
            known = ", ".join(Standard.objects.in_force().values_list("code", flat=True)) or "ninguna"
            raise CommandError(f"No hay una norma vigente con la clave {code}. Hay: {known}.")
        self.stdout.write(as_yaml(standard.document), ending="")

    def _read(self, files: list[Path]) -> Readings:
        """All documents, or the faults of all of them."""
        readings, faults = [], []
        for path in files:
            try:
                readings.append((path, read_yaml(path.read_text(encoding="utf-8"))))
            except DocumentFaults as error:
                faults += [f"{path}: {fault}" for fault in error.faults]
            except UnicodeDecodeError:
                faults.append(f"{path}: No es texto UTF-8. Guárdalo con esa codificación.")
            except OSError as error:
                faults.append(f"{path}: No se puede leer ({error.strerror}). Revisa la ruta y los permisos.")
        if faults:
            raise CommandError("\n".join([*faults, "No cambió nada."]))
        return readings


def _compared(document: StandardDocument) -> list[str]:
    """The lines of the comparison with the version in force."""
    standard = Standard.objects.in_force().filter(code=document.code).first()
    found = compare(standard.document if standard else None, document)
    if standard is None:
        return [f"  No hay versión vigente: la {document.version} sería la primera.", _counted(found)]
    if found.is_same:
        return [f"  Sin cambios contra la versión {standard.version}."]
    lines = [f"  De la versión {standard.version} a la {document.version}:", _counted(found)]
    lines += [line for part in found.changed for line in _part_lines(part)]
    return [*lines, *(f"  general · {_field_line(field)}" for field in found.general)]


def _counted(found: DocumentDiff) -> str:
    return "  " + ", ".join(f"{change.label.lower()}: {count}" for change, count in found.counts.items())


def _part_lines(part: PartDiff, indent: str = "  ") -> list[str]:
    lines = [f"{indent}{part.change.label} · {part.kind.label} {part.code} · {part.title}"]
    lines += [f"{indent}  {_field_line(field)}" for field in part.fields]
    return [
        *lines,
        *(line for one in part.parts if one.change != Change.SAME for line in _part_lines(one, indent + "  ")),
    ]


def _field_line(field: FieldDiff) -> str:
    return f"{field.name}: {_said(field.before)} → {_said(field.after)}"


def _said(value: Any) -> str:
    return "—" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
