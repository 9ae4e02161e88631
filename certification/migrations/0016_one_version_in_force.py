"""One version in force of each standard, whatever its address; and what a dry run was held against.

No table is made anew, so the triggers on them stay on SQLite too.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("certification", "0015_document_version")]

    operations = [
        migrations.AddConstraint(
            model_name="standard",
            constraint=models.UniqueConstraint(
                fields=("code",), condition=Q(is_in_force=True), name="one_version_in_force"
            ),
        ),
        migrations.AddField(
            model_name="standarddraft",
            name="trial_against",
            field=models.CharField(blank=True, max_length=64, null=True),
        ),
    ]
