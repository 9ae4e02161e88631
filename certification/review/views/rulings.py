"""From verdicts to a result: observations, recommendation, decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import confirming
from accounts.kept_posts import posted, posted_or_kept
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.enums import State
from certification.applications.forms import ReasonForm
from certification.applications.hub import gate_views, history
from certification.applications.models import Application
from certification.applications.permissions import publishers_of
from certification.applications.workflow import available_actions
from certification.review import actions
from certification.review import casefile as casefiles
from certification.review.casefile import CaseFile
from certification.review.forms import DecisionForm, ObserveForm, OutcomeForm
from certification.review.models import Decision
from certification.review.views.lookup import REFUSED, require, staff_file


@require_http_methods(["GET", "HEAD", "POST"])
def review_observe(request: HttpRequest, folio: str) -> HttpResponse:
    """What the employer will read, before it is sent."""
    application = staff_file(request, folio)
    require(request, application, "observe")
    if request.method != "POST" and application.state != State.IN_REVIEW:
        return redirect("review_detail", application.folio)
    casefile = casefiles.load(application)
    form = ObserveForm(posted(request), casefile=casefile)
    if request.method == "POST" and form.is_valid():
        try:
            actions.observe(application, items=form.cleaned_data["items"], actor=person(request), at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Observaciones enviadas. La empresa ya tiene el correo y su plazo corre."))
            return redirect("review_detail", application.folio)
    return _page(request, "review_observe", casefile, {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def review_recommend(request: HttpRequest, folio: str) -> HttpResponse:
    application = staff_file(request, folio)
    require(request, application, "recommend")
    if request.method != "POST" and application.state != State.IN_REVIEW:
        return redirect("review_detail", application.folio)
    casefile = casefiles.load(application)
    form = OutcomeForm(posted_or_kept(request), casefile=casefile)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.recommend(
                application,
                outcome=data["outcome"],
                level=form.level,
                reason=data["reason"],
                actor=person(request),
                at=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recomendación entregada. Decide otra persona."))
            return redirect("review_detail", application.folio)
    return _page(request, "review_recommend", casefile, {"form": form})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, folio: str) -> HttpResponse:
    """The whole file on one page, and the decision, which who decides confirms with the password."""
    application = staff_file(request, folio)
    casefile = casefiles.load(application)
    if request.method == "POST":
        require(request, application, "decide")
    form = _decision_form(request, casefile, posted_or_kept(request))
    if request.method == "POST" and _is_decided(request, application, form):
        messages.success(
            request, _("Dictamen guardado. Falta que otra persona lo publique para que la empresa lo lea.")
        )
        return redirect("decision", application.folio)
    return _decision_page(request, casefile, form)


def _decision_form(request: HttpRequest, casefile: CaseFile, data: QueryDict | None = None) -> DecisionForm:
    return DecisionForm(data, casefile=casefile, asks_password=confirming.asks_password(request))


def _is_decided(request: HttpRequest, application: Application, form: DecisionForm) -> bool:
    if not (form.is_valid() and form.is_confirmed(request)):
        return False
    outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
    said = {"outcome": outcome, "level": form.level, "reason": reason, "legal": form.legal()}
    try:
        actions.decide(application, **said, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_POST
def review_return(request: HttpRequest, folio: str) -> HttpResponse:
    """Back to the reviewer, with the reason."""
    application = staff_file(request, folio)
    require(request, application, "return")
    form = ReasonForm(request.POST, auto_id="return_%s")
    if form.is_valid():
        try:
            actions.return_to_review(
                application, reason=form.cleaned_data["reason"], actor=person(request), at=timezone.now()
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Devuelto a revisión. Le escribimos a quien lo revisa."))
            return redirect("review_detail", application.folio)
    casefile = casefiles.load(application)
    return _decision_page(request, casefile, _decision_form(request, casefile), form)


def _decision_page(
    request: HttpRequest, casefile: CaseFile, form: DecisionForm, return_form: ReasonForm | None = None
) -> HttpResponse:
    application, user = casefile.application, person(request)
    allowed = available_actions(application, user)
    worked = actions.worked_on(user, application)
    context = {
        "form": form,
        "return_form": return_form or ReasonForm(auto_id="return_%s"),
        "decision": Decision.objects.filter(application=application).first(),
        "recommendation": application.recommendations.order_by("-pk").first(),
        "can_decide": "decide" in allowed and not worked,
        "has_worked": worked,
        "can_return": "return" in allowed,
        "can_publish": "publish_award" in allowed or "publish_decline" in allowed,
        "publishers": publishers_of(application) if application.state == State.DECIDED else (),
        "claimed_gates": gate_views(casefile.claimed),
        "verified_gates": gate_views(casefile.verified),
        "history": history(application, for_staff=True),
        **confirming.words_of_page(request, asks="password" in form.fields),
    }
    return _page(request, "decision", casefile, context)


def _page(request: HttpRequest, name: str, casefile: CaseFile, context: dict[str, Any]) -> HttpResponse:
    shown = {"application": casefile.application, "casefile": casefile, "level": casefile.verified.level, **context}
    forms = [context.get("form"), context.get("return_form")]
    refused = any(form is not None and form.errors for form in forms) and request.method == "POST"
    return render(request, f"certification/review/{name}.html", shown, status=REFUSED if refused else 200)
