"""Registers, their imports, and a ledger of decisions that refuses change."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION understand_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('rrr.erase_person', true) = 'yes'
     AND NEW.key = OLD.key AND NEW.verdict = OLD.verdict AND NEW.at = OLD.at AND NEW.by_id IS NULL THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The ledger of decisions cannot be changed (% of row %).', TG_OP, OLD.id;
END $$;
CREATE TRIGGER understand_decision_guard BEFORE UPDATE OR DELETE ON understand_linkdecision
  FOR EACH ROW EXECUTE FUNCTION understand_decision_guard();
"""
UNGUARD = "DROP TRIGGER understand_decision_guard ON understand_linkdecision; DROP FUNCTION understand_decision_guard();"


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_guards"),
        ("places", "0001_initial"),
        ("understand", "0002_status_and_sources"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=[("made", "made"), ("filled", "filled")], max_length=10)),
                ("values", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=160, verbose_name="name of the register")),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not known: ask before you publish"),
                            ("public_domain", "Public domain or CC0"),
                            ("cc_by", "Creative Commons Attribution (CC BY)"),
                            ("cc_by_sa", "Creative Commons Attribution-ShareAlike (CC BY-SA)"),
                            ("odbl", "Open Database Licence (ODbL)"),
                            ("open_government", "An open government licence"),
                            ("agreement", "An agreement with the keeper of the register"),
                            ("other", "Other: say which in your own words"),
                        ],
                        max_length=20,
                        verbose_name="licence",
                    ),
                ),
                ("licence_words", models.CharField(blank=True, max_length=300, verbose_name="licence in its own words")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("mapping", models.JSONField(blank=True, default=dict)),
                ("options", models.JSONField(blank=True, default=dict)),
                ("kinds", models.JSONField(blank=True, default=dict)),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inside", "Only records whose place lies inside the territory"),
                            ("city", "Also records without a place whose city is named like the territory"),
                            ("all", "All records of the file"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="LinkDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("same", "The same organisation"),
                            ("new", "Not the same: a new organisation"),
                            ("leave", "Left out"),
                            ("open", "Opened again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("weight", models.FloatField(null=True)),
                ("model_version", models.CharField(default="linkage-1", max_length=40)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("file_name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("file_date", models.DateField(verbose_name="date of the file")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded: look at the columns"),
                            ("read", "Read: choose which records belong here"),
                            ("compared", "Compared: review and publish"),
                            ("published", "Published"),
                            ("undone", "Undone"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                ("options", models.JSONField(blank=True, default=dict)),
                ("inspection", models.JSONField(blank=True, default=dict)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                ("kinds", models.JSONField(blank=True, default=dict)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("inside", "Only records whose place lies inside the territory"),
                            ("city", "Also records without a place whose city is named like the territory"),
                            ("all", "All records of the file"),
                        ],
                        default="inside",
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("kept", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("values", models.JSONField()),
                ("raw", models.JSONField(default=dict)),
                ("problems", models.JSONField(blank=True, default=list)),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("inside", "inside the territory"),
                            ("outside", "outside the territory"),
                            ("city", "no coordinates, but the city is this one"),
                            ("elsewhere", "no coordinates, and another city"),
                            ("nowhere", "no coordinates and no city"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("waiting", "Not compared yet"),
                            ("new", "New"),
                            ("same", "The same as a known organisation"),
                            ("doubtful", "Doubtful"),
                            ("out", "Left out: not of this territory"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("weight", models.FloatField(null=True)),
                ("candidates", models.JSONField(blank=True, default=list)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The same organisation"),
                            ("new", "Not the same: a new organisation"),
                            ("leave", "Left out"),
                            ("open", "Opened again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("published", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["line"],
            },
        ),
        migrations.CreateModel(
            name="RejectedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("reason", models.CharField(max_length=40)),
                ("facts", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "ordering": ["line", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="organisationsource",
            name="organisation_source_once",
        ),
        migrations.AddField(
            model_name="importchange",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="import_changes", to="understand.organisation"
            ),
        ),
        migrations.AddField(
            model_name="importsource",
            name="territory",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="import_sources", to="places.territory"),
        ),
        migrations.AddField(
            model_name="linkdecision",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="linkdecision",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="understand.organisation",
            ),
        ),
        migrations.AddField(
            model_name="linkdecision",
            name="source",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="understand.importsource"
            ),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="file",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.rawfile"),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="job",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="core.job"),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="source",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="understand.importsource"),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="territory",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="places.territory"),
        ),
        migrations.AddField(
            model_name="linkdecision",
            name="register_import",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="understand.registerimport"
            ),
        ),
        migrations.AddField(
            model_name="importchange",
            name="register_import",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="understand.registerimport"),
        ),
        migrations.AddField(
            model_name="organisationsource",
            name="register_import",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="source_rows",
                to="understand.registerimport",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationsource",
            constraint=models.UniqueConstraint(
                fields=("organisation", "url", "file", "row", "register_import", "about"),
                name="organisation_source_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddField(
            model_name="registerrecord",
            name="organisation",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="register_records", to="understand.organisation"
            ),
        ),
        migrations.AddField(
            model_name="registerrecord",
            name="register_import",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="records", to="understand.registerimport"),
        ),
        migrations.AddField(
            model_name="linkdecision",
            name="record",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="decisions",
                to="understand.registerrecord",
            ),
        ),
        migrations.AddField(
            model_name="importchange",
            name="record",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="understand.registerrecord"),
        ),
        migrations.AddField(
            model_name="rejectedrow",
            name="register_import",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rejected", to="understand.registerimport"),
        ),
        migrations.AddConstraint(
            model_name="importsource",
            constraint=models.UniqueConstraint(fields=("territory", "name"), name="import_source_once"),
        ),
        migrations.AddIndex(
            model_name="registerimport",
            index=models.Index(fields=["territory", "-created_at"], name="import_territory"),
        ),
        migrations.AddConstraint(
            model_name="registerimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["uploaded", "read", "compared", "published", "undone"])), name="import_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="registerimport",
            constraint=models.CheckConstraint(condition=models.Q(("scope__in", ["inside", "city", "all"])), name="import_scope"),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(fields=["register_import", "group", "line"], name="record_group"),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(fields=["register_import", "presence"], name="record_presence"),
        ),
        migrations.AddIndex(
            model_name="registerrecord",
            index=models.Index(fields=["register_import", "key"], name="record_key"),
        ),
        migrations.AddIndex(
            model_name="linkdecision",
            index=models.Index(fields=["source", "key", "-id"], name="decision_key"),
        ),
        migrations.AddIndex(
            model_name="linkdecision",
            index=models.Index(fields=["register_import", "-id"], name="decision_import"),
        ),
        migrations.AddIndex(
            model_name="importchange",
            index=models.Index(fields=["register_import", "what"], name="import_change_what"),
        ),
        migrations.AddIndex(
            model_name="rejectedrow",
            index=models.Index(fields=["register_import", "line"], name="rejected_line"),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
