"""What an entry of the audit trail did, in a word a reader knows: the part of its code after the dot."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

# The context "log" stands for what was done, without its object.
ADDED, CHANGED, TAKEN_BACK = pgettext_lazy("log", "Added"), pgettext_lazy("log", "Changed"), pgettext_lazy("log", "Taken back")
DECIDED, BEGUN = pgettext_lazy("log", "Decided"), pgettext_lazy("log", "Begun")
WORDS = {
    **dict.fromkeys(["add", "create", "record", "keep", "seat", "upload", "propose", "add_statement", "enter_recall"], ADDED),
    **dict.fromkeys(
        ["update", "edit", "write", "describe", "move", "note", "change", "set_units", "set_boundary", "set_districts"], CHANGED
    ),
    **dict.fromkeys(["set_populations", "set_policy", "set_figures", "change_source", "name_source", "declare_reach"], CHANGED),
    **dict.fromkeys(["withdraw", "remove", "take_back", "leave", "undo", "unchoose", "drop", "withdraw_recall"], TAKEN_BACK),
    **dict.fromkeys(["decide", "decide_part", "decide_obvious", "choose", "judge", "moderate", "set_state"], DECIDED),
    **dict.fromkeys(["start", "begin", "prepare"], BEGUN),
    "confirm": pgettext_lazy("log", "Confirmed"),
    "publish": pgettext_lazy("log", "Published"),
    "open": pgettext_lazy("log", "Opened"),
    "close": pgettext_lazy("log", "Closed"),
    "freeze": pgettext_lazy("log", "Sealed"),
    "draw": pgettext_lazy("log", "Lot drawn"),
    "draw_audit": pgettext_lazy("log", "Sample drawn"),
    "estimate": pgettext_lazy("log", "Result estimated"),
    "show": pgettext_lazy("log", "Visibility changed"),
    "export_all": pgettext_lazy("log", "Full file taken"),
    "erase_answers": pgettext_lazy("log", "Answers erased"),
}


@register.filter
def action_word(code: str) -> str:
    """`polls.open` -> “Opened”; a code nobody has a word for stays as it is."""
    return str(WORDS.get(code.rpartition(".")[2], code))
