from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.applications.diagnosis import carrying
from certification.applications.diagnosis.forms import DiagnosisForm
from certification.applications.diagnosis.questions import MINUTES, blocks, diagnose, questions
from certification.standards.models import Standard

PAGE = "certification/applications/diagnosis/diagnosis.html"
RESULT = "certification/applications/diagnosis/diagnosis_result.html"


@login_not_required
@require_safe
def diagnosis_list(request: HttpRequest) -> HttpResponse:
    """Which standards there are to try: where whoever cuts an address short arrives."""
    context = {"standards": Standard.objects.in_force(), "minutes": MINUTES}
    return render(request, "certification/applications/diagnosis/diagnosis_list.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions, and what the answers come to. POST stores nothing: it only keeps answers out of addresses."""
    standard = get_object_or_404(Standard.objects.in_force(), slug=slug)
    document, is_sent = standard.document, request.method == "POST"
    form = DiagnosisForm(request.POST if is_sent else None, questions=questions(document))
    context = {"standard": standard, "document": document, "form": form}
    answers = form.answers() if is_sent else {}
    if answers and "change" not in request.POST:
        result = diagnose(document, answers, on=timezone.localdate())
        return render(request, RESULT, context | {"diagnosis": result, "answers": answers})
    asked = [(block, [(one, form[one.code]) for one in block.questions]) for block in blocks(document)]
    empty = is_sent and not answers
    return render(request, PAGE, context | {"blocks": asked, "minutes": MINUTES, "is_empty": empty})


@login_not_required
@require_POST
def diagnosis_carry(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the browser take the answers along to a new application, which asks for an account first."""
    standard = get_object_or_404(Standard.objects.in_force(), slug=slug)
    form = DiagnosisForm(request.POST, questions=questions(standard.document))
    response = redirect(f"{reverse('application_create')}?norma={standard.slug}&{carrying.MARK}")
    carrying.give(response, standard, form.answers())
    if request.user.is_authenticated:  # to who is not, the pages of the account say it, as long as it is needed
        messages.info(request, _("Tus respuestas van contigo: las verás al abrir la solicitud."))
    return response
