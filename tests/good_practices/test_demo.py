from pathlib import Path

import yaml
from django.conf import settings

from employers import catalogues
from good_practices import topics
from good_practices.actions import TEXTS

PRACTICES = yaml.safe_load(Path(settings.BASE_DIR, "demonstration/data/practices.yaml").read_text(encoding="utf-8"))


def test_sixty_whole_practices_over_all_subtopics():
    assert len(PRACTICES) == len({row["title"] for row in PRACTICES}) == 60
    assert {row["subtopic"] for row in PRACTICES} == set(topics.subtopics())
    for row in PRACTICES:
        assert set(row) == {*TEXTS, "topic", "scian"}
        assert row["scian"] in catalogues.scian_sectors()
        assert topics.topic_of(row["subtopic"]) == row["topic"]
        assert len(row["title"]) <= 150
        assert sum(len(row[name].split()) for name in TEXTS) >= 80
