"""Addresses of step 2."""

from __future__ import annotations

from django.urls import URLPattern, path

from rrr.define.views import challenges, editing, evidence, polls, results, voting

app_name = "define"
HERE = "territories/<slug:territory>/"
ONE = HERE + "challenges/<slug:slug>/"
POLL = HERE + "votes/<slug:key>/"

urlpatterns: list[URLPattern] = [
    path("challenges/", challenges.library, name="challenges"),
    path("challenges/<slug:slug>/", challenges.library_challenge, name="library_challenge"),
    path("challenges/<slug:slug>/take-up/", editing.take_up_library, name="library_take_up"),
    path(HERE + "challenges/", challenges.of_territory, name="territory_challenges"),
    path(HERE + "challenges/new/", editing.new, name="challenge_new"),
    path(ONE, challenges.challenge, name="challenge"),
    path(ONE + "edit/", editing.edit, name="challenge_edit"),
    path(ONE + "state/", editing.state, name="challenge_state"),
    path(ONE + "history/", editing.history, name="challenge_history"),
    path(ONE + "take-up/", editing.take_up, name="challenge_take_up"),
    path(ONE + "evidence/", evidence.choose, name="evidence_choose"),
    path(ONE + "evidence/indicator/", evidence.indicator, name="evidence_indicator"),
    path(ONE + "evidence/document/", evidence.document, name="evidence_document"),
    path(ONE + "evidence/quote/", evidence.quote, name="evidence_quote"),
    path(ONE + "evidence/<int:pk>/remove/", evidence.remove, name="evidence_remove"),
    path(ONE + "evidence/<int:pk>/series.csv", evidence.series, name="evidence_series"),
    path(ONE + "table/", evidence.seat, name="stakeholder_add"),
    path(ONE + "table/<int:pk>/remove/", evidence.leave, name="stakeholder_remove"),
    path(ONE + "votes/new/", polls.new, name="poll_new"),
    path(POLL, voting.vote, name="vote"),
    path(POLL + "begin/", voting.begin, name="vote_begin"),
    path(POLL + "answer/", voting.answer, name="vote_answer"),
    path(POLL + "propose/", voting.propose, name="vote_propose"),
    path(POLL + "withdraw/", voting.withdraw, name="vote_withdraw"),
    path(POLL + "results/", results.results, name="vote_results"),
    path(POLL + "results.csv", results.open_csv, name="vote_csv"),
    path(POLL + "manage/", polls.manage, name="poll_manage"),
    path(POLL + "manage/edit/", polls.edit, name="poll_edit"),
    path(POLL + "manage/state/", polls.state, name="poll_state"),
    path(POLL + "manage/statement/", polls.add_statement, name="poll_statement"),
    path(POLL + "manage/statement/<int:pk>/", polls.moderate, name="poll_moderate"),
    path(POLL + "manage/print/", polls.printable, name="poll_print"),
    path(POLL + "manage/all.csv", results.full_csv, name="poll_full_csv"),
]
