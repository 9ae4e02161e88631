"""What the employer reads: the observations of each round and, once published, the decision and every verdict."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.people import person
from certification.applications.folios import normalise
from certification.applications.models import Application
from certification.review import casefile as casefiles
from certification.review.models import Decision, Verdict
from certification.standards.languages import Words
from employers.models import Employer


@require_safe
def application_result(request: HttpRequest, folio: str) -> HttpResponse:
    user = person(request)
    own = Application.objects.visible_to(user).filter(employer__in=Employer.objects.visible_to(user))
    found = own.select_related("standard", "employer", "body", "reviewer")
    application: Application = get_object_or_404(found, folio=normalise(folio))
    decision = Decision.objects.visible_to(user).filter(application=application).first()
    casefile = casefiles.load(application)
    told = set(Verdict.objects.visible_to(user).filter(application=application).values_list("item", flat=True))
    titles = {item.code: item.title for item in casefile.items}
    context = {
        "application": application,
        "decision": decision,
        "level": casefile.dossier.document.level(decision.level) if decision and decision.level else None,
        "verified": casefile.verified,
        "lines": [line for line in casefile.lines if line.code in told],
        "observations": [(one, titles.get(one.item, Words(one.item))) for one in application.observations.all()],
    }
    return render(request, "certification/review/application_result.html", context)
