"""The errors of a form as a list of sentences, each with the anchor of its field."""

from dataclasses import dataclass

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext


@dataclass(frozen=True)
class FieldError:
    message: str
    anchor: str


def error_list(form: BaseForm) -> list[FieldError]:
    """Return what was refused, in the order of the page: first what is of the whole form."""
    if not form.is_bound:
        return []
    found = [FieldError(str(error), "") for error in form.non_field_errors()]
    for field in form:
        found += [FieldError(_sentence(field, str(error)), _anchor(field)) for error in field.errors]
    return found


def _sentence(field: BoundField, message: str) -> str:
    """In a list, «Falta este dato» says nothing: the label does."""
    if message == str(field.field.default_error_messages.get("required", "")):
        return gettext("Falta: %(label)s") % {"label": field.label}
    return message


def _anchor(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"
