"""Forms of sign-up, people, bodies, working groups and pages."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rrr.people.models import Body, BodyKind, ContentReport, InstancePage, Meeting, Task, User, WorkingGroup
from rrr.people.roles import PROGRAMME_CHOICES, ROLE_SENTENCES, TERRITORY_CHOICES, TERRITORY_ROLES


def languages() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != settings.PSEUDO_LANGUAGE]


def _zones() -> list[tuple[str, str]]:
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/")))
    return [("", _("That of the territory")), *((name, name.replace("_", " ")) for name in names)]


def _role_sentences() -> list[tuple[str, str]]:
    return [(role.value, f"{role.label}: {ROLE_SENTENCES[role]}") for role in TERRITORY_ROLES]


def _privacy_words() -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("people:page", args=["privacy"]), _("Read it (no account needed)"))


_privacy_link = lazy(_privacy_words, SafeString)  # addresses are not known yet while forms are loaded


class SignupForm(forms.Form):
    """What sign-up asks beyond e-mail and password; allauth takes it as a base class (so nothing of allauth may be imported here)."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=150, help_text=gettext_lazy("Shown to the people you work with."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=languages, initial=lambda: get_language() or settings.LANGUAGE_CODE
    )
    privacy = forms.BooleanField(
        label=gettext_lazy("I have read the privacy notice"),
        help_text=_privacy_link(),
        error_messages={"required": gettext_lazy("Read the privacy notice (it is linked at the foot of the page) and tick the box.")},
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        user.privacy_accepted_at = timezone.now()
        user.save(update_fields=["name", "language", "privacy_accepted_at"])


class ProfileForm(forms.ModelForm[User]):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=_zones, required=False)

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]


class InviteForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=_role_sentences, widget=forms.RadioSelect, initial="member")
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), required=False,
        help_text=gettext_lazy("With an address, the invitation goes there by mail and works for that address only. Without one, you get a link to pass on."),
    )  # fmt: skip
    uses = forms.IntegerField(label=gettext_lazy("How many people may use the link"), min_value=1, max_value=500, initial=1)
    days = forms.IntegerField(label=gettext_lazy("Days until it expires"), min_value=1, max_value=90, initial=14)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=TERRITORY_CHOICES)


class ProgrammeRoleForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address of an account"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=PROGRAMME_CHOICES)


class BodyForm(forms.ModelForm[Body]):
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https", max_length=200)

    class Meta:
        model = Body
        fields = ["name", "kind", "website", "territory"]

    def __init__(self, *args: Any, territories: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["territory"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = territories
            field.empty_label = _("Not in one territory")


class BodySearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name contains"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, choices=lambda: [("", _("All kinds")), *BodyKind.choices])


class GroupForm(forms.ModelForm[WorkingGroup]):
    class Meta:
        model = WorkingGroup
        fields = ["name", "purpose"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4})}

    def clean_name(self) -> str:
        """The database says it too; here it becomes a sentence."""
        name: str = self.cleaned_data["name"]
        twin = WorkingGroup.objects.filter(territory_id=self.instance.territory_id, name__iexact=name).exclude(pk=self.instance.pk)
        if twin.exists():
            raise ValidationError(_("This territory already has a working group called “%(name)s”; choose another name.") % {"name": name})
        return name


class GroupMembersForm(forms.Form):
    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Members"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = people


class MeetingForm(forms.ModelForm[Meeting]):
    """Reads and shows the time in the zone active around it (the view activates that of the territory)."""

    class Meta:
        model = Meeting
        fields = ["title", "starts_at", "place", "agenda"]
        widgets = {
            "starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "agenda": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].help_text = _("Local time, %(zone)s.") % {"zone": zone}


class MinutesForm(forms.ModelForm[Meeting]):
    class Meta:
        model = Meeting
        fields = ["minutes", "minutes_public"]
        widgets = {"minutes": forms.Textarea(attrs={"rows": 14})}
        help_texts = {"minutes_public": gettext_lazy("Otherwise the group alone reads them. Leave out what is private before you publish.")}


class TaskForm(forms.ModelForm[Task]):
    class Meta:
        model = Task
        fields = ["title", "who", "due"]
        widgets = {"due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people
            field.empty_label = _("Nobody yet")


class PageForm(forms.ModelForm[InstancePage]):
    class Meta:
        model = InstancePage
        fields = ["title", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 24})}


class ReportForm(forms.ModelForm[ContentReport]):
    class Meta:
        model = ContentReport
        fields = ["url", "reason", "text", "email"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "email": forms.EmailInput(attrs={"autocomplete": "email"})}


class ReportAnswerForm(forms.ModelForm[ContentReport]):
    closed = forms.BooleanField(label=gettext_lazy("This report is settled"), required=False)

    class Meta:
        model = ContentReport
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 4})}
