"""Forms of the texts of new versions: a file or the text itself, and the reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.conflicts import VersionField
from certification.standards.reading import MAX_LENGTH

MAX_BYTES = 2 * MAX_LENGTH  # accents take two bytes
TOO_LONG = _("El archivo pasa de 2 MB. Revisa que sea el correcto: una norma ocupa unos 50 KB.")
NO_TEXT = _("El archivo no es texto UTF-8. Guárdalo con esa codificación y vuelve a subirlo.")
EMPTY = _("Elige un archivo o escribe el texto.")
WRITTEN = "norma.yaml"  # the name of a text that was written on the page


class TextForm(forms.Form):
    """The file wins over the text of the page. ``text`` and ``file_name`` are in ``cleaned_data`` either way."""

    file = forms.FileField(
        label=_("Archivo YAML"),
        required=False,
        help_text=_("De 2 MB como máximo. Se guarda aunque tenga faltas: te las decimos todas."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.txt"}),
    )
    text = forms.CharField(
        label=_("O escribe aquí el texto"),
        required=False,
        strip=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14, "class": "code-text", "spellcheck": "false"}),
    )
    version = VersionField()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_LONG)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        cleaned["file_name"] = file.name[:255] if file else WRITTEN
        if file:
            cleaned["text"] = self._decoded(file)
        elif not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("file", EMPTY)
        return cleaned

    def _decoded(self, file: Any) -> str:
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            text = ""
        if not text or "\x00" in text:  # PostgreSQL keeps none
            self.add_error("file", NO_TEXT)
        return text


class SeenForm(forms.Form):
    """What the page showed when its button was pressed, and the reason where one is asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(required=False, widget=forms.Textarea)


class OfferForm(forms.Form):
    note = forms.CharField(
        label=_("Nota para las empresas"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Por qué les conviene leerla. Va con la lista de lo que cambia, que se hace sola."),
    )
