from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.certificates.verification import MAX_PDF_MB


class PdfForm(forms.Form):
    pdf = forms.FileField(
        label=gettext_lazy("Archivo PDF"),
        error_messages={
            "required": gettext_lazy("Elige el PDF del certificado o del acuse."),
            "empty": gettext_lazy("El archivo está vacío. Vuelve a descargarlo y elígelo otra vez."),
        },
        widget=forms.FileInput({"accept": "application/pdf"}),
    )

    def clean_pdf(self) -> UploadedFile[bytes]:
        pdf: UploadedFile[bytes] = self.cleaned_data["pdf"]
        if (pdf.size or 0) > MAX_PDF_MB * 1024 * 1024:
            sentence = _("El archivo pesa más de %(most)s MB. Un certificado o un acuse nuestro pesa menos de uno.")
            raise ValidationError(sentence % {"most": MAX_PDF_MB})
        return pdf
