"""Deadlines of policies, and that editors may enter them."""

import django.db.models.deletion
import simple_history.models
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def allow(apps, schema_editor):
    create_permissions(installed.get_app_config("policies"), verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    own = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="policies")
    rights = [f"{verb}_deadline" for verb in ("add", "change", "view", "delete")]
    for name in ("Editor", "Publisher"):
        Group.objects.get(name=name).permissions.add(*own.filter(codename__in=rights))


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0006_official_url'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalDeadline',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('comment', 'Comments close'), ('application', 'Applications close'), ('other', 'Deadline')], default='other', help_text='What ends: comments on a draft, applications, something else.', max_length=12)),
                ('closes_on', models.DateField(db_index=True, help_text='The last day on which it may be done.', verbose_name='closes on')),
                ('closes_precision', models.CharField(blank=True, choices=[('day', 'Day'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')], default='', help_text='How exactly the source names the date. Left as typed: 2027 is a year, 2027-06 a month, 2027-Q2 a quarter, 2027-06-30 a day.', max_length=8, verbose_name='precision')),
                ('text', models.CharField(blank=True, help_text='In a few words: “sixth batch of Little Giants”. Public.', max_length=300, verbose_name='what for')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('policy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='policies.policy')),
            ],
            options={
                'verbose_name': 'historical deadline',
                'verbose_name_plural': 'historical deadlines',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('comment', 'Comments close'), ('application', 'Applications close'), ('other', 'Deadline')], default='other', help_text='What ends: comments on a draft, applications, something else.', max_length=12)),
                ('closes_on', models.DateField(db_index=True, help_text='The last day on which it may be done.', verbose_name='closes on')),
                ('closes_precision', models.CharField(blank=True, choices=[('day', 'Day'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')], default='', help_text='How exactly the source names the date. Left as typed: 2027 is a year, 2027-06 a month, 2027-Q2 a quarter, 2027-06-30 a day.', max_length=8, verbose_name='precision')),
                ('text', models.CharField(blank=True, help_text='In a few words: “sixth batch of Little Giants”. Public.', max_length=300, verbose_name='what for')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='policies.policy')),
            ],
            options={
                'ordering': ['closes_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closes_on__isnull', True), ('closes_precision', '')), models.Q(('closes_on__isnull', False), ('closes_precision__in', ['day', 'month', 'quarter', 'year'])), _connector='OR'), name='deadline_closes_precise', violation_error_message='A date needs a precision, and a precision a date.')],
            },
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
