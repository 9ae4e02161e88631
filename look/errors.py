"""The errors of a form as a list of sentences, one for each field, with the anchor of the field."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, Field
from django.utils.translation import gettext

DOUBT = "doubt"  # code of a ValidationError that only asks: the person may say yes and go on


@dataclass(frozen=True)
class FieldError:
    message: str
    anchor: str
    is_doubt: bool = False


def error_list(form: BaseForm) -> list[FieldError]:
    """Return what was refused, in the order of the page: first what is of the whole form, then one for each field."""
    if not form.is_bound:
        return []
    found = [FieldError(str(error), "") for error in form.non_field_errors()]
    return found + [_of_field(field) for field in form if field.errors]


def _of_field(field: BoundField) -> FieldError:
    errors = field.form.errors[field.name].as_data()
    return FieldError(
        message=_sentence(field, errors),
        anchor=_anchor(field),
        is_doubt=all(error.code == DOUBT for error in errors),
    )


def _sentence(field: BoundField, errors: list[ValidationError]) -> str:
    """In a list, «Falta este dato» says nothing: the label does.

    Sentences with a code are those of any field of its kind. What a form writes has none, and names what it means.
    """
    messages = " ".join(str(message) for message in field.errors)
    if messages == str(Field.default_error_messages["required"]):
        return gettext("Falta: %(label)s") % {"label": field.label}
    if any(error.code not in {None, "", DOUBT} for error in errors):
        return f"{str(field.label).rstrip(':')}: {messages}"
    return messages


def _anchor(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"
