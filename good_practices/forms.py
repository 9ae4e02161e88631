"""The form of a practice, and the comment of an editor."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from good_practices import topics
from good_practices.actions import TEXTS, new_token
from good_practices.models import Practice

MISSING = {
    "title": _("Ponle un título."),
    "subtopic": _("Elige el tema."),
    "problem": _("Cuenta cuál era el problema."),
    "action": _("Cuenta qué hicieron."),
    "cost": _("Di qué costó, aunque haya sido sólo tiempo."),
    "result": _("Cuenta qué se logró y cómo lo saben."),
}


def topic_choices() -> list[Any]:
    """Subtopics in groups by topic, after an empty choice."""
    groups = [
        (str(topic.words), [(code, str(subtopic.words)) for code, subtopic in topic.subtopics.items()])
        for topic in topics.topics().values()
    ]
    return [("", _("Elige un tema")), *groups]


class PracticeForm(forms.ModelForm[Practice]):
    """Everything may be left empty in a draft; ``ask_for_missing`` says what a proposal needs."""

    subtopic = forms.ChoiceField(label=_("Tema"), required=False, choices=topic_choices)
    version = forms.IntegerField(required=False)
    token = forms.RegexField(r"^[a-z0-9]{16}$", widget=forms.HiddenInput, required=False)
    consent = forms.BooleanField(
        label=_("La empresa acepta que esta práctica se publique con su nombre, su lugar, su sector y su tamaño."),
        required=False,
    )

    class Meta:
        model = Practice
        fields = TEXTS
        labels: ClassVar = {
            "title": _("Título"),
            "problem": _("¿Cuál era el problema?"),
            "action": _("¿Qué hicieron?"),
            "cost": _("¿Qué costó?"),
            "result": _("¿Qué se logró?"),
        }
        help_texts: ClassVar = {
            "title": _("Una frase que diga qué hicieron. Por ejemplo: «Horario flexible en planta con tres turnos»."),
            "problem": _("Qué pasaba y cómo lo notaron. Sin nombres de personas."),
            "action": _("Los pasos, en orden, para que otra empresa pueda repetirlos."),
            "cost": _("Dinero, horas de trabajo y lo que hubo que aprender."),
            "result": _("Con un número de antes y uno de después, si lo tienen."),
        }

    def clean_token(self) -> str:
        return self.cleaned_data["token"] or new_token()

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TEXTS}

    def ask_for_missing(self) -> bool:
        """Add an error for everything that a proposal still needs; tell whether it is whole."""
        for name in TEXTS:
            if not self.cleaned_data.get(name, "").strip():
                self.add_error(name, MISSING[name])
        if not self.cleaned_data.get("consent"):
            self.add_error("consent", _("Para proponerla, acepta que se publique."))
        return not self.errors


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CommentForm(VersionForm):
    reason = forms.CharField(
        label=_("Comentario"),
        widget=forms.Textarea,
        error_messages={"required": _("Escribe el comentario: la empresa lo leerá.")},
    )
