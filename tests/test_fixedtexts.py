"""What a template says in words of its own: in the language of each reader, whoever came first."""

from django.template import Context, Template
from django.utils.translation import override


def said(template: Template, language: str, **context: object) -> str:
    with override(language):
        return template.render(Context(context))


def test_a_text_is_said_in_the_language_of_each_reader_in_turn():
    template = Template('{% translate "Issuing body" %}')

    found = [said(template, language) for language in ("en-gb", "zh-hans", "en-gb")]

    assert found == ["Issuing body", "发文机关", "Issuing body"]


def test_a_text_that_fills_a_variable_fills_it_for_each_reader():
    template = Template('{% translate "Issuing body" as what %}<{{ what }}>')

    assert said(template, "zh-hans") == "<发文机关>"
    assert said(template, "en-gb") == "<Issuing body>"


def test_words_that_differ_from_page_to_page_are_looked_up_anew_and_escaped():
    template = Template("{% translate what %}")

    assert said(template, "zh-hans", what="Issuing body") == "发文机关"
    assert said(template, "zh-hans", what="<Nobody>") == "&lt;Nobody&gt;"


def test_percent_signs_stand_once():
    assert said(Template('{% translate "10%" %}'), "en-gb") == "10%"
