"""Addresses of people: below /people/, and the pages every instance has below /about/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from rrr.people.views import account, bodies, groups, meetings, pages, programme, team

app_name = "people"

_group: list[URLPattern | URLResolver] = [
    path("", groups.group, name="group"),
    path("edit/", groups.edit, name="group_edit"),
    path("members/", groups.members, name="group_members"),
    path("attend/", groups.attend, name="group_attend"),
    path("close/", groups.close, name="group_close"),
    path("meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<int:meeting>/", meetings.meeting, name="meeting"),
    path("meetings/<int:meeting>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:meeting>/minutes/", meetings.minutes, name="minutes"),
    path("tasks/new/", meetings.task_new, name="task_new"),
    path("tasks/<int:task>/", meetings.task_edit, name="task_edit"),
    path("tasks/<int:task>/tick/", meetings.task_tick, name="task_tick"),
]
_territory: list[URLPattern | URLResolver] = [
    path("team/", team.team, name="team"),
    path("team/invite/", team.invite, name="invite"),
    path("team/invitations/<uuid:pk>/withdraw/", team.withdraw, name="invitation_withdraw"),
    path("team/<int:pk>/", team.member, name="member"),
    path("team/<int:pk>/remove/", team.remove, name="member_remove"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new, name="group_new"),
    path("groups/<int:pk>/", include(_group)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", account.me, name="me"),
    path("people/profile/", account.profile, name="profile"),
    path("people/memberships/<int:pk>/leave/", account.leave, name="leave"),
    path("people/invitations/<str:secret>/", team.accept, name="accept"),
    path("people/territories/<slug:territory>/", include(_territory)),
    path("people/bodies/", bodies.bodies, name="bodies"),
    path("people/bodies/new/", bodies.new, name="body_new"),
    path("people/bodies/<int:pk>/", bodies.body, name="body"),
    path("people/bodies/<int:pk>/edit/", bodies.edit, name="body_edit"),
    path("people/bodies/<int:pk>/join/", bodies.join, name="body_join"),
    path("people/bodies/<int:pk>/members/<int:member>/confirm/", bodies.confirm, name="body_confirm"),
    path("people/bodies/<int:pk>/members/<int:member>/leave/", bodies.leave, name="body_leave"),
    path("people/programme/", programme.programme, name="programme"),
    path("people/programme/<int:pk>/revoke/", programme.revoke, name="programme_revoke"),
    path("about/report/", pages.report, name="report"),
    path("about/reports/", pages.reports, name="reports"),
    path("about/reports/<int:pk>/", pages.report_answer, name="report_answer"),
    path("about/<slug:slug>/", pages.page, name="page"),
    path("about/<slug:slug>/<str:language>/edit/", pages.page_edit, name="page_edit"),
]
