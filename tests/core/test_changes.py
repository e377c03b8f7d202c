"""The trail in words: no code, True or None where the reader's language has a word."""

from __future__ import annotations

from django.utils import translation

from rrr.core.changes import worded

CHALLENGE = "define.challenge"


def test_names_and_codes_become_words() -> None:
    with translation.override("fr"):
        [horizon, systems] = worded(
            CHALLENGE, {"horizon": "respond", "systems": ["local_economy", "food"]}, {"horizon": "rebuild", "systems": []}
        )
        horizon_word, rebuild, food = translation.gettext("horizon"), translation.gettext("Rebuild"), translation.gettext("Food")
    assert not horizon.coded
    assert (horizon.name, horizon.after) == (horizon_word, rebuild)
    assert systems.before.endswith(food)
    assert "local_economy" not in systems.before
    assert systems.after == ""


def test_yes_no_and_nothing() -> None:
    [peer] = worded("places.territory", None, {"is_peer": True})
    assert (peer.before, peer.after) == ("", "Yes")
    [empty] = worded("places.territory", {"authority_website": None}, {"authority_website": "https://example.org/"})
    assert empty.before == ""


def test_decimals_are_the_readers() -> None:
    with translation.override("pl"):
        [value] = worded("experiment.result", None, {"value": 4.25})
    assert value.after == "4,25"


def test_what_has_no_word_keeps_its_code() -> None:
    [gone, lost] = worded("define.nothing", {"text.cost": "a"}, {"arms": {"control": 20}})
    assert (gone.name, gone.coded, gone.before) == ("text.cost", True, "a")
    assert lost.after == '{"control": 20}'
