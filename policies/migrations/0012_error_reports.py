"""Errors that readers report, and what the groups may do with them."""

import django.db.models.deletion
import policies.models.links
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

EDITOR = ("change_errorreport", "view_errorreport")
PUBLISHER = (*EDITOR, "delete_errorreport")


def allow(apps, schema_editor):
    create_permissions(installed.get_app_config("policies"), verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    own = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="policies")
    for name, rights in (("Editor", EDITOR), ("Publisher", PUBLISHER)):
        Group.objects.get(name=name).permissions.add(*own.filter(codename__in=rights))


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0011_alerts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ErrorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(editable=False, max_length=20, verbose_name='kind of record')),
                ('slug', models.CharField(editable=False, max_length=100, verbose_name='record')),
                ('record_id', models.BigIntegerField(editable=False)),
                ('title', models.CharField(editable=False, help_text='What readers called the record.', max_length=500, verbose_name='title')),
                ('field', models.CharField(blank=True, editable=False, help_text='The public field concerned. Empty: the record as a whole.', max_length=40, verbose_name='field')),
                ('text', models.TextField(editable=False, max_length=2000, verbose_name='what is wrong')),
                ('source_url', policies.models.links.LinkField(blank=True, editable=False, max_length=500, verbose_name='where it can be checked')),
                ('email', models.EmailField(blank=True, help_text='For your answer only. Deleted when you decide; empty it to delete it now.', max_length=254, verbose_name='e-mail')),
                ('network', models.CharField(blank=True, editable=False, help_text='Whence it came, as a mark of a day.', max_length=64)),
                ('reported_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='reported')),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('rejected', 'Rejected')], db_index=True, default='open', help_text='Accepted: the record is corrected. Rejected: it stays as it is.', max_length=8, verbose_name='state')),
                ('note', models.TextField(blank=True, help_text='For editors: what was done, or why nothing was.', verbose_name='note')),
                ('decided_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='decided')),
                ('decided_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
            ],
            options={
                'verbose_name': 'report by a reader',
                'verbose_name_plural': 'reports by readers',
                'ordering': ['-reported_at', '-pk'],
                'indexes': [models.Index(fields=['network', 'reported_at'], name='report_network')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='report_decided')],
            },
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
