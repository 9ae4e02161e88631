"""The original of a masked copy is sealed: whoever is not of the employer sees the copy in its place."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from certification.evidence.enums import REFUSED, Derivation, RevisionState
from certification.evidence.models import Revision


def masked_copies(revisions: Iterable[Revision]) -> dict[int, Revision]:
    """The copy that is seen in the place of each revision that has one, by the key of that revision, in one query.

    The last copy of a file is seen also where an earlier copy of it was sent: more may be covered in it. A photograph
    is sealed, too, by the copy of what was made from it without its place. A copy that was refused since seals still,
    and nobody reads it: rather nothing than the original.
    """
    given = {revision.pk: revision for revision in revisions}
    originals = {pk: one.derived_from_id if original_is_sealed(one) else pk for pk, one in given.items()}
    of_placeless = Q(
        derived_from__derivation=Derivation.WITHOUT_PLACE, derived_from__derived_from__in=originals.values()
    )
    copies = Revision.objects.filter(
        Q(derived_from__in=originals.values()) | of_placeless,
        derivation=Derivation.MASKED,
        state__in=(RevisionState.CLEAN, *REFUSED),
    ).select_related("derived_from")
    ordered = sorted(copies, key=lambda copy: (copy.is_clean, copy.number))
    last = {original: copy for copy in ordered for original in _sealed_by(copy)}
    return {pk: last[original] for pk, original in originals.items() if original in last and last[original].pk != pk}


def _sealed_by(copy: Revision) -> tuple[int | None, ...]:
    """The keys of the file that a copy was made from, and of the photograph with a place behind it."""
    source = copy.derived_from
    is_placeless = source is not None and source.derivation == Derivation.WITHOUT_PLACE
    return (copy.derived_from_id, source.derived_from_id) if source and is_placeless else (copy.derived_from_id,)


def original_is_sealed(revision: Revision) -> bool:
    """Whether the revision is a masked copy."""
    return revision.derivation == Derivation.MASKED


def original_of(revision: Revision) -> Revision | None:
    """The sealed file behind a masked copy; None for any other revision."""
    return revision.derived_from if original_is_sealed(revision) else None
