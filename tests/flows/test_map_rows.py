"""The map's light rows: the same as whole records give, and which save touches which marker."""

from dataclasses import replace
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.condition import ListQuery
from geopark_app.domain.kinds import Route, Site, Stop, Term
from geopark_app.operations.assessments import Given, assess, assessments_of, counted
from geopark_app.operations.checklists import answer_item, checklist_for, start_visit
from geopark_app.operations.map_moving import route_lines
from geopark_app.operations.map_rows import map_rows, map_rows_of, sites_touched
from geopark_app.operations.map_sites import map_sites
from geopark_app.operations.records import set_fields
from geopark_app.operations.scoring_methods import method_of
from geopark_app.operations.site_risks import risks_of_sites
from tests.conftest import OpenCatalogue

LINE = '{"type":"LineString","coordinates":[[106.4,21.5],[106.5,21.6]]}'


def test_rows_say_what_whole_records_say(langson: Path, opened: OpenCatalogue) -> None:
    context = opened(langson)
    sites = context.catalogue.records(Site)
    first, second = sites[0], sites[1]
    visit, started = start_visit(context, "site", site_uuid=first.uuid)
    items = checklist_for(context, "site").items
    critical = next(item for item in items if item.critical)
    _answer, answered = answer_item(context, visit.uuid, critical.uuid, status="not_met")
    method = method_of(context)
    points = {
        one.code: Given(points=one.indicators[0].points, remark="seen") for one in method.criteria
    }
    draft = assess(context, second, points, method=method)
    # As in the ranking: a draft does not stand for the site, also not for who wrote it.
    assert risks_of_sites(context) == {}
    assessed = assess(
        context, second, points, method=method, into=draft.assessment.uuid, submit=True
    )
    assess(context, second, {"DR.accessibility": Given(points=1)}, method=method)

    for language in ("vi", "en"):
        whole = {site.uuid: site for site in map_sites(context, language=language)}
        light = map_rows(context, language=language)
        labels = {site.uuid: site.status_label for site in light}
        plain = [replace(site, risk_total=None, status_label="") for site in light]
        assert {site.uuid: site for site in plain} == whole
        assert all(labels.values())
    by_key = {site.uuid: site for site in light}
    assert by_key[first.uuid].red
    known = counted(assessments_of(context, second.uuid, method))
    assert known is not None
    assert by_key[second.uuid].risk_total == known.totals["DR"].total == 400
    assert risks_of_sites(context, [first.uuid, second.uuid]) == {second.uuid: 400}
    (alone,) = map_rows_of(context, [first.uuid], language="en")
    assert alone == by_key[first.uuid]
    few = ListQuery(kind="site", among=frozenset({first.uuid, second.uuid}))
    assert len(map_rows(context, language="en", query=few)) == 2

    for changes, meant in ((started, first), (answered, first), (assessed.changes, second)):
        assert sites_touched(context, changes.touched) == {meant.uuid}


def test_a_save_says_which_markers_it_changes(langson: Path, opened: OpenCatalogue) -> None:
    context = opened(langson)
    site = context.catalogue.records(Site)[0]
    changes = set_fields(context, "site", site.uuid, {"name_vi": "Tên mới"})
    assert sites_touched(context, changes.touched) == {site.uuid}
    term = context.catalogue.records(Term)[0]
    assert sites_touched(context, Changes(touched=frozenset({("term", term.uuid)})).touched) is None
    many = frozenset(("site", str(number)) for number in range(300))
    assert sites_touched(context, many) is None


def test_routes_have_their_stops_in_order(langson: Path, opened: OpenCatalogue) -> None:
    context = opened(langson)
    lines = route_lines(context)
    assert len(lines) == len(context.catalogue.records(Route)) == 4
    for line in lines:
        numbers = [int(stop.number) for stop in line.stops if stop.number]
        assert numbers == sorted(numbers)
        assert line.colour.startswith("#")
    placed = sum(len(line.stops) for line in lines)
    assert 20 < placed <= len(context.catalogue.records(Stop))
    drawn = context.catalogue.records(Route)[0]
    assert [line.has_line for line in lines] == [False] * 4
    set_fields(context, "route", drawn.uuid, {"geojson": LINE}, reason="draw")
    # A route whose road is drawn is not drawn a second time from stop to stop.
    assert [line.name_vi for line in route_lines(context) if line.has_line] == [drawn.name_vi]
