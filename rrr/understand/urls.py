"""Addresses of step 1."""

from __future__ import annotations

from django.urls import path

from rrr.understand.views import coverage, downloads, imports, organisations, records, statistics, territories, vocabularies

app_name = "understand"
urlpatterns = [
    path("vocabularies/", vocabularies.vocabularies, name="vocabularies"),
    path("vocabularies/<slug:vocabulary>/", vocabularies.vocabulary, name="vocabulary"),
    path("vocabularies/<slug:vocabulary>.csv", vocabularies.vocabulary_csv, name="vocabulary_csv"),
    path("vocabularies/<slug:vocabulary>.ttl", vocabularies.vocabulary_turtle, name="vocabulary_turtle"),
    path("vocabularies/<slug:vocabulary>.jsonld", vocabularies.vocabulary_jsonld, name="vocabulary_jsonld"),
    path("territories/", territories.territories, name="territories"),
    path("territories/new/", territories.new, name="territory_new"),
    path("territories/<slug:territory>/", territories.territory, name="territory"),
    path("territories/<slug:territory>/edit/", territories.edit, name="territory_edit"),
    path("territories/<slug:territory>/publish/", territories.publish, name="territory_publish"),
    path("territories/<slug:territory>/history/", territories.history, name="territory_history"),
    path("territories/<slug:territory>/sse/", territories.sse_here, name="sse_here"),
    path("territories/<slug:territory>/outline.geojson", territories.outline_geojson, name="outline_geojson"),
    path("territories/<slug:territory>/organisations.geojson", downloads.organisations_geojson, name="organisations_geojson"),
    path("territories/<slug:territory>/organisations.csv", downloads.organisations_csv, name="organisations_csv"),
    path("territories/<slug:territory>/organisations.xlsx", downloads.organisations_xlsx, name="organisations_xlsx"),
    path("territories/<slug:territory>/organisations.ttl", downloads.organisations_turtle, name="organisations_turtle"),
    path("territories/<slug:territory>/organisations/", organisations.organisation_list, name="organisations"),
    path("territories/<slug:territory>/organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("territories/<slug:territory>/organisations/<slug:slug>/edit/", organisations.edit, name="organisation_edit"),
    path("territories/<slug:territory>/organisations/<slug:slug>/visibility/", organisations.visibility, name="organisation_visibility"),
    path("territories/<slug:territory>/organisations/<slug:slug>/take/", organisations.take, name="organisation_take"),
    path("territories/<slug:territory>/organisations/<slug:slug>/history/", organisations.history, name="organisation_history"),
    path("territories/<slug:territory>/coverage/", coverage.coverage, name="coverage"),
    path("territories/<slug:territory>/coverage/captures.csv", coverage.captures_csv, name="coverage_captures"),
    path("territories/<slug:territory>/coverage/registers.csv", coverage.registers_csv, name="coverage_registers"),
    path("territories/<slug:territory>/coverage/registers/<int:pk>/", coverage.reach, name="coverage_reach"),
    path("territories/<slug:territory>/coverage/recall.csv", coverage.recall_csv, name="coverage_recall_csv"),
    path("territories/<slug:territory>/coverage/recall/", coverage.recall, name="coverage_recall"),
    path("territories/<slug:territory>/coverage/recall/<int:pk>/withdraw/", coverage.recall_withdraw, name="coverage_recall_withdraw"),
    path("territories/<slug:territory>/statistics/", statistics.statistics, name="statistics"),
    path("territories/<slug:territory>/statistics.csv", statistics.statistics_csv, name="statistics_csv"),
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
