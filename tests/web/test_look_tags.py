"""Components: numbers, scales, whiskers, tables, forms."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from rrr.records.estimate import Estimate, Figure, WhiskerRow
from rrr.web.components import signs

PAYLOAD = '<img src=x onerror="alert(1)">'


def render(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2211114, "2,211,114"),
        (5.7313, "5.73"),
        (18.19, "18.2"),
        (0.0132, "0.0132"),
        (-3.0, "−3"),
        (1234.56, "1,235"),
        (0.0, "0"),
        ("330", "330"),
    ],
)
def test_numbers_are_written_for_readers(value: object, shown: str) -> None:
    assert signs.number(value) == shown


def test_numbers_follow_the_language() -> None:
    with translation.override("it"):
        assert signs.number(1234.5) == "1.234"
        assert signs.number(0.25) == "0,25"


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_any_number_can_be_written(value: float) -> None:
    assert signs.number(value)


@given(low=st.floats(0.1, 10), span=st.floats(0.1, 100), share=st.floats(-1, 2), log=st.booleans())
def test_a_scale_keeps_order_and_stays_on_the_picture(low: float, span: float, share: float, log: bool) -> None:
    scale = signs.Scale(low, low + span, log)
    place = scale.x(low + share * span)
    assert signs.EDGE <= place <= signs.WIDTH - signs.EDGE
    assert scale.x(low) <= place or share < 0
    assert place <= scale.x(low + span) or share > 1


def test_a_whisker_tells_its_numbers_to_screen_readers() -> None:
    drawn = render("{% whisker one 0 1 reference=0.5 %}", one=Estimate(0.62, 0.55, 0.69, wide_low=0.41, wide_high=0.78))
    assert 'aria-label="0.62, 95% interval 0.55 to 0.69; wider bounds 0.41 to 0.78"' in drawn
    assert 'class="ref"' in drawn
    assert 'class="wide"' in drawn


def test_an_open_end_gets_an_arrow() -> None:
    drawn = render("{% whisker one 0 500 %}", one=Estimate(330, 330, None))
    assert drawn.count("arrow") == 1
    assert "330 or more" in drawn


def test_percent_stands_at_its_number() -> None:
    assert signs.interval_words(Estimate(62, 55, 69, unit="%")) == "62%, 95% interval 55 to 69"


def test_an_interval_runs_from_low_to_high() -> None:
    with pytest.raises(ValueError, match="low to high"):
        Estimate(1, 2, 0)


def test_a_missing_figure_is_hatched() -> None:
    shown = render("{% figs figures %}", figures=[Figure("Cost", missing="Nobody says"), Figure("Zero", 0)])
    assert 'class="unknown" lang="en"><span>Nobody says' in shown
    assert '<dd class="val">0</dd>' in shown


def test_a_missing_cell_is_hatched_and_a_pair_is_a_link() -> None:
    shown = render(
        "{% stack_table columns rows %}", columns=["Name", ("People", "num")], rows=[(("Turin", "/t/"), None), ("Dublin", 1458154)]
    )
    assert '<a href="/t/">Turin</a>' in shown
    assert "Not known" in shown
    assert '<td class="num" data-l="People">1,458,154</td>' in shown


def test_a_whisker_table_has_room_for_every_row() -> None:
    rows = [WhiskerRow("One", Estimate(5, 2, 9)), WhiskerRow("None", None), WhiskerRow("All", Estimate(4, 1, 12), pooled=True)]
    shown = render('{% whisker_table rows "Effects" reference=1 reference_label="no difference" log=True %}', rows=rows)
    assert "Dashed: no difference" in shown
    assert shown.count("<svg") == 2
    assert 'colspan="3"' in shown
    assert 'class="sum"' in shown
    assert "<span>1</span><span>12</span>" in shown


def test_an_empty_whisker_table_is_no_error() -> None:
    assert "<table" in render('{% whisker_table rows "Effects" %}', rows=[])


def test_a_key_refuses_a_shape_it_cannot_draw() -> None:
    with pytest.raises(TemplateSyntaxError, match="knows no shape called star"):
        render("{% key items %}", items=[("star", 1, "x")])


@pytest.mark.parametrize(
    "source",
    [
        "{% note text title=text %}", "{% unknown text %}", "{% empty text text %}", "{% simulated text %}", "{% provenance rows %}",
        "{% tag_list words %}", "{% rows items %}", "{% steps steps %}", "{% paired_list items items %}", "{% breadcrumb rows %}",
        "{% figure text text unit=text source=text %}", "{% key key %}", "{% score parts %}", "{% horizon text %}",
        "{% points_map text text bounds label=text note=text %}", "{% stack_table words cells caption=text %}", "{% sealed text text text %}",
    ],
)  # fmt: skip
def test_text_stays_text(source: str) -> None:
    shown = render(
        source, text=PAYLOAD, rows=[(PAYLOAD, PAYLOAD)], words=[PAYLOAD], cells=[[PAYLOAD]], key=[("dot", 1, PAYLOAD)], parts=[(PAYLOAD, 4)],
        bounds=[0, 0, 1, 1], items=[{"title": PAYLOAD, "text": PAYLOAD, "url": PAYLOAD}], steps=[{"text": PAYLOAD, "state": "now"}],
    )  # fmt: skip
    assert "<img src=x" not in shown
    assert not re.search(r'="[^"]*<', shown)


class ExampleForm(forms.Form):
    name = forms.CharField(help_text="As readers know it.")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    file = forms.FileField(required=False)
    weight = forms.IntegerField(widget=forms.NumberInput(attrs={"type": "range"}), required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_a_form_links_errors_and_help_to_fields() -> None:
    shown = str(ExampleForm({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert '<a href="#id_name">Name</a>: This field is required.' in shown
    assert '<a href="#id_kind_0">Kind</a>' in shown
    assert 'id="id_name_error"' in shown
    assert "3 things need you" in shown


def test_a_form_without_errors_has_no_summary() -> None:
    shown = str(ExampleForm())
    assert "needs you" not in shown
    assert '<output for="id_weight">' in shown
    assert "data-drop" in shown
    assert shown.count('class="form-check-input"') == 2


def test_every_way_to_render_a_form_gives_the_same() -> None:
    form = ExampleForm()
    assert form.as_p() == form.as_div() == str(form)


def test_a_small_line_breaks_at_gaps_and_says_its_course() -> None:
    shown = render("{% sparkline points mark=2020 %}", points=[(2018, 4.0), (2019, 6.0), (2020, None), (2021, 5.0)])
    assert shown.count("<polyline") == 1  # the lone year after the gap is a dot, not joined to what came before
    assert '<circle cx="156.0"' in shown
    assert "From 4 in 2018 to 5 in 2021; lowest 4 in 2018, highest 6 in 2019" in shown
    assert 'class="ref"' in shown


def test_a_small_line_without_values_draws_nothing() -> None:
    assert "<polyline" not in render("{% sparkline points %}", points=[(2018, None)])
