"""Which files of an application go into one ZIP, under which names, and what is said of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from certification.applications import dossier as dossiers
from certification.applications.bundle.names import path_of
from certification.applications.models import Application, EvidenceUse
from certification.applications.sent import as_sent
from certification.evidence.models import Revision
from certification.evidence.sealing import masked_copies


@dataclass
class File:
    """A revision, once however often it is used. ``path`` is empty where the ZIP does not have it."""

    revision: Revision
    path: str
    is_lost: bool = False  # known once the ZIP comes to it
    is_masked: bool = False  # a copy instead of the original, which stays sealed

    @property
    def word(self) -> str:
        """What became of it, for the index."""
        if self.is_lost:
            return _("No está: su contenido se perdió en el almacén")
        if self.path:
            return _("Copia con datos personales tapados") if self.is_masked else _("Incluido")
        if self.revision.link:
            return _("Página web, vista el %(day)s") % {"day": f"{self.revision.seen_on:%Y-%m-%d}"}
        return _("No está: %(state)s") % {"state": str(self.revision.get_state_display()).lower()}


@dataclass
class Bundle:
    """``lines`` are the uses, in the order of the standard, each with its file."""

    application: Application
    files: list[File] = field(default_factory=list)
    lines: list[tuple[EvidenceUse, File]] = field(default_factory=list)

    @property
    def contained(self) -> list[File]:
        return [file for file in self.files if file.path]


def bundle_of(application: Application, *, for_staff: bool) -> Bundle:
    """What a draft says now, or the revisions that were sent. Staff get the masked copy of a sealed original."""
    dossier = dossiers.load(application, timezone.localdate())
    if application.submitted_at:
        dossier = as_sent(dossier)
    uses = [use for part in dossier.document.items for use in dossier.uses.get(part.code, [])]
    masked = masked_copies(use.revision for use in uses) if for_staff else {}
    bundle, known, numbers = Bundle(dossier.application), dict[int, File](), dict[str, int]()
    for use in uses:
        shown = masked.get(use.revision.pk, use.revision)
        file = known.get(shown.pk)
        if file is None:
            numbers[use.item] = numbers.get(use.item, 0) + 1
            is_in = shown.is_clean and not shown.link
            path = path_of(use.item, numbers[use.item], use.document.title, shown.extension) if is_in else ""
            file = known[shown.pk] = File(shown, path, is_masked=shown.pk != use.revision.pk)
            bundle.files.append(file)
        bundle.lines.append((use, file))
    return bundle
