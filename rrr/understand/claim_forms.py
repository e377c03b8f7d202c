"""Forms of those who speak for an organisation, and of those who decide about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.understand.actions.organisations import OWN
from rrr.understand.models import ActorRole, Organisation, Visibility
from rrr.understand.sound_form import SoundForm
from rrr.understand.vocabulary import VISIBILITY_SENTENCES

MOST = 10


class ClaimForm(forms.Form):
    position = forms.CharField(
        label=gettext_lazy("What you are there"),
        max_length=120,
        help_text=gettext_lazy("For example: chair, director, member of the board."),
    )
    words = forms.CharField(
        label=gettext_lazy("How a coordinator can check it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example a page that names you, or a number to call."),
    )


class AnswerForm(forms.Form):
    """A coordinator's answer to a claim."""

    answer = forms.ChoiceField(label=gettext_lazy("Your answer"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, required=False, help_text=gettext_lazy("The person who claimed it reads this.")
    )

    def __init__(self, *args: Any, waits: bool, **kwargs: Any) -> None:
        """`waits`: whether the claim waits for an answer; a granted one can only be ended."""
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        if isinstance(answer, forms.ChoiceField):
            yes = [("yes", _("Yes, this person speaks for the organisation")), ("no", _("No"))]
            answer.choices = yes if waits else [("end", _("It ends: this person no longer speaks for the organisation"))]


class ObjectionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why this is not right"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The coordinator and the person who claimed it read this."),
    )  # fmt: skip


class Lines(forms.CharField):
    """Several short texts, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        given = list(dict.fromkeys(line for line in lines if line))
        if len(given) > MOST:
            raise forms.ValidationError(_("At most %(number)s lines; these are %(given)s.") % {"number": MOST, "given": len(given)})
        if any(len(line) > 160 for line in given):
            raise forms.ValidationError(_("Each line holds at most 160 letters. Make the long one shorter."))
        return given


def _who_sees() -> list[tuple[str, str]]:
    """Called for each form, so that the words are those of the reader's language."""
    return [(one.value, f"{one.label}. {VISIBILITY_SENTENCES[one]}") for one in Visibility]


class OwnForm(SoundForm):
    """What an organisation says of itself. Its name and kind come from registers; a coordinator corrects them."""

    local_names = Lines(label=gettext_lazy("Other names"), help_text=gettext_lazy("One on each line, at most ten."))
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What it does"), choices=ActorRole.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    website = forms.URLField(label=gettext_lazy("Website"), max_length=500, required=False, assume_scheme="https")
    offers = Lines(
        label=gettext_lazy("What you offer others"), help_text=gettext_lazy("One on each line, at most ten: rooms, skills, goods.")
    )
    needs = Lines(
        label=gettext_lazy("What you look for"), help_text=gettext_lazy("One on each line, at most ten: premises, partners, orders.")
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=_who_sees,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("“Only the team sees it” removes your organisation from every public page, map and download at once."),
    )

    class Meta:
        model = Organisation
        fields = [
            "activity",
            "local_names",
            "roles",
            "website",
            "founded",
            "offers",
            "needs",
            "address",
            "district",
            "lon",
            "lat",
            "visibility",
        ]
        widgets = {"activity": forms.Textarea(attrs={"rows": 3})}

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OWN if name in self.cleaned_data}
