"""Addresses of step 3."""

from __future__ import annotations

from django.urls import path

from rrr.explore.views import catalogue, curation, matches, shortlists

_CHALLENGE = "territories/<slug:territory>/challenges/<slug:slug>"

app_name = "explore"
urlpatterns = [
    path("search/", catalogue.search, name="search"),
    path("solutions/", catalogue.solutions, name="solutions"),
    path("solutions/new/", curation.new, name="solution_new"),
    path("solutions/drafts/", curation.drafts, name="solution_drafts"),
    path("solutions/<slug:slug>/", catalogue.solution, name="solution"),
    path("solutions/<slug:slug>/edit/", curation.edit, name="solution_edit"),
    path("solutions/<slug:slug>/publish/", curation.publish, name="solution_publish"),
    path("solutions/<slug:slug>/take-back/", curation.take_back, name="solution_take_back"),
    path("solutions/<slug:slug>/history/", curation.history, name="solution_history"),
    path("solutions/<slug:slug>/shortlist/", catalogue.choose_challenge, name="choose_challenge"),
    path(f"{_CHALLENGE}/matches/", matches.matches, name="matches"),
    path(f"{_CHALLENGE}/matches.csv", matches.matches_csv, name="matches_csv"),
    path(f"{_CHALLENGE}/shortlist/", shortlists.shortlist, name="shortlist"),
    path(f"{_CHALLENGE}/shortlist/add/", shortlists.add, name="shortlist_add"),
    path(f"{_CHALLENGE}/shortlist/history/", shortlists.history, name="shortlist_history"),
    path(f"{_CHALLENGE}/shortlist/<int:pk>/move/", shortlists.move, name="shortlist_move"),
    path(f"{_CHALLENGE}/shortlist/<int:pk>/choose/", shortlists.choose, name="shortlist_choose"),
    path(f"{_CHALLENGE}/shortlist/<int:pk>/drop/", shortlists.drop, name="shortlist_drop"),
    path(f"{_CHALLENGE}/shortlist/<int:pk>/note/", shortlists.note, name="shortlist_note"),
]
