"""Of two people who describe the same use of a document, the second sees both texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certification", "0018_submission_signer")]

    operations = [migrations.AddField("evidenceuse", "version", models.PositiveIntegerField(default=0))]
