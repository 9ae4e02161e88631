"""Publishing a standard."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.standards.cases import case_problems
from certification.standards.checks import problems
from certification.standards.document import StandardDocument, canonical_data, fingerprint
from certification.standards.models import Standard


@transaction.atomic
def publish(document: StandardDocument, *, actor: Any, at: dt.datetime) -> tuple[Standard, bool]:
    """Freeze ``document`` as the version in force of its standard; returns the row and whether it is new.

    The same content again changes nothing. ``actor`` is None on the command line. Raises ActionRefused where the
    content changed and the version did not rise, where a slug or folio prefix belongs to another standard, and where
    ``checks`` or a stored case finds a problem. Running applications stay on the version that they began with.
    """
    lock_versions(document.code)
    same = published_same(document)
    if same is not None:
        return same, False
    key = fingerprint(document)
    standard = _put_in_force(document, key, actor=actor, at=at)
    Event.record(standard, "publish", actor=actor, at=at, data={"version": document.version, "fingerprint": key})
    return standard, True


def lock_versions(code: str) -> None:
    """Until the transaction ends nobody else publishes a version of that standard, once there is one."""
    list(Standard.objects.filter(code=code).select_for_update().values_list("pk"))


def in_force_key(code: str) -> str:
    """Fingerprint of the version in force; empty where there is none."""
    return Standard.objects.in_force().filter(code=code).values_list("fingerprint", flat=True).first() or ""


def _put_in_force(document: StandardDocument, key: str, *, actor: Any, at: dt.datetime) -> Standard:
    """In place of the one before. Of two first versions at once, the database refuses the second."""
    Standard.objects.filter(code=document.code, is_in_force=True).update(is_in_force=False)
    try:
        with transaction.atomic():
            return Standard.objects.create(
                code=document.code,
                slug=document.slug,
                version=document.version,
                title=document.title,
                kind=document.kind,
                fingerprint=key,
                content=canonical_data(document),
                published_at=at,
                published_by=actor,
            )
    except IntegrityError as fault:
        raise ActionRefused(_("Otra persona publicó esta norma en este momento. Revisa su versión.")) from fault


def published_same(document: StandardDocument) -> Standard | None:
    """The version in force if it says the very same; None where ``document`` could be published now.

    Raises ActionRefused for all that ``publish`` refuses.
    """
    if faults := [*problems(document.model_dump(mode="json")), *case_problems(document)]:
        raise ActionRefused(" ".join(f"{fault.message} {fault.remedy}" for fault in faults))
    published = Standard.objects.filter(code=document.code)
    same = published.filter(fingerprint=fingerprint(document)).first()
    if same is not None:
        _refuse_old(same)
        return same
    _refuse_version(document, [standard.version for standard in published])
    _refuse_moved(document)
    _refuse_taken(document)
    return None


def version_key(version: str) -> tuple[int, ...]:
    """«2015.10» is higher than «2015.9»."""
    return tuple(int(part) for part in version.split("."))


def _refuse_old(same: Standard) -> None:
    if not same.is_in_force:
        raise ActionRefused(
            _("La versión %(version)s ya se publicó y otra la sustituyó. Publica el texto con una versión mayor.")
            % {"version": same.version}
        )


def _refuse_version(document: StandardDocument, versions: list[str]) -> None:
    if not versions:
        return
    newest = max(versions, key=version_key)
    if version_key(document.version) <= version_key(newest):
        raise ActionRefused(
            _("El contenido cambió y la versión %(version)s no es mayor que %(newest)s. Escribe una versión mayor.")
            % {"version": document.version, "newest": newest}
        )


def _refuse_moved(document: StandardDocument) -> None:
    """Printed maps, links and folios hold the address and the prefix of a standard for good."""
    before = Standard.objects.filter(code=document.code).order_by("-is_in_force", "-published_at").first()
    if before is None:
        return
    for field, kept, said in (
        ("slug", before.slug, document.slug),
        ("folio_prefix", before.content["folio_prefix"], document.folio_prefix),
    ):
        if kept != said:
            raise ActionRefused(
                _("«%(field)s» no cambia entre versiones: hay mapas impresos, enlaces y folios con «%(kept)s». Déjalo.")
                % {"field": field, "kept": kept}
            )


def _refuse_taken(document: StandardDocument) -> None:
    """Also what an older version of another standard used: what was printed then must not lead elsewhere."""
    others = Standard.objects.exclude(code=document.code)
    if others.filter(slug=document.slug).exists():
        raise ActionRefused(_("Otra norma usa la dirección «%(slug)s». Escribe otro «slug».") % {"slug": document.slug})
    if others.filter(content__folio_prefix=document.folio_prefix).exists():
        raise ActionRefused(
            _("Otra norma usa el prefijo de folio «%(prefix)s». Escribe otro «folio_prefix».")
            % {"prefix": document.folio_prefix}
        )
