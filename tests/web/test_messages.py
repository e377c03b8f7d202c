"""What the catalogues are made from: every string that a page can show is found in the sources."""

from __future__ import annotations

from django.utils import translation

from rrr.explore.forms import SolutionForm
from tools.messages import find


def test_a_function_of_another_name_is_still_found() -> None:
    """rrr/understand/sentences.py and rrr/exchange/words.py call gettext_lazy `lazy`."""
    found = find()
    assert ("", "The same words") in found
    assert ("", "Groups drawn by lot") in found


def test_choices_with_numbers_speak_the_readers_language() -> None:
    with translation.override("fr"):
        [(value, label), *_rest] = SolutionForm.base_fields["sdgs"].choices  # type: ignore[attr-defined]
        assert (value, label) == (1, f"1 {translation.gettext('No poverty')}")
        assert label != "1 No poverty"
