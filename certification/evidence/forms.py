"""Forms of the library, and the field for many files that other rooms use too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.conflicts import VersionField
from certification.evidence.checks import ACCEPT
from certification.evidence.enums import DocumentKind, DocumentLanguage
from certification.evidence.models import Document

MORE = ("proves_from", "proves_until", "language", "signatory", "note", "is_confidential")  # asked after the rest
EMPTY = (None, "", False, DocumentLanguage.SPANISH)


def limits() -> str:
    """What may be chosen, said before choosing."""
    return _(
        "PDF, Word, Excel, PowerPoint, OpenDocument, fotografía (JPEG, PNG, WEBP), texto, CSV o video MP4. "
        "Hasta %(size)d MB cada uno y %(count)d a la vez. Si uno falla, los demás siguen."
    ) % {"size": settings.MAX_UPLOAD_MB, "count": settings.MAX_UPLOAD_FILES}


class MultipleFileInput(forms.FileInput):
    """A control for many files. Without JavaScript the browser names what was chosen."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPT, **(attrs or {})})

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """The limits, for static/js/uploads.js, which judges before it sends."""
        count = settings.MAX_UPLOAD_FILES if self.allow_multiple_selected else 1
        most = {"data-most-mb": settings.MAX_UPLOAD_MB, "data-most-files": count}
        return super().build_attrs({**base_attrs, **most}, extra_attrs)


class OneFileInput(MultipleFileInput):
    allow_multiple_selected = False


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MultipleFileField(forms.Field):
    """Many files at once, each judged later by ``add_documents``: ``cleaned_data`` holds a list of them."""

    widget: type[forms.Widget] = MultipleFileInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Sube los archivos que lo demuestran"))
        options.setdefault("help_text", lazy(limits, str)())
        super().__init__(**options)

    def clean(self, value: Sequence[UploadedFile[bytes]] | None) -> list[UploadedFile[bytes]]:
        files = list(value or [])
        if self.required and not files:
            raise ValidationError(_("Elige al menos un archivo."), code="required")
        most = settings.MAX_UPLOAD_FILES
        if len(files) > most:
            chosen = ngettext("Elegiste %(n)d archivo", "Elegiste %(n)d archivos", len(files)) % {"n": len(files)}
            raise ValidationError(
                _("%(chosen)s y caben %(most)d a la vez. Súbelos en partes.") % {"chosen": chosen, "most": most}
            )
        return files


class OneFileField(MultipleFileField):
    """One file, with the same limits and judged the same way: ``cleaned_data`` holds the file."""

    widget = OneFileInput

    def clean(self, value: UploadedFile[bytes] | None) -> UploadedFile[bytes]:  # type: ignore[override]
        return super().clean([value] if value else [])[0]


class UploadForm(forms.Form):
    """Files for the library."""

    files = MultipleFileField(label=gettext_lazy("Sube tus documentos"))  # type: ignore[assignment]
    kind = forms.ChoiceField(label=gettext_lazy("Tipo"), choices=DocumentKind, initial=DocumentKind.OTHER)
    issued_on = forms.DateField(
        label=gettext_lazy("Fecha en que se emitieron"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Si son de fechas distintas, las corriges después en cada uno."),
    )


class RevisionForm(forms.Form):
    """The next version of a document."""

    file = OneFileField(label=gettext_lazy("Sube la versión nueva"))


class DocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is said of a document, and the version over which it was typed."""

    version = VersionField()

    class Meta:
        model = Document
        fields = ("title", "kind", "issued_on", *MORE)
        widgets: ClassVar = {
            "issued_on": DateInput,
            "proves_from": DateInput,
            "proves_until": DateInput,
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "signatory": gettext_lazy("Nombre o cargo, como está en el documento."),
            "note": gettext_lazy("Lo que ayuda a entenderlo. La lee también quien revisa."),
            "is_confidential": gettext_lazy("Lo ve quien revisa, con una marca. Nunca se nombra en lo que se publica."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["language"].required = False

    def first_fields(self) -> list[forms.BoundField]:
        """What is asked of every document."""
        return [self[name] for name in self.fields if name not in MORE]

    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE]

    def has_more(self) -> bool:
        """Whether something of the rest is said already, or has a fault to show."""
        return any(self[name].errors or self[name].value() not in EMPTY for name in MORE)

    def clean_language(self) -> str:
        """A form that does not say it leaves the language as it is."""
        language: str = self.cleaned_data["language"] or self.instance.language
        return language
