"""«Is this certificate, or this receipt, good?» — for anybody, without an account or JavaScript."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certification.applications.folios import normalise
from certification.certificates import verification
from certification.certificates.forms import PdfForm
from certification.certificates.history import history_of
from certification.certificates.verification import Finding, Found

# 404 only where the address itself names nothing; an answer about a file is always a good answer.
NOT_THERE = (Finding.UNKNOWN, Finding.MALFORMED)


# Exempt: the answer depends on the file alone and changes nothing, and a reader without cookies must get it too.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a folio or a file; a folio goes to its own address, a file is answered here."""
    folio = normalise(request.GET.get("folio", ""))[: verification.LONGEST]
    if folio.strip("/. "):
        return redirect("verify_folio", folio=folio.replace("/", "-"))
    form = PdfForm(request.POST, request.FILES) if request.method == "POST" else PdfForm()
    if form.is_bound and form.is_valid():
        return _answer(request, verification.by_file(form.cleaned_data["pdf"].read()))
    context = {"form": form, "max_mb": verification.MAX_PDF_MB}
    return render(request, "certification/certificates/verify.html", context)


@login_not_required
@require_safe
def verify_folio(request: HttpRequest, folio: str) -> HttpResponse:
    """The answer about one folio: what its QR code opens."""
    if folio != normalise(folio):
        return redirect("verify_folio", folio=normalise(folio))
    return _answer(request, verification.by_folio(folio))


def _answer(request: HttpRequest, found: Found) -> HttpResponse:
    today, certificate = timezone.localdate(), found.certificate
    context = {
        "found": found,
        "form": PdfForm(),
        "max_mb": verification.MAX_PDF_MB,
        "now": timezone.now(),
        "certificate": certificate,
    }
    if certificate is not None:
        context |= {
            "status": certificate.public_status(today),
            "history": history_of(certificate, today),
            "newer": verification.newer_than(certificate),
            "last_change": certificate.status_changes.last(),
        }
    status = 404 if found.finding in NOT_THERE else 200
    return render(request, f"certification/certificates/answers/{found.finding}.html", context, status=status)
