"""Who may do what: the roles, the permissions, and the table between them. Explained in docs/reference/roles.md."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The first five hold in one territory, the last two in the whole programme."""

    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    ANALYST = "analyst", _("Analyst")
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    MANAGER = "manager", _("Programme manager")
    CURATOR = "curator", _("Catalogue curator")


TERRITORY_ROLES = (Role.COORDINATOR, Role.FACILITATOR, Role.ANALYST, Role.MEMBER, Role.OBSERVER)
PROGRAMME_ROLES = (Role.MANAGER, Role.CURATOR)
TERRITORY_CHOICES = [(role.value, role.label) for role in TERRITORY_ROLES]
PROGRAMME_CHOICES = [(role.value, role.label) for role in PROGRAMME_ROLES]

ROLE_SENTENCES: dict[Role, str | Promise] = {
    Role.COORDINATOR: _("Runs the territory: team, registers, challenges, pilots, publication."),
    Role.FACILITATOR: _("Brings people to agree: statements, votes, priorities, working groups."),
    Role.ANALYST: _("Works with the data: imports, links, evidence, pilot plans, estimates."),
    Role.MEMBER: _("Takes part: sees drafts, adds evidence, works in groups, notes on shortlists."),
    Role.OBSERVER: _("Reads what the team reads, and changes nothing."),
    Role.MANAGER: _("Runs the programme: every territory, all roles, the pages of this site."),
    Role.CURATOR: _("Keeps the catalogue of solutions and their evidence in order."),
}


class Permission(TextChoices):
    """One thing a person may do. The label completes the sentence “You may …”."""

    # people and places
    TERRITORY_CREATE = "territory.create", _("make a new territory")
    TERRITORY_EDIT = "territory.edit", _("change the facts, boundary and districts of a territory")
    TERRITORY_PUBLISH = "territory.publish", _("publish a territory or take it back")
    TERRITORY_SEE_DRAFT = "territory.see_draft", _("see a territory and its parts before they are published")
    TEAM_SEE = "team.see", _("see who belongs to the team of a territory")
    TEAM_MANAGE = "team.manage", _("invite people to a territory, change their roles and remove them")
    GROUP_SEE = "group.see", _("see the working groups of a territory")
    GROUP_MANAGE = "group.manage", _("open and close working groups and choose their members")
    GROUP_JOIN = "group.join", _("join the working groups of a territory")
    GROUP_WORK = "group.work", _("plan meetings and write tasks and minutes in a working group")
    BODY_CREATE = "body.create", _("enter a body, such as an authority or an association")
    BODY_MANAGE = "body.manage", _("change any body and its members")
    HISTORY_SEE = "history.see", _("read who changed what")
    PROGRAMME_MANAGE = "programme.manage", _("give and take programme roles")
    PROGRAMME_SEE = "programme.see", _("see where every territory stands")
    PAGES_EDIT = "pages.edit", _("edit the pages of this site, such as the privacy notice")
    REPORTS_HANDLE = "reports.handle", _("read and answer reports about content")
    # 1 understand
    REGISTER_IMPORT = "register.import", _("import a register")
    REGISTER_UNDO = "register.undo", _("undo an import")
    LINK_DECIDE = "link.decide", _("decide which records are the same organisation")
    ORGANISATION_EDIT = "organisation.edit", _("change an organisation")
    ORGANISATION_PUBLISH = "organisation.publish", _("publish organisations or take them back")
    ORGANISATION_CLAIM = "organisation.claim", _("claim the profile of your organisation")
    ORGANISATION_SPEAK = "organisation.speak", _("write the entry of your organisation")
    CLAIM_CONFIRM = "claim.confirm", _("confirm who speaks for an organisation")
    PLACE_HIDE = "place.hide", _("hide or blur the place of an organisation")
    ANALYSIS_RUN = "analysis.run", _("compute coverage, networks and other analyses")
    DIAGNOSIS_RUN = "diagnosis.run", _("ask people about the ecosystem, decide about their reasons and publish the result")
    NETWORK_CLOSE = "network.close", _("see who would be cut off if an organisation closed")
    PORTRAIT_EDIT = "portrait.edit", _("write the public portrait of the ecosystem")
    # 2 define
    CHALLENGE_CREATE = "challenge.create", _("open a challenge")
    CHALLENGE_EDIT = "challenge.edit", _("change a challenge")
    CHALLENGE_PUBLISH = "challenge.publish", _("publish a challenge or take it back")
    EVIDENCE_ADD = "evidence.add", _("add evidence to a challenge")
    DELIBERATION_RUN = "deliberation.run", _("open, moderate and close a vote on statements")
    STATEMENT_PROPOSE = "statement.propose", _("propose a statement")
    VOTE = "vote.cast", _("vote on statements")
    PRIORITY_RATE = "priority.rate", _("rate challenges")
    PRIORITY_SET = "priority.set", _("set criteria and priorities")
    # 3 explore
    SOLUTION_EDIT = "solution.edit", _("change a solution of the catalogue")
    SOLUTION_PUBLISH = "solution.publish", _("publish a solution or take it back")
    SOLUTION_PROPOSE = "solution.propose", _("propose a solution")
    SHORTLIST_SEE = "shortlist.see", _("see shortlists and their notes")
    SHORTLIST_EDIT = "shortlist.edit", _("put solutions on a shortlist and take them off")
    SHORTLIST_NOTE = "shortlist.note", _("write notes on a shortlist")
    CALL_RUN = "call.run", _("open and close a call for solutions")
    CALL_ANSWER = "call.answer", _("answer a call")
    # 4 experiment
    ADAPTATION_EDIT = "adaptation.edit", _("adapt a solution to the territory")
    PILOT_SEE = "pilot.see", _("see pilots that are not published")
    PILOT_PLAN = "pilot.plan", _("plan a pilot")
    PILOT_FREEZE = "pilot.freeze", _("freeze the plan of a pilot")
    PILOT_REGISTER = "pilot.register", _("register units in a pilot")
    PILOT_DATA = "pilot.data", _("upload and read the data of a pilot")
    PILOT_ESTIMATE = "pilot.estimate", _("estimate the result of a pilot")
    PILOT_DECIDE = "pilot.decide", _("decide what follows from a pilot")
    # 5 exchange
    CASE_EDIT = "case.edit", _("write a case")
    CASE_PUBLISH = "case.publish", _("publish a case or take it back")
    PEERS_FORM = "peers.form", _("form groups of peer territories")
    SESSION_HOLD = "session.hold", _("plan and hold exchange sessions")
    COMMITMENT_MAKE = "commitment.make", _("make a commitment for a territory")


