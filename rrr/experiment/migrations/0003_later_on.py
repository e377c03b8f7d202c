"""When the value that goes into a lot became public."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("experiment", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="assignment",
            name="later_on",
            field=models.DateField(null=True, verbose_name="the day it became public"),
        ),
    ]
