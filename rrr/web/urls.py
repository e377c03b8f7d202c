"""Root addresses. Each step brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rrr.web.pages")),
    path("accounts/", include("allauth.urls")),
    path("", include("rrr.core.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("rrr.people.urls")),
    path("", include("rrr.understand.urls")),
]
