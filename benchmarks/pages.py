"""Server time of each public starter page as a ratio to an empty Django view, in one process and one run.

    ./dev bench pages

Needs the starter content (`./dev run` or `manage.py prepare` loads it). The goal is a median ratio of at most 12. "Rendered" is made
fresh each time, "served" is what a stranger gets while nothing is written (docs/adr/0011).
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

ROUNDS = 40
PAGES = [
    "/", "/components/", "/territories/", "/territories/turin/", "/territories/turin/organisations/", "/territories/turin/organisations.csv",
    "/territories/turin/organisations.geojson", "/territories/turin/organisations/hackability/", "/territories/turin/sse/",
    "/data/", "/accounts/login/", "/about/privacy/", "/about/report/",
]  # fmt: skip


def _median(call: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rrr.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path

    from rrr.web import urls

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse("")

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    urls.urlpatterns.insert(0, path("benchmark-empty/", empty))
    client = Client()
    for page in ["/benchmark-empty/", *PAGES]:  # templates compiled, connection open
        answer = client.get(page)
        if answer.status_code != 200:
            raise SystemExit(f"{page} answered {answer.status_code}; load the starter content first: .venv/bin/python manage.py prepare")
    base = _median(lambda: client.get("/benchmark-empty/"))
    costs: dict[str, list[float]] = {}
    for shared in (False, True):
        settings.SHARE_PAGES = shared
        for page in PAGES:
            client.get(page)
            costs.setdefault(page, []).append(_median(lambda page=page: client.get(page)) / base)  # type: ignore[misc] # bound by the default
    print(f"Ratio to an empty view ({1000 * base:.2f} ms here), for a stranger")
    print(f"{'page':55} {'rendered':>9} {'served':>7}")
    for page, (rendered, served) in costs.items():
        print(f"{page:55} {rendered:9.1f} {served:7.1f}")
    rendered, served = (statistics.median(both[at] for both in costs.values()) for at in (0, 1))
    print(f"{'median':55} {rendered:9.1f} {served:7.1f}")


if __name__ == "__main__":
    main()
