"""What the groups may do with imports, merges and link checks."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITOR = ("add_issueimport", "change_issueimport", "view_issueimport", "view_merge", "view_linkcheck")
PUBLISHER = (*EDITOR, "delete_issueimport", "add_merge", "change_merge")


def allow(apps, schema_editor):
    create_permissions(installed.get_app_config("policies"), verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    own = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="policies")
    for name, rights in (("Editor", EDITOR), ("Publisher", PUBLISHER)):
        Group.objects.get(name=name).permissions.add(*own.filter(codename__in=rights))


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_editors_desk")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
