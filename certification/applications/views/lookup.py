"""Finding what the person may see; what is not theirs is 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.people import person
from certification.applications.folios import normalise
from certification.applications.models import Application, ApplicationQuerySet
from certification.standards.document import Criterion
from employers.models import Workplace

NEEDED_TO_SAVE = ("folio", "state", "version", "round", "employer_id", "standard__fingerprint")


def visible_application(request: HttpRequest, folio: str) -> Application:
    return _found(Application.objects.visible_to(person(request)), folio)


def own_application(request: HttpRequest, folio: str, *, to_save: bool = False) -> Application:
    """An application of one of the person's own employers: staff do not open the employer's pages.

    ``to_save`` brings no more than saving needs, some hundred times for each page that is opened; a page that is shown
    after all asks for the rest.
    """
    own = Application.objects.of_member(person(request))
    if to_save:
        own = own.select_related("standard").only(*NEEDED_TO_SAVE)
        return get_object_or_404(own, folio=normalise(folio))
    return _found(own, folio)


def _found(seen: ApplicationQuerySet, folio: str) -> Application:
    # The document of a standard is parsed once a process: reading its text for each request would be waste.
    wanted = seen.select_related("standard", "employer").defer("standard__content")
    found: Application = get_object_or_404(wanted, folio=normalise(folio))
    return found


def criterion_of(application: Application, code: str) -> Criterion:
    try:
        return application.standard.document.criterion(code)
    except KeyError:
        raise Http404 from None


def workplace_of(application: Application, key: int) -> Workplace:
    """One of several workplaces of an application; where there is only one, nothing can be different in it."""
    places = {place.pk: place for place in application.workplaces.all()}
    if key not in places or len(places) < 2:
        raise Http404
    return places[key]
