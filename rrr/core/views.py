"""Pages about one's own jobs, mail, tokens and data."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core import forms, jobs, notices, outbox, privacy, queries, tokens
from rrr.core.models import NoticeChoice


@require_GET
@login_required
def job_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.jobs(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "core/jobs.html", {"page": page})


@require_GET
@login_required
def job(request: HttpRequest, pk: Any) -> HttpResponse:
    found = queries.job(request.user, pk)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"open": found.open, "percent": found.percent, "message": found.message})
    return render(request, "core/job.html", {"job": found})


@require_POST
@login_required
def cancel_job(request: HttpRequest, pk: Any) -> HttpResponse:
    found = queries.job(request.user, pk)
    jobs.cancel(job=found, by=found.by)
    messages.success(request, _("The work will stop at its next step. Nothing it began is kept."))
    return redirect("core:job", found.pk)


@require_http_methods(["GET", "POST"])
@login_required
def token_list(request: HttpRequest) -> HttpResponse:
    form = forms.TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        given = form.cleaned_data
        _token, secret = tokens.issue(by=request.user, name=given["name"], scopes=given["scopes"], expires_at=form.expires_at)
        form = forms.TokenForm()
    return render(request, "core/tokens.html", {"tokens": queries.tokens(request.user), "form": form, "secret": secret})


@require_POST
@login_required
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    tokens.revoke(token=queries.token(request.user, pk), by=request.user)
    messages.success(request, _("The token no longer works."))
    return redirect("core:tokens")


@require_http_methods(["GET", "POST"])
@login_required
def mail(request: HttpRequest) -> HttpResponse:
    """Choose how to hear about each kind of news, and see what was sent."""
    if request.method == "POST":
        for kind in queries.MAIL_KINDS:
            pace = request.POST.get(kind, "")
            if pace in NoticeChoice.Pace.values:
                notices.choose(user=request.user, kind=kind, pace=pace, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("core:mail")
    chosen = queries.paces(request.user)
    labels = {
        "invitation": _("Invitations"),
        "group": _("Working groups"),
        "challenge": _("Challenges"),
        "pilot": _("Pilots"),
        "job": _("Long work"),
        "claim": _("Claims of organisations"),
    }
    rows = [(kind, labels[kind], chosen.get(kind, NoticeChoice.Pace.NOW)) for kind in queries.MAIL_KINDS]
    return render(request, "core/mail.html", {"rows": rows, "paces": NoticeChoice.Pace.choices, "sent": queries.mail(request.user)})


@csrf_exempt  # RFC 8058: a mail program posts without a session; the signed address is the proof
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    read = outbox.read_token(token)
    if read is None:
        raise Http404
    done = False
    if request.method == "POST":
        person = get_object_or_404(get_user_model(), pk=read[0])
        notices.choose(user=person, kind=read[1], pace=NoticeChoice.Pace.NEVER, by=None)
        done = True
    return render(request, "core/unsubscribe.html", {"done": done})


@require_GET
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    return render(request, "core/my_data.html")


@require_GET
@login_required
def download_data(request: HttpRequest) -> HttpResponse:
    text = json.dumps(privacy.export(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="rrr-my-data.json"'
    return response


@require_http_methods(["GET", "POST"])
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    form = forms.EraseForm(request.POST or None, user=request.user)
    if form.is_valid():
        user = request.user
        privacy.erase(user=user, by=user)
        logout(request)
        messages.success(request, _("Your account and what it kept about you are erased."))
        return redirect("web:home")
    return render(request, "core/erase.html", {"form": form})
