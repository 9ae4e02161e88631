"""What documents are found by. The words of files that are there already come when they are read again."""

import django.db.models.deletion
from django.db import migrations, models

from certification.evidence.analyser import stems


def index_what_is_said(apps, schema_editor):
    Document, DocumentWords = (apps.get_model("certification", name) for name in ("Document", "DocumentWords"))
    rows = []
    for pk, *said in Document.objects.values_list("pk", "title", "note", "signatory").iterator():
        found = dict.fromkeys(stem for text in said for stem in stems(text))
        rows.append(DocumentWords(document_id=pk, stems=f" {' '.join(found)} "))
    DocumentWords.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("certification", "0024_personal_data_guard")]

    operations = [
        migrations.CreateModel(
            name="DocumentWords",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="certification.document",
                    ),
                ),
                ("stems", models.TextField(blank=True)),
            ],
        ),
        migrations.RunPython(index_what_is_said, migrations.RunPython.noop),
    ]
