"""Which target came before which, what was dropped, and that editors may say so."""

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
    rights = [
        f"{verb}_{model}"
        for verb in ("add", "change", "view", "delete")
        for model in ("targetlink", "droppedtarget")
    ]
    for name in ("Editor", "Publisher"):
        Group.objects.get(name=name).permissions.add(*own.filter(codename__in=rights))


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0008_promises'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalDroppedTarget',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='Public. What stands in its place, if anything.', max_length=300)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('policy', models.ForeignKey(blank=True, db_constraint=False, help_text='The document that follows and does not name the target any more.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='policies.policy')),
                ('target', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='policies.target')),
            ],
            options={
                'verbose_name': 'historical dropped target',
                'verbose_name_plural': 'historical dropped targets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTargetLink',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='Public. What to know when comparing the two.', max_length=300)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('earlier', models.ForeignKey(blank=True, db_constraint=False, help_text='What an earlier document set for the same thing.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='policies.target', verbose_name='earlier target')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('later', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='policies.target', verbose_name='later target')),
            ],
            options={
                'verbose_name': 'historical link of targets',
                'verbose_name_plural': 'historical links of targets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='DeclinedTargetLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declined_at', models.DateTimeField(auto_now_add=True)),
                ('declined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='policies.target')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='policies.target')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('target', 'other'), name='declined_target_link_once')],
            },
        ),
        migrations.CreateModel(
            name='DroppedTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='Public. What stands in its place, if anything.', max_length=300)),
                ('policy', models.ForeignKey(help_text='The document that follows and does not name the target any more.', on_delete=django.db.models.deletion.CASCADE, related_name='drops', to='policies.policy')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drops', to='policies.target')),
            ],
            options={
                'verbose_name': 'dropped target',
                'constraints': [models.UniqueConstraint(fields=('target', 'policy'), name='target_dropped_once', violation_error_message='This is said already.')],
            },
        ),
        migrations.CreateModel(
            name='TargetLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='Public. What to know when comparing the two.', max_length=300)),
                ('earlier', models.ForeignKey(help_text='What an earlier document set for the same thing.', on_delete=django.db.models.deletion.CASCADE, related_name='later_links', to='policies.target', verbose_name='earlier target')),
                ('later', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_links', to='policies.target', verbose_name='later target')),
            ],
            options={
                'verbose_name': 'link of targets',
                'verbose_name_plural': 'links of targets',
                'constraints': [models.UniqueConstraint(fields=('later', 'earlier'), name='target_link_once', violation_error_message='These two targets are linked already.'), models.CheckConstraint(condition=models.Q(('later', models.F('earlier')), _negated=True), name='target_link_between_two', violation_error_message='A target cannot come before itself.')],
            },
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
