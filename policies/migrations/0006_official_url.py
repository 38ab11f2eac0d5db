from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0005_desk_groups'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='policy',
            index=models.Index(fields=['official_url'], name='policy_official_url'),
        ),
    ]
