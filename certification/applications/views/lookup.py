"""Finding what the person may see; what is not theirs is 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.people import person
from certification.applications.folios import normalise
from certification.applications.models import Application, ApplicationQuerySet
from certification.standards.document import Criterion
from employers.models import Workplace


def visible_application(request: HttpRequest, folio: str) -> Application:
    return _found(Application.objects.visible_to(person(request)), folio)


def own_application(request: HttpRequest, folio: str) -> Application:
    """An application of one of the person's own employers: staff do not open the employer's pages."""
    return _found(Application.objects.of_member(person(request)), folio)


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
