"""Addresses of step 1."""

from __future__ import annotations

from django.urls import path

from rrr.understand.views import diagnosis, diagnosis_answers, diagnosis_results, imports, organisations, portraits, records, territories

app_name = "understand"
PORTRAIT = "territories/<slug:territory>/portrait/"
ROUND = "territories/<slug:territory>/diagnosis/<slug:key>/"
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
    path("territories/<slug:territory>/organisations/<slug:slug>/take/", organisations.take, name="organisation_take"),
    path("territories/<slug:territory>/organisations/<slug:slug>/history/", organisations.history, name="organisation_history"),
    path("territories/<slug:territory>/diagnosis/", diagnosis.rounds, name="diagnosis"),
    path("territories/<slug:territory>/diagnosis/new/", diagnosis.new, name="diagnosis_new"),
    path(ROUND, diagnosis_answers.page, name="diagnosis_answer"),
    path(ROUND + "begin/", diagnosis_answers.begin, name="diagnosis_begin"),
    path(ROUND + "keep/", diagnosis_answers.keep, name="diagnosis_keep"),
    path(ROUND + "withdraw/", diagnosis_answers.withdraw, name="diagnosis_withdraw"),
    path(ROUND + "results/", diagnosis_results.results, name="diagnosis_results"),
    path(ROUND + "results.csv", diagnosis_results.results_csv, name="diagnosis_csv"),
    path(ROUND + "counts.csv", diagnosis_results.counts_csv, name="diagnosis_counts"),
    path(ROUND + "manage/", diagnosis.manage, name="diagnosis_manage"),
    path(ROUND + "manage/edit/", diagnosis.edit, name="diagnosis_edit"),
    path(ROUND + "manage/state/", diagnosis.state, name="diagnosis_state"),
    path(ROUND + "manage/print/", diagnosis.printable, name="diagnosis_print"),
    path(ROUND + "manage/reasons/<int:pk>/", diagnosis.moderate, name="diagnosis_moderate"),
    path(ROUND + "manage/answers.csv", diagnosis_results.answers_csv, name="diagnosis_answers"),
    path(PORTRAIT, portraits.newest, name="portrait"),
    path(PORTRAIT + "draft/", portraits.draft, name="portrait_draft"),
    path(PORTRAIT + "preview/", portraits.preview, name="portrait_preview"),
    path(PORTRAIT + "publish/", portraits.publish, name="portrait_publish"),
    path(PORTRAIT + "<int:number>/", portraits.version, name="portrait_version"),
    path(PORTRAIT + "<int:number>/content.json", portraits.content_json, name="portrait_content"),
    path(PORTRAIT + "<int:number>/take-back/", portraits.take_back, name="portrait_take_back"),
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
