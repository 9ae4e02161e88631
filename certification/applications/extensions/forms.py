from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.applications.extensions.models import Extension, Outcome

WHOLE = {"invalid": gettext_lazy("Escribe los días con un número entero.")}


class AskForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Para qué los necesitas"),
        help_text=gettext_lazy("Lo lee quien decide y queda en la historia de la solicitud."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Escribe para qué necesitas los días: lo lee quien decide.")},
    )

    def __init__(self, *args: Any, most: int, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.IntegerField(
            label=gettext_lazy("Cuántos días más"),
            help_text=_("Entre 1 y %(most)s %(unit)s, contados desde tu fecha límite.") % {"most": most, "unit": unit},
            min_value=1,
            max_value=most,
            error_messages={
                **WHOLE,
                "required": _("Escribe cuántos días necesitas."),
                "min_value": _("Pide al menos un día."),
                "max_value": _("La norma permite %(most)s como máximo.") % {"most": most},
            },
        )
        self.order_fields(["days", "reason"])


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Qué decides"),
        choices=[(Outcome.GRANTED, gettext_lazy("Conceder")), (Outcome.REFUSED, gettext_lazy("No conceder"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Elige si se conceden los días.")},
    )
    days = forms.IntegerField(label=gettext_lazy("Días que concedes"), required=False, error_messages=WHOLE)
    answer = forms.CharField(
        label=gettext_lazy("Por qué"),
        help_text=gettext_lazy("La empresa lo lee en su solicitud."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Escribe la razón: la empresa la leerá.")},
    )

    def __init__(self, *args: Any, extension: Extension, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"days": extension.days}
        self.fields["days"].help_text = _("Si los concedes, entre 1 y %(most)s. La empresa pide %(days)s.") % {
            "most": extension.most,
            "days": extension.days,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Outcome.GRANTED and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Escribe cuántos días concedes."))
        return cleaned
