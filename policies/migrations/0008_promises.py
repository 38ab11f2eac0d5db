"""Promised documents of policies, and that editors may enter them."""

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
    rights = [f"{verb}_promiseddocument" for verb in ("add", "change", "view", "delete")]
    for name in ("Editor", "Publisher"):
        Group.objects.get(name=name).permissions.add(*own.filter(codename__in=rights))


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0007_deadlines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalPromisedDocument',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('text', models.CharField(help_text='The document in a few words: “measures for the pilot list”. Public.', max_length=500, verbose_name='what is promised')),
                ('expected_on', models.DateField(blank=True, db_index=True, help_text='When it is to be issued, as exactly as the text says.', null=True, verbose_name='expected by')),
                ('expected_precision', models.CharField(blank=True, choices=[('day', 'Day'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')], default='', help_text='How exactly the source names the date. Left as typed: 2027 is a year, 2027-06 a month, 2027-Q2 a quarter, 2027-06-30 a day.', max_length=8, verbose_name='precision')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('fulfilled_by', models.ForeignKey(blank=True, db_constraint=False, help_text='The policy that was issued as promised. Empty until it is.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='policies.policy')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('policy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='policies.policy')),
            ],
            options={
                'verbose_name': 'historical promised document',
                'verbose_name_plural': 'historical promised documents',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PromisedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(help_text='The document in a few words: “measures for the pilot list”. Public.', max_length=500, verbose_name='what is promised')),
                ('expected_on', models.DateField(blank=True, db_index=True, help_text='When it is to be issued, as exactly as the text says.', null=True, verbose_name='expected by')),
                ('expected_precision', models.CharField(blank=True, choices=[('day', 'Day'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')], default='', help_text='How exactly the source names the date. Left as typed: 2027 is a year, 2027-06 a month, 2027-Q2 a quarter, 2027-06-30 a day.', max_length=8, verbose_name='precision')),
                ('fulfilled_by', models.ForeignKey(blank=True, help_text='The policy that was issued as promised. Empty until it is.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='keeps', to='policies.policy')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='policies.policy')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('expected_on'), nulls_last=True), 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('expected_on__isnull', True), ('expected_precision', '')), models.Q(('expected_on__isnull', False), ('expected_precision__in', ['day', 'month', 'quarter', 'year'])), _connector='OR'), name='promise_expected_precise', violation_error_message='A date needs a precision, and a precision a date.'), models.CheckConstraint(condition=models.Q(('policy', models.F('fulfilled_by')), _negated=True), name='promise_kept_by_another', violation_error_message='A policy cannot be what it promises.')],
            },
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
