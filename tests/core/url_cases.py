"""Who may open one's own pages: jobs, mail, tokens, data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rrr.core import outbox, tokens
from rrr.core.models import ApiToken, Job
from tests.people.url_cases import EVERYONE, SIGNED_IN, Case

OBSERVER_ONLY = frozenset({"observer"})  # whose job and token the world holds


def world(made: Mapping[str, Any]) -> dict[str, Any]:
    observer = made["people"]["observer"]
    token, _secret = tokens.issue(by=observer, name="Script", scopes=[ApiToken.Scope.READ], expires_at=None)
    job = Job.objects.create(kind="test", title="Count", by=observer)
    return {"token": token, "job": job, "unsubscribe": outbox.unsubscribe_token(observer.pk, "group")}


CASES: dict[str, Case] = {
    "core:jobs": Case(get=SIGNED_IN),
    "core:job": Case(get=OBSERVER_ONLY, kwargs=lambda made: {"pk": made["job"].pk}),
    "core:cancel_job": Case(post=OBSERVER_ONLY, kwargs=lambda made: {"pk": made["job"].pk}),
    "core:tokens": Case(get=SIGNED_IN, post=SIGNED_IN),
    "core:revoke_token": Case(post=OBSERVER_ONLY, kwargs=lambda made: {"pk": made["token"].pk}),
    "core:mail": Case(get=SIGNED_IN, post=SIGNED_IN),
    "core:my_data": Case(get=SIGNED_IN),
    "core:download_data": Case(get=SIGNED_IN),
    "core:erase": Case(get=SIGNED_IN, post=SIGNED_IN),
    "core:unsubscribe": Case(get=EVERYONE, post=EVERYONE, kwargs=lambda made: {"token": made["unsubscribe"]}),
}
