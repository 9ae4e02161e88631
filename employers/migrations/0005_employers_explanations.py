"""What had been explained of a whole year becomes the answer to each doubt that there was; the text also stays as a note."""

from django.db import migrations
from django.db.models import F


def explain_each_doubt(apps, schema_editor):
    figures = apps.get_model("employers", "WorkforceFigures")
    explanation = apps.get_model("employers", "FiguresExplanation")
    explained = figures.objects.exclude(note="")
    doubted = {
        "nobody": explained.filter(women=0, men=0),
        "part_exceeds_whole:women_managers": explained.filter(women_managers__gt=F("women")),
        "part_exceeds_whole:men_managers": explained.filter(men_managers__gt=F("men")),
        "part_exceeds_whole:with_disability": explained.filter(with_disability__gt=F("women") + F("men")),
    }
    for rule, rows in doubted.items():
        for row in rows.iterator():
            if row.note.strip():
                explanation.objects.get_or_create(
                    figures=row,
                    rule=rule,
                    defaults={"text": row.note, "explained_at": row.updated_at, "explained_by_id": row.updated_by_id},
                )


class Migration(migrations.Migration):
    dependencies = [("employers", "0004_employers_more_figures")]

    operations = [migrations.RunPython(explain_each_doubt, migrations.RunPython.noop)]
