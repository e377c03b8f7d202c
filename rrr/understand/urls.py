"""Addresses of step 1."""

from __future__ import annotations

from django.urls import path

from rrr.understand.views import claims, imports, network, organisations, records, territories

app_name = "understand"
urlpatterns = [
    path("territories/", territories.territories, name="territories"),
    path("territories/new/", territories.new, name="territory_new"),
    path("territories/<slug:territory>/", territories.territory, name="territory"),
    path("territories/<slug:territory>/edit/", territories.edit, name="territory_edit"),
    path("territories/<slug:territory>/publish/", territories.publish, name="territory_publish"),
    path("territories/<slug:territory>/history/", territories.history, name="territory_history"),
    path("territories/<slug:territory>/sse/", territories.sse_here, name="sse_here"),
    path("territories/<slug:territory>/network/", network.show, name="network"),
    path("territories/<slug:territory>/network/ties.csv", network.ties_csv, name="network_ties_csv"),
    path("territories/<slug:territory>/network/organisations.csv", network.organisations_csv, name="network_organisations_csv"),
    path("territories/<slug:territory>/network/closing/", network.closing, name="network_closing"),
    path("territories/<slug:territory>/outline.geojson", territories.outline_geojson, name="outline_geojson"),
    path("territories/<slug:territory>/organisations.geojson", territories.organisations_geojson, name="organisations_geojson"),
    path("territories/<slug:territory>/organisations.csv", organisations.organisations_csv, name="organisations_csv"),
    path("territories/<slug:territory>/organisations/", organisations.organisation_list, name="organisations"),
    path("territories/<slug:territory>/organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("territories/<slug:territory>/organisations/<slug:slug>/edit/", organisations.edit, name="organisation_edit"),
    path("territories/<slug:territory>/organisations/<slug:slug>/visibility/", organisations.visibility, name="organisation_visibility"),
    path("territories/<slug:territory>/organisations/<slug:slug>/take/", organisations.take, name="organisation_take"),
    path("territories/<slug:territory>/organisations/<slug:slug>/history/", organisations.history, name="organisation_history"),
    path("territories/<slug:territory>/organisations/<slug:slug>/claim/", claims.claim, name="organisation_claim"),
    path("territories/<slug:territory>/organisations/<slug:slug>/own/", claims.own, name="organisation_own"),
    path("territories/<slug:territory>/organisations/<slug:slug>/leave/", claims.leave, name="claim_leave"),
    path("territories/<slug:territory>/claims/", claims.claim_list, name="claims"),
    path("territories/<slug:territory>/claims/<int:pk>/", claims.decide, name="claim_decide"),
    path("claims/<str:token>/", claims.object_to, name="claim_object"),
    path("territories/<slug:territory>/imports/", imports.import_list, name="imports"),
    path("territories/<slug:territory>/imports/new/", imports.new, name="import_new"),
    path("territories/<slug:territory>/imports/<int:pk>/", imports.show, name="import"),
    path("territories/<slug:territory>/imports/<int:pk>/read-as/", imports.read_as, name="import_read_as"),
    path("territories/<slug:territory>/imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("territories/<slug:territory>/imports/<int:pk>/scope/", imports.scope, name="import_scope"),
    path("territories/<slug:territory>/imports/<int:pk>/records/", records.record_list, name="import_records"),
    path("territories/<slug:territory>/imports/<int:pk>/records/<int:record>/", records.record, name="import_record"),
    path("territories/<slug:territory>/imports/<int:pk>/rejected/", records.rejected, name="import_rejected"),
    path("territories/<slug:territory>/imports/<int:pk>/rejected.csv", records.rejected_csv, name="import_rejected_csv"),
    path("territories/<slug:territory>/imports/<int:pk>/review/", records.review, name="import_review"),
    path("territories/<slug:territory>/imports/<int:pk>/obvious/", records.decide_obvious, name="import_obvious"),
    path("territories/<slug:territory>/imports/<int:pk>/reopen/", records.reopen, name="import_reopen"),
    path("territories/<slug:territory>/imports/<int:pk>/publish/", records.publish, name="import_publish"),
    path("territories/<slug:territory>/imports/<int:pk>/undo/", records.undo, name="import_undo"),
]
