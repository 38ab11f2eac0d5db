"""Lists of issuing bodies."""

from __future__ import annotations

import pytest

from policies.newsletter.issuers import looks_like_body, read_bodies


@pytest.mark.parametrize(
    ("value", "bodies"),
    [
        ("MOF", ["MOF"]),
        ("MOT, MIIT and NDRC", ["MOT", "MIIT", "NDRC"]),
        ("MOT、MIIT；NDA", ["MOT", "MIIT", "NDA"]),
        ("MOT/NDRC", ["MOT", "NDRC"]),
        ("MOT & MEE", ["MOT", "MEE"]),
        ("the MOT and the MEE", ["MOT", "MEE"]),
        (
            "MOHRSS, Organization Department CCP, CAC, MoF",
            ["MOHRSS", "Organization Department CCP", "CAC", "MoF"],
        ),
        ("Ministry of Transport (MOT), MEE", ["Ministry of Transport", "MEE"]),
        ("Ministry of Transport (交通运输部)", ["Ministry of Transport"]),
        ("交通运输部、财政部", ["交通运输部", "财政部"]),
        (
            "Ministry of Industry and Information Technology and Ministry of Finance",
            ["Ministry of Industry and Information Technology", "Ministry of Finance"],
        ),
        (
            "State Administration of Science, Technology and Industry for National Defense, MIIT",
            [
                "State Administration of Science, Technology and Industry for National Defense",
                "MIIT",
            ],
        ),
        ("[MOT](https://example.org/), MEE", ["MOT", "MEE"]),
        ("MOT, MIIT and six others", ["MOT", "MIIT"]),
        ("MOT, MIIT and seven other agencies", ["MOT", "MIIT"]),
        ("MOT, MOT", ["MOT"]),
        ("Beijing and Shanghai", ["Beijing", "Shanghai"]),
    ],
)
def test_a_list_is_parted_into_its_bodies_in_printed_order(value, bodies):
    assert list(read_bodies(value, "Issuing bodies")) == bodies


def test_a_comma_inside_quotation_marks_parts_nothing():
    value = 'MOT, Research Group for the "Study of Noise, Water and Ports"'
    assert read_bodies(value, "Issuing bodies")[1].endswith('"Study of Noise, Water and Ports"')


def test_one_body_with_commas_in_its_name_stays_one_behind_a_label_in_the_singular():
    value = 'Port Authority\'s Project on Noise, Research Group for the "Study of Harbours"'
    assert read_bodies(value, "Issuing body") == (value,)


def test_several_abbreviations_behind_a_label_in_the_singular_are_several_bodies():
    assert read_bodies("MOT, MEE", "Issuing body") == ("MOT", "MEE")


@pytest.mark.parametrize("name", ["MOF", "MoF", "the NDRC", "Port Bureau", "财政部", "Shanghai"])
def test_abbreviations_and_names_with_a_noun_of_bodies_are_bodies(name):
    assert looks_like_body(name)


@pytest.mark.parametrize("name", ["BMW's bureau", "Ding", "a port bureau", '"MOF"', "Ports", ""])
def test_other_names_are_not(name):
    assert not looks_like_body(name)
