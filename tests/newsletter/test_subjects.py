"""Who issues what a note reports, by the subject of its sentence."""

from __future__ import annotations

import pytest

from policies.newsletter.subjects import subject_bodies


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("The MOF and MIIT launched a project", ["MOF", "MIIT"]),
        ("The Beijing City Government unveiled a plan", ["Beijing City Government"]),
        ("The State Council issued instructions", ["State Council"]),
        ("China's State Council approved a plan", ["State Council"]),
        ("The MIIT kicked off a round of talks", ["MIIT"]),
        ("MIIT, NDRC and MOF have jointly released a plan", ["MIIT", "NDRC", "MOF"]),
        ("MOF: new bonds are out", ["MOF"]),
        ("Shanghai unveiled a plan", ["Shanghai"]),
        ("The MOT, together with the MEE, published rules", ["MOT", "MEE"]),
        ("Together with the NDRC, the MOF issued bonds", ["NDRC", "MOF"]),
        ("On May 6, the MIIT published a list", ["MIIT"]),
        (
            "The State Administration for Market Regulation (SAMR) and four other departments set",
            ["State Administration for Market Regulation"],
        ),
        (
            "The Ministry of Transport and the National Development and Reform Commission issued x",
            ["Ministry of Transport", "National Development and Reform Commission"],
        ),
        (
            "The General Office of the State Council and the CCP Central Committee published x",
            ["General Office of the State Council", "CCP Central Committee"],
        ),
        ("The [MOF](https://example.org/) issued a notice", ["MOF"]),
    ],
)
def test_the_subject_names_the_bodies(sentence, bodies):
    assert list(subject_bodies(sentence)) == bodies


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "BMW's director said so",
        "Vice-Premier Ding visited yards",
        "A new rule was issued by the MOF",
        "In Shanghai, the city government approved a fund",
        "Shares rose",
        "The MOF",
    ],
)
def test_a_subject_that_is_no_body_names_none(sentence):
    assert subject_bodies(sentence) == ()
