"""Addresses of step 5."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_GET

from rrr.exchange.views import cases, feeds, files, writing

app_name = "exchange"
urlpatterns = [
    path("cases/", cases.library, name="cases"),
    path("cases/feed.atom", require_GET(feeds.CaseFeed()), name="feed"),
    path("pilots/frozen-plans.atom", require_GET(feeds.PlanFeed()), name="plan_feed"),
    path("territories/<slug:territory>/cases/", cases.of_territory, name="territory_cases"),
    path("territories/<slug:territory>/cases/feed.atom", require_GET(feeds.TerritoryCaseFeed()), name="territory_feed"),
    path("territories/<slug:territory>/cases/start/<slug:pilot>/", writing.start, name="case_start"),
    path("territories/<slug:territory>/cases/<slug:slug>/", cases.case, name="case"),
    path("territories/<slug:territory>/cases/<slug:slug>/case.jsonld", files.jsonld, name="case_jsonld"),
    path("territories/<slug:territory>/cases/<slug:slug>/figures.json", files.figures, name="case_figures"),
    path("territories/<slug:territory>/cases/<slug:slug>/edit/", writing.edit, name="case_edit"),
    path("territories/<slug:territory>/cases/<slug:slug>/publish/", writing.publish, name="case_publish"),
    path("territories/<slug:territory>/cases/<slug:slug>/take-back/", writing.take_back, name="case_take_back"),
    path("territories/<slug:territory>/cases/<slug:slug>/history/", cases.history, name="case_history"),
    path("sitemap.xml", files.sitemap, name="sitemap"),
    path("robots.txt", files.robots, name="robots"),
]
