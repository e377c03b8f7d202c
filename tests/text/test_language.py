"""Which language a text is in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.text.language import LANGUAGES, detect, guess, stopwords

SENTENCES = {
    "en": "The cooperative repairs bicycles with young people who are looking for work.",
    "fr": "La coopérative répare des vélos avec des jeunes qui cherchent un emploi.",
    "es": "La cooperativa repara bicicletas con jóvenes que buscan trabajo en el barrio.",
    "pt": "A cooperativa conserta bicicletas com jovens que não têm trabalho.",
    "it": "La cooperativa ripara biciclette con i giovani che cercano un lavoro nel quartiere.",
    "nl": "De coöperatie repareert fietsen met jongeren die op zoek zijn naar werk.",
    "pl": "Spółdzielnia naprawia rowery z młodymi ludźmi, którzy szukają pracy.",
    "de": "Die Genossenschaft repariert Fahrräder mit jungen Leuten, die Arbeit suchen.",
    "ca": "La cooperativa repara bicicletes amb joves que busquen feina al barri.",
    "eu": "Kooperatibak bizikletak konpontzen ditu lana bilatzen duten gazteekin.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_of_each_language(language: str) -> None:
    assert detect(SENTENCES[language]) == language
    assert stopwords(language)


@pytest.mark.parametrize("text", ["", "12 345", "RRR", "協同組合"])
def test_undecided_where_nothing_speaks(text: str) -> None:
    assert detect(text) == ""


@pytest.mark.parametrize("text", ["young people", "young carers", "youth unemployment"])
def test_two_words_are_not_taken_for_another_language(text: str) -> None:
    """ "young" ends as German nouns do; said to be German, a question would find English texts by meaning only."""
    assert detect(text) in ("", "en")


@given(st.text())
def test_any_text_gives_a_known_answer(text: str) -> None:
    found = guess(text)
    assert found.code in ("", *LANGUAGES)
    assert 0 <= found.share <= 1


@pytest.mark.verification
@pytest.mark.slow
@pytest.mark.parametrize(("language", "least"), [("en", 0.99), ("es", 0.99), ("de", 0.97)])
def test_real_questions(shared_data: Path, language: str, least: float) -> None:
    pages = json.loads((shared_data / "retrieval/xquad" / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]
    questions = [q["question"] for page in pages for part in page["paragraphs"] for q in part["qas"]]
    assert sum(detect(question) == language for question in questions) / len(questions) >= least
