"""Words of closed lists are told by their labels, in the reader's language."""

from django.utils.translation import override

from policies.models import Policy


def test_a_word_is_told_in_the_language_of_whoever_reads():
    policy = Policy(instrument="action-plan", legal_status="in-force")
    with override("en-gb"):
        assert policy.get_instrument_display() == "Action plan"
        assert policy.get_legal_status_display() == "In force"
    with override("zh-hans"):
        assert policy.get_instrument_display() == "行动计划"


def test_what_is_in_no_list_is_told_as_it_stands():
    assert Policy(instrument="").get_instrument_display() == ""
    assert Policy(instrument="edict").get_instrument_display() == "edict"


def test_a_field_of_words_is_a_plain_column_to_migrations():
    _, path, _, kwargs = Policy._meta.get_field("instrument").deconstruct()
    assert path == "django.db.models.CharField"
    assert kwargs["choices"]
