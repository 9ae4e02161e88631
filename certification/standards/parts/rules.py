"""What holds once it is certified: surveillance, renewal, suspension, marks and sites."""

from __future__ import annotations

from pydantic import JsonValue

from certification.standards.parts.base import Marked, Name, Percent, Text, Worded


class Confirmation(Marked):
    value: JsonValue = None


class Surveillance(Marked):
    critical_compliance_percent: Percent
    improvement_areas_solved_percent_min: Percent
    climate_survey_required: bool = False


class Renewal(Marked):
    score_increase_percent_min: Percent


class Cause(Worded, Marked):
    code: Name
    title: Text
    effect: Text


class SuspensionAndCancellation(Worded, Marked):
    causes: tuple[Cause, ...] = ()
    after: str = ""


class Rules(Worded, Marked):
    rules: tuple[Text, ...] = ()
    sampling_rule: Confirmation | None = None
