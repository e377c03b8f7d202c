"""Status, other names, and what each source supports; what has a year of closing says so."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_guards"),
        ("places", "0001_initial"),
        ("understand", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="organisationsource",
            options={"ordering": ["about", "url", "row"]},
        ),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisation_place",
        ),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisation_known_kind",
        ),
        migrations.RemoveConstraint(
            model_name="organisationsource",
            name="organisation_source_once",
        ),
        migrations.AddField(
            model_name="organisation",
            name="local_names",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name="other names"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="status",
            field=models.CharField(
                choices=[("unverified", "Not verified"), ("claimed", "Claimed"), ("confirmed", "Confirmed"), ("closed", "Closed")],
                default="unverified",
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.AddField(
            model_name="organisationsource",
            name="fields",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="organisationsource",
            name="file",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.rawfile"
            ),
        ),
        migrations.AddField(
            model_name="organisationsource",
            name="row",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("association", "Association"),
                    ("cooperative", "Cooperative"),
                    ("social_cooperative", "Social cooperative"),
                    ("mutual", "Mutual"),
                    ("foundation", "Foundation"),
                    ("social_enterprise", "Social enterprise"),
                    ("wise", "Work integration social enterprise"),
                    ("community_enterprise", "Community enterprise"),
                    ("housing_provider", "Housing provider"),
                    ("ethical_finance", "Ethical finance"),
                    ("consortium", "Consortium"),
                    ("network", "Network or federation"),
                    ("platform", "Platform"),
                    ("incubator", "Incubator or support body"),
                    ("research", "University or research"),
                    ("public_body", "Public body"),
                    ("business", "Business"),
                    ("informal", "Informal group"),
                    ("", "Not known"),
                ],
                max_length=30,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="organisationsource",
            name="url",
            field=models.URLField(blank=True, max_length=1000),
        ),
        migrations.RunSQL(
            "UPDATE understand_organisation SET status = 'closed' WHERE closed IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                    models.Q(
                        ("lat__gte", -90),
                        ("lat__isnull", False),
                        ("lat__lte", 90),
                        ("lon__gte", -180),
                        ("lon__isnull", False),
                        ("lon__lte", 180),
                    ),
                    _connector="OR",
                ),
                name="organisation_whole_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "association",
                            "cooperative",
                            "social_cooperative",
                            "mutual",
                            "foundation",
                            "social_enterprise",
                            "wise",
                            "community_enterprise",
                            "housing_provider",
                            "ethical_finance",
                            "consortium",
                            "network",
                            "platform",
                            "incubator",
                            "research",
                            "public_body",
                            "business",
                            "informal",
                            "",
                        ],
                    )
                ),
                name="organisation_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["unverified", "claimed", "confirmed", "closed"])), name="organisation_status"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed__isnull", True), ("status", "closed"), _connector="OR"), name="organisation_closed_says_so"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("founded__isnull", True), ("closed__isnull", True), ("closed__gte", models.F("founded")), _connector="OR"
                ),
                name="organisation_years",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationsource",
            constraint=models.UniqueConstraint(
                fields=("organisation", "url", "file", "row", "about"), name="organisation_source_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationsource",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("url", ""), _negated=True), ("file__isnull", False), _connector="OR"),
                name="organisation_source_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationsource",
            constraint=models.CheckConstraint(condition=models.Q(("about__in", ["facts", "place"])), name="organisation_source_about"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["partners", "member_of", "supports", "funds", "founded"])), name="relation_kind"
            ),
        ),
    ]
