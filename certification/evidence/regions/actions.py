"""Mark what a masked copy must cover, and take marks away again, until the copy is being made."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from certification.evidence.masking import has_later, is_being_masked, why_not_masked
from certification.evidence.models import Revision
from certification.evidence.permissions import require_writer
from certification.evidence.previews import page_count
from certification.evidence.regions.models import Region

MOST = 300  # of one file


@transaction.atomic
def mark_region(
    revision: Revision, *, page: int, left: int, top: int, width: int, height: int, actor: User, at: dt.datetime
) -> Region:
    """Keep a rectangle to be covered, in hundredths of a per cent of the page. The same again is that one.

    Raises ActionRefused where no copy can be made of the file, or is being made now; PermissionDenied.
    """
    stored = _still_open(revision, actor=actor, at=at)
    if not 1 <= page <= page_count(stored):
        raise ActionRefused(_("Este archivo no tiene esa página."))
    if stored.regions.count() >= MOST:
        raise ActionRefused(
            _("Caben %(most)d marcas en un archivo. Quita alguna, o cubre más con una.") % {"most": MOST}
        )
    place = {"page": page, "left": left, "top": top, "width": width, "height": height}
    return stored.regions.get_or_create(**place, defaults={"created_at": at, "created_by": actor})[0]


@transaction.atomic
def unmark_region(region: Region, *, actor: User, at: dt.datetime) -> None:
    """Take a mark away; a copy that was made with it stays as it is. Raises as above."""
    _still_open(region.revision, actor=actor, at=at)
    region.delete()


def why_not_marked(revision: Revision) -> str:
    """Why nothing can be marked on a file, in words for the employer; "" where it can."""
    if not revision.is_clean or revision.link:
        return _("Este archivo todavía no se puede abrir, o no se aceptó.")
    if has_later(revision):
        return _("Este documento ya tiene una versión posterior. Vuelve a cargar la página.")
    return why_not_masked(revision)


def _still_open(revision: Revision, *, actor: User, at: dt.datetime) -> Revision:
    """The revision, locked: what is marked before a copy is asked for is in it, and nothing is marked meanwhile."""
    require_writer(actor, revision.document.employer)
    stored = Revision.objects.select_for_update(no_key=True, of=("self",)).get(pk=revision.pk)
    if sentence := why_not_marked(stored):
        raise ActionRefused(sentence)
    if is_being_masked(stored, at=at):
        raise ActionRefused(_("Estamos haciendo la copia. En unos minutos puedes marcar otra vez."))
    return stored
