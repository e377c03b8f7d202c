"""What a register can contain, and a recall entered by hand."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0001_initial"),
        ("understand", "0004_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterReach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="types it can contain",
                    ),
                ),
                ("note", models.CharField(max_length=300, verbose_name="where that is said")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="reach", to="understand.importsource"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnteredRecall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("pairs", models.PositiveIntegerField(verbose_name="pairs of the same organisation that people judged")),
                ("found", models.PositiveIntegerField(verbose_name="of these, pairs the linkage had joined")),
                ("wrong", models.PositiveIntegerField(blank=True, null=True, verbose_name="joined pairs that are two organisations")),
                ("note", models.CharField(max_length=500, verbose_name="how and where it was measured")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("territory", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.territory")),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("found__lte", models.F("pairs")), ("pairs__gte", 1)), name="entered_recall_share"
                    )
                ],
            },
        ),
    ]
