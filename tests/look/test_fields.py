"""Every form of the site is drawn by the same fragments: label, hint, error and widget know each other."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

CHOICES = [("a", "Uno"), ("b", "Dos")]


class Everything(forms.Form):
    name = forms.CharField(label="Nombre", help_text="Como firmas")
    kind = forms.ChoiceField(label="Tipo", choices=CHOICES, widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Temas", choices=CHOICES, widget=forms.CheckboxSelectMultiple, help_text="Los que toque"
    )
    agreed = forms.BooleanField(label="Acepto")
    note = forms.CharField(label="Nota", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Archivo")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Falta algo del conjunto")


@pytest.fixture
def refused():
    return str(Everything({}))


def test_error_is_tied_to_its_widget(refused):
    assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"' in refused
    assert 'id="id_name_error"' in refused
    assert 'id="id_name_helptext"' in refused


def test_groups_are_fieldsets_with_a_legend(refused):
    assert '<fieldset class="field has-error" id="id_kind_group" aria-describedby="id_kind_error">' in refused
    assert "<legend>Tipo</legend>" in refused
    assert 'aria-describedby="id_topics_helptext id_topics_error"' in refused
    assert 'class="choices"' in refused


def test_summary_comes_first_takes_focus_and_links_every_field(refused):
    assert refused.index("error-summary") < refused.index('class="field')
    assert 'role="alert" tabindex="-1" data-focus' in refused
    assert "<li>Falta algo del conjunto</li>" in refused
    for anchor in ("id_name", "id_kind_0", "id_topics_0", "id_agreed", "id_file"):
        assert f'<a href="#{anchor}">' in refused
        assert f'id="{anchor}"' in refused


def test_untouched_form_has_no_error_and_marks_what_is_optional():
    html = str(Everything())
    assert "error" not in html
    assert html.count("(opcional)") == 1


def test_hint_of_a_box_stands_under_its_label_and_belongs_to_it():
    class Box(forms.Form):
        remember = forms.BooleanField(label="Seguir dentro", help_text="No lo marques si otras personas lo usan.")

    html = str(Box())
    assert html.index("Seguir dentro") < html.index("No lo marques")
    assert 'aria-describedby="id_remember_helptext"' in html
    assert html.count('id="id_remember_helptext"') == 1


def test_pagination_keeps_the_filters():
    page = Paginator(range(30), 10).page(2)
    html = render_to_string("components/pagination.html", {"page": page}, RequestFactory().get("/?tema=x&page=2"))
    assert 'href="?tema=x&amp;page=1"' in html
    assert 'href="?tema=x&amp;page=3"' in html
    assert "Página 2 de 3" in html


def test_one_page_needs_no_pagination():
    page = Paginator(range(3), 10).page(1)
    assert "nav" not in render_to_string("components/pagination.html", {"page": page}, RequestFactory().get("/"))


def test_summary_is_there_for_errors_of_fields_alone():
    class Short(forms.Form):
        name = forms.CharField(label="Nombre")

    html = str(Short({}))
    assert "Revisa un dato" in html
    assert '<a href="#id_name">Falta: Nombre</a>' in html


class Choosing(forms.Form):
    kind = forms.ChoiceField(label="Tipo", choices=CHOICES)
    email = forms.EmailField(label="Correo")
    people = forms.IntegerField(label="Personas", error_messages={"required": "Escribe cuántas son."})
    rfc = forms.CharField(label="RFC")

    def clean_rfc(self):
        raise forms.ValidationError("Al RFC le faltan caracteres.")


def test_summary_names_the_field_whatever_its_kind():
    html = str(Choosing({"rfc": "A"}))
    assert '<a href="#id_kind">Falta: Tipo</a>' in html
    assert '<a href="#id_email">Falta: Correo</a>' in html
    assert '<a href="#id_people">Personas: Escribe cuántas son.</a>' in html


def test_summary_leaves_alone_a_sentence_that_the_form_wrote_for_the_field():
    assert '<a href="#id_rfc">Al RFC le faltan caracteres.</a>' in str(Choosing({"rfc": "A"}))


def test_summary_counts_fields_not_sentences():
    form = Choosing({"kind": "a", "email": "a@b.mx", "people": "3", "rfc": "A"})
    form.add_error("rfc", "También sobran guiones.")
    html = str(form)
    assert "Revisa un dato" in html
    assert '<a href="#id_rfc">Al RFC le faltan caracteres. También sobran guiones.</a>' in html