P = Permission
EVERYONE: frozenset[Permission] = frozenset({P.VOTE})
SIGNED_IN: frozenset[Permission] = EVERYONE | {P.BODY_CREATE, P.ORGANISATION_CLAIM, P.STATEMENT_PROPOSE, P.SOLUTION_PROPOSE, P.CALL_ANSWER}

_OBSERVER = SIGNED_IN | {P.TERRITORY_SEE_DRAFT, P.TEAM_SEE, P.GROUP_SEE, P.SHORTLIST_SEE, P.PILOT_SEE}
_MEMBER = _OBSERVER | {P.GROUP_JOIN, P.EVIDENCE_ADD, P.PRIORITY_RATE, P.SHORTLIST_NOTE}
_ANALYST = _MEMBER | {
    P.HISTORY_SEE, P.REGISTER_IMPORT, P.REGISTER_UNDO, P.LINK_DECIDE, P.ORGANISATION_EDIT, P.PLACE_HIDE, P.ANALYSIS_RUN,
    P.PORTRAIT_EDIT, P.CHALLENGE_EDIT, P.SHORTLIST_EDIT, P.ADAPTATION_EDIT, P.PILOT_PLAN, P.PILOT_REGISTER, P.PILOT_DATA,
    P.PILOT_ESTIMATE, P.CASE_EDIT,
}  # fmt: skip
_FACILITATOR = _MEMBER | {
    P.HISTORY_SEE, P.GROUP_MANAGE, P.GROUP_WORK, P.DIAGNOSIS_RUN, P.CHALLENGE_CREATE, P.CHALLENGE_EDIT, P.DELIBERATION_RUN, P.PRIORITY_SET, P.SHORTLIST_EDIT,
    P.ADAPTATION_EDIT, P.CASE_EDIT, P.SESSION_HOLD,
}  # fmt: skip
BY_TIE = frozenset({P.ORGANISATION_SPEAK})  # no role gives it, only an accepted claim (`Organisation.grants`)
_PROGRAMME_ONLY = frozenset({
    P.TERRITORY_CREATE, P.BODY_MANAGE, P.PROGRAMME_MANAGE, P.PROGRAMME_SEE, P.PAGES_EDIT, P.REPORTS_HANDLE, P.SOLUTION_EDIT,
    P.SOLUTION_PUBLISH, P.PEERS_FORM,
})  # fmt: skip

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OBSERVER: frozenset(_OBSERVER),
    Role.MEMBER: frozenset(_MEMBER),
    Role.ANALYST: frozenset(_ANALYST),
    Role.FACILITATOR: frozenset(_FACILITATOR),
    Role.COORDINATOR: frozenset(Permission) - _PROGRAMME_ONLY - BY_TIE,
    Role.CURATOR: SIGNED_IN | {P.PROGRAMME_SEE, P.SOLUTION_EDIT, P.SOLUTION_PUBLISH, P.TERRITORY_SEE_DRAFT},
    Role.MANAGER: frozenset(Permission) - BY_TIE,
}
