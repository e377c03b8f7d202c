"""What step 1 keeps: organisations with their sources and ties; registers, their imports, and what people decided about them."""

from rrr.understand.blocks import BuildingBlock
from rrr.understand.models.diagnosis import BlockAnswer, BlockReason, DiagnosisRound, ReasonState, Respondent, RoundState
from rrr.understand.models.imports import (
    Group,
    ImportChange,
    ImportSource,
    ImportState,
    Licence,
    LinkDecision,
    Presence,
    RegisterImport,
    RegisterRecord,
    RegisterRecordQuerySet,
    RejectedRow,
    Scope,
    Verdict,
)
from rrr.understand.models.organisations import (
    Organisation,
    OrganisationQuerySet,
    OrganisationSource,
    Place,
    Relation,
    RelationQuerySet,
)
from rrr.understand.models.portrait import Portrait
from rrr.understand.vocabulary import ActorRole, Confidence, Goal, Kind, Precision, RelationKind, Sector, Status, Visibility

__all__ = [
    "ActorRole", "BlockAnswer", "BlockReason", "BuildingBlock", "Confidence", "DiagnosisRound", "Goal", "Group", "ImportChange",
    "ImportSource", "ImportState", "Kind", "Licence", "LinkDecision", "Organisation", "OrganisationQuerySet", "OrganisationSource", "Place",
    "Portrait", "Precision", "Presence", "ReasonState", "RegisterImport", "RegisterRecord", "RegisterRecordQuerySet", "RejectedRow",
    "Relation", "RelationKind", "RelationQuerySet", "Respondent", "RoundState", "Scope", "Sector", "Status", "Verdict", "Visibility",
]  # fmt: skip
