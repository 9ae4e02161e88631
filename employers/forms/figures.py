"""The figures of a workplace in a year, with what is doubted of them and what somebody else saved meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.conflicts import VersionField
from employers import figures
from employers.forms.fields import count_field
from employers.models import Question, WorkforceFigures

EXPLAINS = "explains-"
KEEPS, STORED, WRITTEN = "keep-", "stored", "written"
LATER = _("Lo escribiste de otros números. Si también explica éstos, guárdalo; si no, cámbialo o bórralo.")


@dataclass(frozen=True)
class AskedRow:
    """A row of the page of figures: its fields with their short names, and what is doubted of them."""

    title: Promise
    fields: list[tuple[Any, forms.BoundField]]
    questions: list[tuple[Question, forms.BoundField]]


@dataclass(frozen=True)
class AskedSection:
    """A section of the page of figures; it is folded unless something in it is wrong or asked about."""

    section: figures.Section
    rows: list[AskedRow]
    filled: int
    is_open: bool


@dataclass(frozen=True)
class Difference:
    """What somebody stored and what stands on the page of the person, who chooses. ``title``: label, or the doubt."""

    title: Any
    field: forms.BoundField
    stored: Any
    written: Any
    takes_stored: bool

    @property
    def choice(self) -> str:
        """The name of the field in which it is chosen."""
        return KEEPS + self.field.name


class FiguresForm(forms.ModelForm[WorkforceFigures]):
    """Counts of a year. What cannot be is kept and asked about, so that nobody is stuck.

    Beside each field stands what was said the year before; below what is doubted, room for its explanation. Each field
    carries what it said when the page was made, so that of two who write at once it is known who touched what.
    """

    version = VersionField()

    class Meta:
        model = WorkforceFigures
        fields = (*figures.NAMES, "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = self.instance.previous
        for name in figures.NAMES:
            self.fields[name] = self._count(name, getattr(before, name, None))
        self.fields["note"] = words_field(
            _("Nota para quien revise"), _("Si algo de este año necesita contexto. Sin nombres de personas.")
        )
        self.questions = self.instance.questions if self.instance.pk else []
        for question in self.questions:
            field = words_field(_("Si así es, cuéntanos por qué"), LATER if question.earlier else "")
            field.initial = question.said.text if question.said else ""
            self.fields[explains(question)] = field
        for name in self.written:
            self.fields[name].show_hidden_initial = True
        self.fields["version"].initial = self.instance.version if self.instance.pk else 0
        self.stored = {name: self.get_initial_for_field(self.fields[name], name) for name in self.written}

    def _count(self, name: str, before: int | None) -> forms.IntegerField:
        """The label names the figure whole, for the list of errors; on the page it stands under its row's title."""
        said = {"year": self.instance.year - 1, "number": before}
        hint = "" if before is None else gettext("En %(year)s: %(number)s") % said
        label: Any = getattr(WorkforceFigures._meta.get_field(name), "verbose_name", name)
        return count_field(capfirst(label), required=name in figures.STAFF.fields, help_text=hint)

    @property
    def staff(self) -> AskedRow:
        return self._row(figures.STAFF)

    @property
    def sections(self) -> list[AskedSection]:
        return [self._section(section) for section in figures.SECTIONS]

    def _section(self, section: figures.Section) -> AskedSection:
        rows = [self._row(row) for row in section.rows]
        filled = sum(1 for name in section.fields if self[name].value() not in (None, ""))
        wrong = any(self[name].errors for name in section.fields)
        doubted = any(question.explanation is None for row in rows for question, _field in row.questions)
        return AskedSection(section, rows, filled, is_open=wrong or doubted)

    def _row(self, row: figures.Row) -> AskedRow:
        short = {
            row.women: _("De ellas, mujeres") if row.whole else _("Mujeres"),
            row.men: _("Hombres"),
            row.whole: _("De cada 100") if row.is_percent else _("Total"),
        }
        return AskedRow(
            title=row.title,
            fields=[(short[name], self[name]) for name in row.fields],
            questions=[(one, self[explains(one)]) for one in self.questions if one.doubt.field in row.fields],
        )

    @property
    def unanswered(self) -> list[tuple[Question, forms.BoundField]]:
        return [(one, self[explains(one)]) for one in self.questions if one.explanation is None]

    @property
    def written(self) -> list[str]:
        """The fields that somebody fills in."""
        return [name for name in self.fields if name != "version"]

    @property
    def counts(self) -> dict[str, Any]:
        """What the action keeps as the figures; of what has a fault, nothing."""
        return {name: self._chosen(name) for name in (*figures.NAMES, "note") if name in self.cleaned_data}

    @property
    def explanations(self) -> dict[str, str]:
        """What was written about each doubt that stood on the page, by its rule; empty where nothing was."""
        asked = [one for one in self.questions if explains(one) in self.data and explains(one) in self.cleaned_data]
        return {one.doubt.rule: self._chosen(explains(one)).strip() for one in asked}

    def _chosen(self, name: str) -> Any:
        """What the person wrote, or, where they chose so and wrote no more, what is stored."""
        return self.stored[name] if self._takes_stored(name) else self.cleaned_data[name]

    def _takes_stored(self, name: str) -> bool:
        return self.data.get(KEEPS + name) == STORED and name not in self.changed_data

    @property
    def differences(self) -> list[Difference]:
        """What is to be chosen, in the order of the page; empty unless somebody saved meanwhile."""
        asked = {explains(one): one.doubt.question for one in self.questions}
        return [
            Difference(
                asked.get(name, self[name].label),
                self[name],
                self.stored[name],
                self[name].value(),
                self._takes_stored(name),
            )
            for name in self.written
            if KEEPS + name in self.data
        ]

    @property
    def strays(self) -> dict[str, str]:
        """What was written about doubts that are no longer there, since somebody changed their numbers."""
        gone = [name for name in self.data if name.startswith(EXPLAINS) and name not in self.fields]
        return {name: self.data[name] for name in gone if self.data[name].strip()}

    def over(self, current: WorkforceFigures) -> FiguresForm:
        """The same page over what is stored now: what this person touched is chosen as theirs, the rest as stored."""
        data, newer = dict(self.data.items()), FiguresForm(instance=current)
        data["version"] = str(current.version)
        for name in newer.written:
            stored = _as_text(newer.stored[name])
            written = data.get(name, stored)  # a doubt that is new was not on the page
            is_theirs = name in self.changed_data or data.get(KEEPS + name) == WRITTEN
            data.pop(KEEPS + name, None)
            if _as_text(self.cleaned_data.get(name, written) if name in data else stored) != stored:
                data[KEEPS + name] = WRITTEN if is_theirs else STORED
            data[name] = data[f"initial-{name}"] = written
        return FiguresForm(data, instance=current)


def _as_text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def words_field(label: Any, help_text: Any = "") -> forms.CharField:
    """A few lines that may stay empty."""
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, widget=area, max_length=2000, help_text=help_text)


def explains(question: Question) -> str:
    """The name of the field in which a doubt is explained."""
    return f"{EXPLAINS}{question.doubt.rule.replace(':', '-')}"
