"""Who may open the pages of step 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tests.factories import diagnosis, registers
from tests.people.url_cases import COORDINATION, DATA, EVERYONE, FACILITATION, PROGRAMME, SIGNED_IN, Case


def world(made: Mapping[str, Any]) -> dict[str, Any]:
    from rrr.understand.actions import claims, coverage, imports, organisations
    from rrr.understand.actions import portrait as portraits
    from rrr.understand.models import Claim

    draft = organisations.Draft(values={"name": "Cooperativa Sole"})
    [organisation] = organisations.add(by=made["owner"], territory=made["turin"], drafts=[draft])
    one = registers.compared(made["turin"], by=made["owner"])
    [record, other, *_more] = one.records.order_by("line")
    decision = imports.decide(by=made["owner"], record=other, verdict="leave")
    sample = imports.draw_audit(by=made["owner"], territory=made["turin"], size=3)
    claim = claims.ask(by=made["people"]["observer"], organisation=organisation, position="Chair")
    claims.decide(by=made["owner"], claim=claim, yes=True)
    Claim.objects.filter(pk=claim.pk).update(holds_from=timezone.now())
    recall = coverage.enter_recall(by=made["owner"], territory=made["turin"], pairs=100, found=95, note="A sample of 100 pairs")
    coverage.declare_reach(by=made["owner"], source=one.source, kinds=["association"], note="Its law")
    published = diagnosis.published(made["turin"], by=made["owner"])
    portraits.save_draft(by=made["owner"], territory=made["turin"], values={"language": "en", "summary": "Strong.", "unknown": ""})
    portrait = portraits.publish(by=made["owner"], territory=made["turin"])
    portraits.save_draft(by=made["owner"], territory=made["turin"], values={"language": "en", "summary": "Stronger.", "unknown": ""})
    return {
        "organisation": organisation,
        "import": one,
        "record": record,
        "decision": decision,
        "pair": sample.pairs.first(),
        "claim": claim,
        "recall": recall,
        "portrait": portrait,
        "round": diagnosis.opened(made["turin"], by=made["owner"]),
        "round_published": published,
        "round_reason": published.reasons.first(),
    }


def _claim(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["claim"].pk}


def _token(made: Mapping[str, Any]) -> dict[str, Any]:
    from rrr.understand.actions import claims

    return {"token": claims.token(made["claim"])}


def _import(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["import"].pk}


def _source(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["import"].source_id}


def _recall(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["recall"].pk}


def _record(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_import(made), "record": made["record"].pk}


def _decision(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["decision"].pk}


def _pair(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["pair"].pk}


def _turin(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin"}


def _organisation(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "slug": made["organisation"].slug}


def _round(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "key": made["round"].key}


def _published(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "key": made["round_published"].key}


def _reason(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_published(made), "pk": made["round_reason"].pk}


def _version(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "number": made["portrait"].number}


def _types(_made: Mapping[str, Any]) -> dict[str, Any]:
    return {"vocabulary": "types"}


HOLDER = frozenset({"observer"})  # whose claim of the organisation holds
READERS_OF_HISTORY = DATA | FACILITATION

CASES: dict[str, Case] = {
    "understand:vocabularies": Case(get=EVERYONE),
    "understand:vocabulary": Case(get=EVERYONE, kwargs=_types),
    "understand:vocabulary_csv": Case(get=EVERYONE, kwargs=_types),
    "understand:vocabulary_turtle": Case(get=EVERYONE, kwargs=_types),
    "understand:vocabulary_jsonld": Case(get=EVERYONE, kwargs=_types),
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
    "understand:organisations_xlsx": Case(get=EVERYONE, kwargs=_turin),
    "understand:organisations_turtle": Case(get=EVERYONE, kwargs=_turin),
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
    "understand:coverage": Case(get=EVERYONE, kwargs=_turin),
    "understand:coverage_captures": Case(get=EVERYONE, kwargs=_turin),
    "understand:coverage_registers": Case(get=EVERYONE, kwargs=_turin),
    "understand:coverage_reach": Case(get=DATA, post=DATA, kwargs=_source, data={"kinds": ["association"], "note": "Its law"}),
    "understand:coverage_recall_csv": Case(get=EVERYONE, kwargs=_turin),
    "understand:coverage_recall": Case(get=DATA, post=DATA, kwargs=_turin, data={"pairs": "60", "found": "57", "note": "A sample"}),
    "understand:coverage_recall_withdraw": Case(post=DATA, kwargs=_recall),
    "understand:statistics": Case(get=EVERYONE, kwargs=_turin),
    "understand:statistics_csv": Case(get=EVERYONE, kwargs=_turin),
    "understand:diagnosis": Case(get=EVERYONE, kwargs=_turin),
    "understand:diagnosis_new": Case(get=FACILITATION, post=FACILITATION, kwargs=_turin),
    "understand:diagnosis_answer": Case(get=EVERYONE, kwargs=_round),
    "understand:diagnosis_begin": Case(post=EVERYONE, kwargs=_round),
    "understand:diagnosis_keep": Case(post=EVERYONE, kwargs=_round),
    "understand:diagnosis_withdraw": Case(get=EVERYONE, post=EVERYONE, kwargs=_round),
    "understand:diagnosis_results": Case(get=EVERYONE, kwargs=_published),
    "understand:diagnosis_csv": Case(get=EVERYONE, kwargs=_published),
    "understand:diagnosis_counts": Case(get=EVERYONE, kwargs=_published),
    "understand:diagnosis_manage": Case(get=FACILITATION, kwargs=_round),
    "understand:diagnosis_edit": Case(get=FACILITATION, post=FACILITATION, kwargs=_round),
    "understand:diagnosis_state": Case(post=FACILITATION, kwargs=_round),
    "understand:diagnosis_print": Case(get=FACILITATION, kwargs=_round),
    "understand:diagnosis_moderate": Case(post=FACILITATION, kwargs=_reason),
    "understand:diagnosis_answers": Case(post=FACILITATION, kwargs=_published),
    "understand:portrait": Case(get=EVERYONE, kwargs=_turin),
    "understand:portrait_draft": Case(get=DATA, post=DATA, kwargs=_turin),
    "understand:portrait_preview": Case(get=DATA, kwargs=_turin),
    "understand:portrait_publish": Case(post=COORDINATION, kwargs=_turin),
    "understand:portrait_version": Case(get=EVERYONE, kwargs=_version),
    "understand:portrait_content": Case(get=EVERYONE, kwargs=_version),
    "understand:portrait_pdf": Case(get=EVERYONE, kwargs=_version),
    "understand:portrait_take_back": Case(post=COORDINATION, kwargs=_version),
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
    "understand:queue": Case(get=DATA, kwargs=_turin),
    "understand:audit": Case(get=DATA, post=DATA, kwargs=_turin),
    "understand:audit_pair": Case(get=DATA, post=DATA, kwargs=_pair),
    "understand:ledger": Case(get=DATA, kwargs=_turin),
    "understand:ledger_csv": Case(get=DATA, kwargs=_turin),
    "understand:ledger_undo": Case(post=DATA, kwargs=_decision),
}
