"""Addresses of one's own jobs, mail, tokens and data."""

from __future__ import annotations

from django.urls import path

from rrr.core import views

app_name = "core"
urlpatterns = [
    path("jobs/", views.job_list, name="jobs"),
    path("jobs/<uuid:pk>/", views.job, name="job"),
    path("jobs/<uuid:pk>/cancel/", views.cancel_job, name="cancel_job"),
    path("me/tokens/", views.token_list, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("me/mail/", views.mail, name="mail"),
    path("me/data/", views.my_data, name="my_data"),
    path("me/data/download/", views.download_data, name="download_data"),
    path("me/data/erase/", views.erase, name="erase"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
