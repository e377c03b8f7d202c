"""Addresses of step 1."""

from __future__ import annotations

from django.urls import path

from rrr.understand.views import organisations, territories

app_name = "understand"
urlpatterns = [
    path("territories/", territories.territories, name="territories"),
    path("territories/new/", territories.new, name="territory_new"),
    path("territories/<slug:territory>/", territories.territory, name="territory"),
    path("territories/<slug:territory>/edit/", territories.edit, name="territory_edit"),
    path("territories/<slug:territory>/publish/", territories.publish, name="territory_publish"),
    path("territories/<slug:territory>/history/", territories.history, name="territory_history"),
    path("territories/<slug:territory>/sse/", territories.sse_here, name="sse_here"),
    path("territories/<slug:territory>/outline.geojson", territories.outline_geojson, name="outline_geojson"),
    path("territories/<slug:territory>/organisations.geojson", territories.organisations_geojson, name="organisations_geojson"),
    path("territories/<slug:territory>/organisations.csv", organisations.organisations_csv, name="organisations_csv"),
    path("territories/<slug:territory>/organisations/", organisations.organisation_list, name="organisations"),
    path("territories/<slug:territory>/organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("territories/<slug:territory>/organisations/<slug:slug>/edit/", organisations.edit, name="organisation_edit"),
    path("territories/<slug:territory>/organisations/<slug:slug>/visibility/", organisations.visibility, name="organisation_visibility"),
    path("territories/<slug:territory>/organisations/<slug:slug>/history/", organisations.history, name="organisation_history"),
]
