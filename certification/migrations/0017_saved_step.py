"""An open page counts what it saves, so that a request which its retry overtook changes nothing."""

from django.db import migrations, models

SAVED = ("answer", "localanswer", "measureclaim", "requirementrecord")


class Migration(migrations.Migration):
    dependencies = [("certification", "0016_one_version_in_force")]

    operations = [migrations.AddField(model, "saved_step", models.PositiveIntegerField(default=0)) for model in SAVED]
