"""An employer: register it, see it, change it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.conflicts import ChangedMeanwhile, differences, over_version
from accounts.people import person
from accounts.refusals import ActionRefused
from employers import actions, rfc
from employers.forms.employers import EmployerForm
from employers.permissions import can_edit, can_manage_people
from employers.views.lookup import find_employer, typed


@require_http_methods(["GET", "HEAD", "POST"])
def employer_create(request: HttpRequest) -> HttpResponse:
    form = EmployerForm(typed(request))
    if request.method == "POST" and form.is_valid():
        employer = actions.create_employer(actor=person(request), at=timezone.now(), **form.values)
        messages.success(request, _("Registraste la empresa. Ahora agrega su primer centro de trabajo."))
        return redirect("employer_detail", employer.pk)
    return render(request, "employers/employer_create.html", {"form": form})


@require_safe
def employer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    employer = find_employer(request, pk)
    user = person(request)
    workplaces = list(employer.workplaces.all())
    headcount = sum(workplace.headcount for workplace in workplaces if workplace.closed_at is None)
    context = {
        "employer": employer,
        "open_workplaces": [workplace for workplace in workplaces if workplace.closed_at is None],
        "closed_workplaces": [workplace for workplace in workplaces if workplace.closed_at],
        "headcount": headcount,
        "size": employer.size_for(headcount),
        "members": employer.memberships.current().select_related("user"),
        "can_edit": can_edit(user, employer),
        "can_manage_people": can_manage_people(user, employer),
    }
    return render(request, "employers/employer_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def employer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    employer = find_employer(request, pk, can_edit)
    form = EmployerForm(typed(request), instance=employer)
    theirs: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.update_employer(
                employer=employer, values=form.values, version=version, actor=person(request), at=timezone.now()
            )
        except ChangedMeanwhile as conflict:
            same = [(_("Datos de la empresa"), _("iguales a los tuyos"), _("iguales"))]
            theirs = differences(form, conflict.current) or same
            form = over_version(form, conflict.current.version)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Guardaste los datos de la empresa."))
            return redirect("employer_detail", pk)
    current = find_employer(request, pk)  # a refused form has written on the first one
    context = {"employer": current, "form": form, "theirs": theirs}
    return render(request, "employers/employer_edit.html", context, status=409 if theirs else 200)


@require_POST
def join_request(request: HttpRequest) -> HttpResponse:
    number = rfc.normalised(request.POST.get("rfc", ""))
    actions.request_invitation(rfc_text=number, actor=person(request), at=timezone.now())
    messages.success(request, _("Avisamos a quien administra esa empresa. Si te invita, te llegará un correo."))
    return redirect("workspace")
