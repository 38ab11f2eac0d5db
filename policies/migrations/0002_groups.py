"""The groups Editor (adds and changes) and Publisher (also publishes, withdraws, deletes)."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITED = (
    "amount", "bodyalias", "bodysuccession", "company", "corporateevent", "issuingbody",
    "newsletterissue", "policy", "policyissuer", "policyrelation", "provision", "region",
    "sector", "sourcelink", "target", "term",
)
ROWS = ("amount", "bodyalias", "bodysuccession", "policyissuer", "policyrelation", "provision",
        "sourcelink", "target")


def make_groups(apps, schema_editor):
    # Permissions are otherwise made only after all migrations have run.
    create_permissions(installed.get_app_config("policies"), verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    editor, _ = Group.objects.get_or_create(name="Editor")
    publisher, _ = Group.objects.get_or_create(name="Publisher")
    own = Permission.objects.filter(content_type__app_label="policies")
    edits = [f"{verb}_{model}" for model in EDITED for verb in ("add", "change", "view")]
    edits += [f"delete_{model}" for model in ROWS]
    publishes = [f"delete_{model}" for model in EDITED]
    publishes += [f"{verb}_{model}" for model in ("policy", "corporateevent") for verb in ("publish", "withdraw")]
    editor.permissions.set(own.filter(codename__in=edits))
    publisher.permissions.set(own.filter(codename__in=[*edits, *publishes]))


def drop_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Editor", "Publisher"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, drop_groups)]
