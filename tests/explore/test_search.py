"""Search: the database ranks as memory does, crosses languages, and follows every change at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from numpy.typing import NDArray

from rrr.core.models import Job
from rrr.engines import search
from rrr.explore import bridge, models, queries
from rrr.explore.actions import index, solutions
from rrr.explore.models import SearchDocument, SearchLexeme, SearchStatistics, Solution
from rrr.text import vectors

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
QUESTIONS = [
    "housing for homeless people", "young people without work", "vivienda primero personas sin hogar", "food waste", "energy cooperative",
    "mentoring", "the of and", "réparer les objets ensemble", "loans for small firms", "participatory budget",
]  # fmt: skip


def _memory() -> search.Index:
    texts = [bridge.text_of(one) for one in Solution.objects.public().order_by("slug")]
    briefs = [text.brief for text in texts]

    def encode(given: Sequence[str]) -> NDArray[np.float32]:
        return vectors.encode(briefs)

    return search.build([search.Document(text.key, text.text, text.language) for text in texts], encode=encode)


def test_the_places_of_the_sparse_vectors_are_the_engines() -> None:
    assert (models.SPARSE_PLACES, models.VECTOR_SIZE) == (search.DIMENSIONS, vectors.SIZE)


def test_database_and_memory_rank_alike(catalogue: None) -> None:
    memory = _memory()
    for text in QUESTIONS:
        asked = search.query(text, memory.statistics)
        expected = search.search(memory, asked, vector=vectors.encode([text])[0], limit=30)
        found = bridge.find(bridge.ask(text), everything=True)[:30]
        scores = {one.key: one.score for one in found}
        assert [one.score for one in found] == pytest.approx([one.score for one in expected], abs=0.005), text
        for one in expected[:20]:  # half-precision vectors may swap neighbours that are as good as equal
            assert scores[one.key] == pytest.approx(one.score, abs=0.005), (text, one.key)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("vivienda primero personas sin hogar", "housing-first"),
        ("un logement d'abord pour les sans-abri", "housing-first"),
        ("najpierw mieszkanie dla osób bezdomnych", "housing-first"),
        ("cooperativa de energía renovable", "som-energia"),
        ("orçamento participativo", "participatory-budgeting"),
        ("Arbeit statt Langzeitarbeitslosigkeit", "marienthal-job-guarantee"),
    ],
)
def test_a_question_in_another_language_finds_the_english_text(catalogue: None, text: str, slug: str) -> None:
    assert slug in [one.key for one in bridge.find(bridge.ask(text))[:3]]


def test_a_changed_solution_is_found_by_its_new_words_and_no_longer_by_its_old(catalogue: None) -> None:
    one = Solution.objects.get(slug="repair-cafe")
    solutions.update(
        by=None, solution=one, changes={"name": "Zymurgy evenings", "summary": "Brewing.", "problem": "Thirst", "how_it_works": ""}
    )
    assert bridge.find(bridge.ask("zymurgy"))[0].key == "repair-cafe"
    solutions.take_back(by=None, solution=one, reason="test")
    assert "repair-cafe" not in [found.key for found in bridge.find(bridge.ask("zymurgy brewing"))]
    assert not SearchLexeme.objects.filter(lexeme="zymurgi").exists()


def test_statistics_kept_change_by_change_are_those_of_the_whole(catalogue: None) -> None:
    for slug in ("repair-cafe", "housing-first"):
        solutions.take_back(by=None, solution=Solution.objects.get(slug=slug), reason="test")
    one = Solution.objects.get(slug="foodcloud")
    solutions.update(by=None, solution=one, changes={"problem": "Good food is thrown away every day, everywhere, by everybody."})
    memory = _memory()
    state = queries.statistics(bridge.KIND)
    assert state.documents == memory.statistics.documents == 142
    assert state.average == pytest.approx(memory.statistics.average_length)
    assert queries.frequencies(bridge.KIND, memory.statistics.frequency) == memory.statistics.frequency
    assert state.languages == memory.statistics.languages


def test_a_much_longer_text_has_the_weights_renewed(db: None) -> None:
    short = solutions.Draft({"name": "Bread", "summary": "We bake bread."}, sources=("https://example.org/a",))
    solutions.add(by=None, drafts=[short], publish=True)
    long = solutions.Draft({"name": "Roses", "summary": "We grow roses. " * 50}, sources=("https://example.org/b",))
    solutions.add(by=None, drafts=[long], publish=True)
    statistics = SearchStatistics.objects.get()
    assert statistics.weighed_with == pytest.approx(statistics.length / statistics.documents)


def test_an_interrupted_rebuild_goes_on_where_it_was(catalogue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    SearchDocument.objects.all().delete()
    SearchLexeme.objects.all().delete()
    SearchStatistics.objects.all().delete()
    monkeypatch.setattr(index, "BATCH", 50)

    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done >= 100:
            raise Stop

    with pytest.raises(Stop):
        index.rebuild(tell=stop)
    assert SearchDocument.objects.count() == 100
    assert index.rebuild(tell=lambda done, total: None) == 44
    assert index.rebuild(tell=lambda done, total: None) == 0
    assert SearchDocument.objects.filter(vector=None).count() == 0


def test_a_quoted_phrase_must_stand_as_it_is(catalogue: None) -> None:
    loose = {one.key for one in bridge.find(bridge.ask("mobile support team"))}
    exact = {one.key for one in bridge.find(bridge.ask('"mobile support team"'))}
    assert "housing-first" in exact
    assert exact < loose
    for key in exact:
        assert "mobile support team" in " ".join(queries.documents(bridge.KIND, [key])[key][0].casefold().split())


@pytest.mark.parametrize(
    "text", ["", "   ", "???", '""', "'; DROP TABLE explore_solution; --", "a' | 'b\\", "%(kind)s", "x" * 50_000, "food " * 20_000]
)
def test_odd_questions_are_answered(catalogue: None, text: str) -> None:
    assert isinstance(bridge.find(bridge.ask(text)), list)


def test_stop_words_alone_and_nonsense_find_little(catalogue: None) -> None:
    assert bridge.find(bridge.ask("xqzt wvvkp")) == []
    assert len(bridge.find(bridge.ask("quantum chromodynamics lattice"))) < 10


def test_the_passage_marks_the_words_and_nothing_else(catalogue: None) -> None:
    asked = bridge.ask("people leaving homelessness choose a flat")
    found = bridge.find(asked)[:1]
    shown = bridge.show(asked, found)[found[0].key]
    assert found[0].key == "housing-first"
    marked = [piece.text for piece in shown.passage if piece.marked]
    assert "flat" in marked
    assert "homelessness" in marked
    assert "".join(piece.text for piece in shown.passage) in Solution.objects.get(slug="housing-first").how_it_works


def test_words_only_where_the_encoder_is_missing(catalogue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(texts: Any) -> Any:
        raise ImportError

    monkeypatch.setattr(vectors, "encode", missing)
    found = bridge.find(bridge.ask("repair broken things"))
    assert found[0].key == "repair-cafe"
    assert found[0].match.cosine is None


def test_a_word_without_end_is_kept_and_does_no_harm(db: None) -> None:
    text = f"{'x' * 5_000} bread {'ż' * 3_000}"
    solutions.add(by=None, drafts=[solutions.Draft({"name": "Bread", "summary": text}, sources=("https://example.org/a",))], publish=True)
    assert [one.key for one in bridge.find(bridge.ask("bread"))] == ["bread"]


def test_the_command_brings_the_index_up_to_date(catalogue: None, capsys: pytest.CaptureFixture[str]) -> None:
    SearchDocument.objects.filter(key="housing-first").update(model="an older one")
    call_command("index")
    assert "1 of the catalogue's texts" in capsys.readouterr().out
    call_command("index", "--again")
    assert "144 of the catalogue's texts" in capsys.readouterr().out
    assert queries.statistics(bridge.KIND).documents == 144


def test_a_large_index_is_weighed_again_by_a_job(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "AT_ONCE", 1)
    for name, summary in (("Bread", "We bake bread."), ("Roses", "We grow roses. " * 50)):
        solutions.add(
            by=None, drafts=[solutions.Draft({"name": name, "summary": summary}, sources=("https://example.org/a",))], publish=True
        )
    job = Job.objects.get(kind="explore.weigh")
    before = SearchStatistics.objects.get()
    assert before.weighed_with != pytest.approx(before.length / before.documents)
    index.weigh_again(**job.args)
    after = SearchStatistics.objects.get()
    assert after.weighed_with == pytest.approx(after.length / after.documents)
