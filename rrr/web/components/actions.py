"""What an entry of the audit trail did, in a word a reader knows: the part of its code after the dot."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

WHAT = "log"  # context of every word: what was done, without its object
ADDED, CHANGED, TAKEN_BACK = pgettext_lazy(WHAT, "Added"), pgettext_lazy(WHAT, "Changed"), pgettext_lazy(WHAT, "Taken back")
DECIDED, BEGUN = pgettext_lazy(WHAT, "Decided"), pgettext_lazy(WHAT, "Begun")
WORDS = {
    **dict.fromkeys(["add", "create", "record", "keep", "seat", "upload", "propose", "add_statement"], ADDED),
    **dict.fromkeys(
        ["update", "edit", "write", "describe", "move", "note", "change", "set_units", "set_boundary", "set_districts"], CHANGED
    ),
    **dict.fromkeys(["set_populations", "set_policy", "set_figures", "change_source", "name_source"], CHANGED),
    **dict.fromkeys(["withdraw", "remove", "take_back", "leave", "undo", "unchoose", "drop"], TAKEN_BACK),
    **dict.fromkeys(["decide", "decide_part", "decide_obvious", "choose", "moderate", "set_state"], DECIDED),
    **dict.fromkeys(["start", "begin", "prepare"], BEGUN),
    "confirm": pgettext_lazy(WHAT, "Confirmed"),
    "publish": pgettext_lazy(WHAT, "Published"),
    "open": pgettext_lazy(WHAT, "Opened"),
    "close": pgettext_lazy(WHAT, "Closed"),
    "freeze": pgettext_lazy(WHAT, "Sealed"),
    "draw": pgettext_lazy(WHAT, "Lot drawn"),
    "estimate": pgettext_lazy(WHAT, "Result estimated"),
    "show": pgettext_lazy(WHAT, "Visibility changed"),
    "export_all": pgettext_lazy(WHAT, "Full file taken"),
    "erase_answers": pgettext_lazy(WHAT, "Answers erased"),
}


@register.filter
def action_word(code: str) -> str:
    """`polls.open` -> “Opened”; a code nobody has a word for stays as it is."""
    return str(WORDS.get(code.rpartition(".")[2], code))
