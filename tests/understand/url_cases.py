"""Who may open the pages of step 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tests.factories import registers
from tests.people.url_cases import COORDINATION, DATA, EVERYONE, FACILITATION, PROGRAMME, SIGNED_IN, Case


def world(made: Mapping[str, Any]) -> dict[str, Any]:
    from rrr.understand.actions import claims, organisations
    from rrr.understand.models import Claim

    draft = organisations.Draft(values={"name": "Cooperativa Sole"})
    [organisation] = organisations.add(by=made["owner"], territory=made["turin"], drafts=[draft])
    one = registers.compared(made["turin"], by=made["owner"])
    claim = claims.ask(by=made["people"]["observer"], organisation=organisation, position="Chair")
    claims.decide(by=made["owner"], claim=claim, yes=True)
    Claim.objects.filter(pk=claim.pk).update(holds_from=timezone.now())
    return {"organisation": organisation, "import": one, "record": one.records.first(), "claim": claim}


def _claim(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["claim"].pk}


def _token(made: Mapping[str, Any]) -> dict[str, Any]:
    from rrr.understand.actions import claims

    return {"token": claims.token(made["claim"])}


def _import(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["import"].pk}


def _record(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_import(made), "record": made["record"].pk}


def _turin(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin"}


def _organisation(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "slug": made["organisation"].slug}


HOLDER = frozenset({"observer"})  # whose claim of the organisation holds
READERS_OF_HISTORY = DATA | FACILITATION

CASES: dict[str, Case] = {
    "understand:territories": Case(get=EVERYONE),
    "understand:territory_new": Case(get=PROGRAMME, post=PROGRAMME),
    "understand:territory": Case(get=EVERYONE, kwargs=_turin),
    "understand:territory_edit": Case(get=COORDINATION, post=COORDINATION, kwargs=_turin),
    "understand:territory_publish": Case(post=COORDINATION, kwargs=_turin),
    "understand:territory_history": Case(get=READERS_OF_HISTORY, kwargs=_turin),
    "understand:sse_here": Case(get=EVERYONE, kwargs=_turin),
    "understand:network": Case(get=EVERYONE, kwargs=_turin),
    "understand:network_ties_csv": Case(get=EVERYONE, kwargs=_turin),
    "understand:network_organisations_csv": Case(get=EVERYONE, kwargs=_turin),
    "understand:network_closing": Case(get=COORDINATION, kwargs=_turin),
    "understand:outline_geojson": Case(get=EVERYONE, kwargs=_turin),
    "understand:organisations": Case(get=EVERYONE, kwargs=_turin),
    "understand:organisations_csv": Case(get=EVERYONE, kwargs=_turin),
    "understand:organisations_geojson": Case(get=EVERYONE, kwargs=_turin),
    "understand:organisation": Case(get=EVERYONE, kwargs=_organisation),
    "understand:organisation_edit": Case(get=DATA, post=DATA, kwargs=_organisation),
    "understand:organisation_visibility": Case(get=DATA, post=DATA, kwargs=_organisation),
    "understand:organisation_history": Case(get=READERS_OF_HISTORY, kwargs=_organisation),
    "understand:organisation_take": Case(post=DATA, kwargs=_organisation),
    "understand:organisation_claim": Case(get=SIGNED_IN, post=SIGNED_IN, kwargs=_organisation),
    "understand:organisation_own": Case(get=HOLDER, post=HOLDER, kwargs=_organisation),
    "understand:claim_leave": Case(post=HOLDER, kwargs=_organisation),
    "understand:claims": Case(get=COORDINATION, kwargs=_turin),
    "understand:claim_decide": Case(get=COORDINATION, post=COORDINATION, kwargs=_claim),
    "understand:claim_object": Case(get=EVERYONE, post=EVERYONE, kwargs=_token),
    "understand:imports": Case(get=DATA, kwargs=_turin),
    "understand:import_new": Case(get=DATA, post=DATA, kwargs=_turin),
    "understand:import": Case(get=DATA, kwargs=_import),
    "understand:import_read_as": Case(post=DATA, kwargs=_import, data={"header_line": "none"}),
    "understand:import_columns": Case(get=DATA, post=DATA, kwargs=_import),
    "understand:import_scope": Case(get=DATA, post=DATA, kwargs=_import),
    "understand:import_records": Case(get=DATA, kwargs=_import),
    "understand:import_record": Case(get=DATA, post=DATA, kwargs=_record),
    "understand:import_rejected": Case(get=DATA, kwargs=_import),
    "understand:import_rejected_csv": Case(get=DATA, kwargs=_import),
    "understand:import_review": Case(get=DATA, kwargs=_import),
    "understand:import_obvious": Case(post=DATA, kwargs=_import),
    "understand:import_reopen": Case(post=DATA, kwargs=_import),
    "understand:import_publish": Case(post=COORDINATION, kwargs=_import),
    "understand:import_undo": Case(post=DATA, kwargs=_import),
}
