"""What step 1 keeps: organisations with their sources and ties; registers, their imports, and what people decided about them."""

from rrr.understand.blocks import BuildingBlock
from rrr.understand.models.audits import AuditPair, AuditSample
from rrr.understand.models.claims import Claim, ClaimBasis, ClaimState
from rrr.understand.models.coverage import EnteredRecall, RegisterReach
from rrr.understand.models.diagnosis import BlockAnswer, BlockReason, DiagnosisRound, ReasonState, Respondent, RoundState
from rrr.understand.models.imports import (
    TIED,
    Group,
    ImportChange,
    ImportSource,
    ImportState,
    Licence,
    LinkDecision,
    Presence,
    Purpose,
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
    "TIED", "ActorRole", "AuditPair", "AuditSample", "BlockAnswer", "BlockReason", "BuildingBlock", "Claim", "ClaimBasis", "ClaimState",
    "Confidence", "DiagnosisRound", "EnteredRecall", "Goal", "Group", "ImportChange", "ImportSource", "ImportState", "Kind", "Licence",
    "LinkDecision", "Organisation", "OrganisationQuerySet", "OrganisationSource", "Place", "Portrait", "Precision", "Presence", "Purpose",
    "ReasonState", "RegisterImport", "RegisterReach", "RegisterRecord", "RegisterRecordQuerySet", "RejectedRow", "Relation", "RelationKind",
    "RelationQuerySet", "Respondent", "RoundState", "Scope", "Sector", "Status", "Verdict", "Visibility",
]  # fmt: skip
