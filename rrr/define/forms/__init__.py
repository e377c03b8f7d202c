"""Forms of step 2."""

from rrr.define.forms.challenges import ChallengeForm, FilterForm, StateForm, TakeUpForm
from rrr.define.forms.evidence import DocumentForm, IndicatorForm, QuoteForm, RemoveForm, StakeholderForm
from rrr.define.forms.polls import BeginForm, ModerationForm, PollForm, StatementForm

__all__ = [
    "BeginForm", "ChallengeForm", "DocumentForm", "FilterForm", "IndicatorForm", "ModerationForm", "PollForm", "QuoteForm", "RemoveForm",
    "StakeholderForm", "StateForm", "StatementForm", "TakeUpForm",
]  # fmt: skip
