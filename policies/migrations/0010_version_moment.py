"""Since when the public data has its version."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0009_lineage'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchstate',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
