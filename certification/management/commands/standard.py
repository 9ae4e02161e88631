"""manage.py standard check FILE… | publish FILE… | export CODE"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.refusals import ActionRefused
from certification.standards import actions
from certification.standards.document import StandardDocument
from certification.standards.models import Standard
from certification.standards.reading import DocumentFaults, parse_yaml


class Command(BaseCommand):
    help = "Revisa, publica o exporta los documentos de las normas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, text in (("check", "dice todo lo que está mal y no cambia nada"), ("publish", "congela y publica")):
            files = verbs.add_parser(verb, help=text)
            files.add_argument("files", nargs="+", type=Path, metavar="FILE")
        export = verbs.add_parser("export", help="escribe en YAML el documento vigente")
        export.add_argument("code", metavar="CODE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "export":
            self._export(options["code"])
            return
        documents = self._read(options["files"])
        if options["verb"] == "check":
            for path, document in documents:
                self.stdout.write(f"{path}: sin faltas ({document.code}, versión {document.version})")
            return
        self._publish(documents)

    def _read(self, files: list[Path]) -> list[tuple[Path, StandardDocument]]:
        """All documents, or the faults of all of them."""
        documents, faults = [], []
        for path in files:
            try:
                documents.append((path, parse_yaml(path.read_text(encoding="utf-8"))))
            except DocumentFaults as error:
                faults += [f"{path}: {fault}" for fault in error.faults]
            except UnicodeDecodeError:
                faults.append(f"{path}: No es texto UTF-8. Guárdalo con esa codificación.")
            except OSError as error:
                faults.append(f"{path}: No se puede leer ({error.strerror}). Revisa la ruta y los permisos.")
        if faults:
            raise CommandError("\n".join([*faults, "No cambió nada."]))
        return documents

    def _publish(self, documents: list[tuple[Path, StandardDocument]]) -> None:
        lines = []
        with transaction.atomic():
            for path, document in documents:
                try:
                    standard, is_new = actions.publish(document, actor=None, at=timezone.now())
                except ActionRefused as error:
                    raise CommandError(f"{path}: {error}\nNo cambió nada.") from error
                said = "publicada" if is_new else "sin cambios"
                lines.append(f"{path}: {said} ({standard.code}, versión {standard.version})")
        self.stdout.write("\n".join(lines))

    def _export(self, code: str) -> None:
        standard = Standard.objects.in_force().filter(code=code).first()
        if standard is None:
            known = ", ".join(Standard.objects.in_force().values_list("code", flat=True)) or "ninguna"
            raise CommandError(f"No hay una norma vigente con la clave {code}. Hay: {known}.")
        self.stdout.write(yaml.safe_dump(standard.content, allow_unicode=True, sort_keys=False, width=120), ending="")
