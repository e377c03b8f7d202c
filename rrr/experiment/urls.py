"""Addresses of step 4."""

from __future__ import annotations

from django.urls import path

from rrr.experiment.views import adaptations, data, pilots, plans

app_name = "experiment"
_ADAPTATIONS, _PILOT = "territories/<slug:territory>/adaptations/", "territories/<slug:territory>/pilots/<slug:slug>/"
urlpatterns = [
    path("pilots/", pilots.registry, name="pilots"),
    path("pilots/chain/", pilots.chain, name="chain"),
    path("pilots/chain.csv", pilots.chain_csv, name="chain_csv"),
    path("territories/<slug:territory>/pilots/", pilots.territory_pilots, name="territory_pilots"),
    path(_ADAPTATIONS, adaptations.adaptation_list, name="adaptations"),
    path(f"{_ADAPTATIONS}new/", adaptations.start, name="adaptation_start"),
    path(f"{_ADAPTATIONS}<int:pk>/", adaptations.adaptation, name="adaptation"),
    path(f"{_ADAPTATIONS}<int:pk>/edit/", adaptations.edit, name="adaptation_edit"),
    path(f"{_ADAPTATIONS}<int:pk>/parts/<int:part>/", adaptations.part, name="adaptation_part"),
    path(f"{_ADAPTATIONS}<int:pk>/history/", adaptations.history, name="adaptation_history"),
    path(f"{_ADAPTATIONS}<int:pk>/pilots/new/", pilots.new, name="pilot_new"),
    path(_PILOT, pilots.pilot, name="pilot"),
    path(f"{_PILOT}plan/", plans.edit, name="plan_edit"),
    path(f"{_PILOT}plan/units/", plans.units, name="units"),
    path(f"{_PILOT}plan/freeze/", plans.freeze, name="freeze"),
    path(f"{_PILOT}plan/<int:number>.json", pilots.plan_json, name="plan_json"),
    path(f"{_PILOT}draw/", plans.draw, name="draw"),
    path(f"{_PILOT}arms.csv", plans.arms_csv, name="arms_csv"),
    path(f"{_PILOT}data/", data.data, name="data"),
    path(f"{_PILOT}data/<int:pk>/rejected.csv", data.rejected_csv, name="rejected_csv"),
    path(f"{_PILOT}data/<int:pk>/rows.csv", data.rows_csv, name="rows_csv"),
    path(f"{_PILOT}estimate/", pilots.estimate, name="estimate"),
    path(f"{_PILOT}decide/", pilots.decide, name="decide"),
    path(f"{_PILOT}history/", pilots.history, name="pilot_history"),
]
