"""Topics and subtopics of the knowledge base, read once from ``good_practices/data``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from certification.standards.languages import Words

DATA = Path(__file__).parent / "data" / "good-practice-topics.yaml"


@dataclass(frozen=True)
class Subtopic:
    """``title`` is Spanish, for the index and other programs; ``words`` are for readers."""

    code: str
    title: str
    words: Words
    is_confirmed: bool


@dataclass(frozen=True)
class Topic:
    code: str
    title: str
    words: Words
    is_confirmed: bool
    subtopics: dict[str, Subtopic]


@cache
def topics() -> dict[str, Topic]:
    """The topics by code, in the order of the file. What is not confirmed is a working value."""
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))["topics"]
    return {
        row["code"]: Topic(
            row["code"],
            row["title"],
            Words(row["title"], row["en"]),
            row["confirmed"],
            {sub["code"]: _subtopic(sub) for sub in row["subtopics"]},
        )
        for row in rows
    }


def _subtopic(row: dict[str, Any]) -> Subtopic:
    return Subtopic(row["code"], row["title"], Words(row["title"], row["en"]), row["confirmed"])


@cache
def subtopics() -> dict[str, Subtopic]:
    """All subtopics by code: a code belongs to one topic only."""
    return {code: subtopic for topic in topics().values() for code, subtopic in topic.subtopics.items()}


def topic_title(code: str) -> str:
    return topics()[code].title if code in topics() else ""


def subtopic_title(code: str) -> str:
    return subtopics()[code].title if code in subtopics() else ""


def topic_said(code: str) -> str:
    """The title in the reader's language, or the empty string."""
    return str(topics()[code].words) if code in topics() else ""


def subtopic_said(code: str) -> str:
    """The title in the reader's language, or the empty string."""
    return str(subtopics()[code].words) if code in subtopics() else ""


def topic_of(subtopic: str) -> str:
    """The code of the topic that a subtopic belongs to, or the empty string."""
    return next((topic.code for topic in topics().values() if subtopic in topic.subtopics), "")
