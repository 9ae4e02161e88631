from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certification", "0020_evidence_quarantine")]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("state", "quarantined")), fields=["created_at"], name="revision_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["quarantined", "clean", "rejected", "unreadable"])),
                name="revision_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at", None), ("state", "quarantined")),
                    models.Q(models.Q(("state", "quarantined"), _negated=True), ("checked_at__isnull", False)),
                    _connector="OR",
                ),
                name="revision_settled_once_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("rejected", "unreadable")),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("remedy", ""), _negated=True),
                    ),
                    models.Q(("reason", ""), ("state__in", ("quarantined", "clean"))),
                    _connector="OR",
                ),
                name="revision_refused_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scanned_at", None), ("scanner", "")),
                    models.Q(models.Q(("scanner", ""), _negated=True), ("scanned_at__isnull", False)),
                    _connector="OR",
                ),
                name="revision_scan_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link", ""), ("seen_on", None)),
                    models.Q(models.Q(("link", ""), _negated=True), ("seen_on__isnull", False)),
                    _connector="OR",
                ),
                name="revision_link_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("derivation", ""), ("derived_from", None)),
                    models.Q(("derived_from__isnull", False), models.Q(("derivation", ""), _negated=True)),
                    _connector="OR",
                ),
                name="revision_derived_from_another",
            ),
        ),
    ]
