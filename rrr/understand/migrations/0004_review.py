"""Branches of organisations, reasons and patterns of decisions, a guard that knows every column, and the audit sample."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A row may change in one way only: an erased person leaves, everything else stays as it was.
GUARD = """
CREATE OR REPLACE FUNCTION understand_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('rrr.erase_person', true) = 'yes'
     AND NEW.by_id IS NULL AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The ledger of decisions cannot be changed (% of row %).', TG_OP, OLD.id;
END $$;
"""
# What `facts.pattern_of` makes, for records that were compared before.
PATTERNS = """
UPDATE understand_registerrecord SET pattern = coalesce((
  SELECT string_agg((bar->>0) || '=' || (bar->>1), ' ' ORDER BY place)
  FROM jsonb_array_elements(candidates->0->'bars') WITH ORDINALITY AS bars(bar, place)
), '') WHERE jsonb_array_length(candidates) > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0001_initial"),
        ("understand", "0003_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("stratum", models.CharField(max_length=20)),
                ("linked", models.BooleanField()),
                ("probability", models.FloatField()),
                ("weight", models.FloatField(null=True)),
                ("pattern", models.CharField(blank=True, max_length=400)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The same organisation"),
                            ("new", "Not the same: a new organisation"),
                            ("branch", "A branch of it: the same organisation at another site"),
                            ("leave", "Left out"),
                            ("unsure", "Cannot tell"),
                            ("open", "Opened again"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="AuditSample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("seed", models.BigIntegerField()),
                ("strata", models.JSONField(default=list)),
                ("model_version", models.CharField(default="linkage-1", max_length=40)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="relation",
            name="relation_kind",
        ),
        migrations.AddField(
            model_name="importchange",
            name="tie",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="understand.relation"),
        ),
        migrations.AddField(
            model_name="linkdecision",
            name="pattern",
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name="linkdecision",
            name="purpose",
            field=models.CharField(choices=[("review", "Review"), ("audit", "Audit")], default="review", max_length=10),
        ),
        migrations.AddField(
            model_name="linkdecision",
            name="reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="registerrecord",
            name="pattern",
            field=models.CharField(blank=True, db_default="", max_length=400),
        ),
        migrations.AlterField(
            model_name="linkdecision",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("same", "The same organisation"),
                    ("new", "Not the same: a new organisation"),
                    ("branch", "A branch of it: the same organisation at another site"),
                    ("leave", "Left out"),
                    ("unsure", "Cannot tell"),
                    ("open", "Opened again"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="registerrecord",
            name="group",
            field=models.CharField(
                choices=[
                    ("waiting", "Not compared yet"),
                    ("new", "New"),
                    ("same", "The same as a known organisation"),
                    ("branch", "A branch of a known organisation"),
                    ("doubtful", "Doubtful"),
                    ("out", "Left out: not of this territory"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="registerrecord",
            name="verdict",
            field=models.CharField(
                blank=True,
                choices=[
                    ("same", "The same organisation"),
                    ("new", "Not the same: a new organisation"),
                    ("branch", "A branch of it: the same organisation at another site"),
                    ("leave", "Left out"),
                    ("unsure", "Cannot tell"),
                    ("open", "Opened again"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="relation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("partners", "works with"),
                    ("member_of", "is a member of"),
                    ("branch_of", "is a branch of"),
                    ("supports", "supports"),
                    ("funds", "funds"),
                    ("founded", "founded"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="linkdecision",
            index=models.Index(fields=["pattern"], name="decision_pattern"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["partners", "member_of", "branch_of", "supports", "funds", "founded"])),
                name="relation_kind",
            ),
        ),
        migrations.AddField(
            model_name="auditpair",
            name="decision",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="understand.linkdecision",
            ),
        ),
        migrations.AddField(
            model_name="auditpair",
            name="organisation",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="understand.organisation"
            ),
        ),
        migrations.AddField(
            model_name="auditpair",
            name="record",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="understand.registerrecord"
            ),
        ),
        migrations.AddField(
            model_name="auditsample",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="auditsample",
            name="territory",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="audit_samples", to="places.territory"),
        ),
        migrations.AddField(
            model_name="auditpair",
            name="sample",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="pairs", to="understand.auditsample"),
        ),
        migrations.AddConstraint(
            model_name="auditpair",
            constraint=models.UniqueConstraint(fields=("sample", "place"), name="audit_place_once"),
        ),
        migrations.AddConstraint(
            model_name="auditpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("probability__gt", 0), ("probability__lte", 1)), name="audit_probability"
            ),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(PATTERNS, migrations.RunSQL.noop),
    ]
