"""Settings of the catalogue under a common beginning of their names.

Each is a record of its own, so that what two laptops add comes together by itself.
"""

import json
from collections.abc import Mapping

from geopark_app.domain.change import Changes
from geopark_app.domain.condition import ListQuery
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.identifier import setting_uuid
from geopark_app.domain.kinds import CatalogueSetting
from geopark_app.operations.context import AppContext


def settings_under(context: AppContext, start: str) -> dict[str, object]:
    """Give the settings whose names begin so, by the rest of their names."""
    catalogue = context.catalogue
    # Names first: some settings are long (the state of a list that was sent).
    query = ListQuery(kind=kind_of(CatalogueSetting).name)
    names = catalogue.list_rows(query, ("uuid", "name"))
    wanted = [uuid for uuid, name in names if name and name.startswith(start)]
    records = catalogue.records(CatalogueSetting, where={"uuid": wanted}) if wanted else []
    return {
        record.name.removeprefix(start): json.loads(record.value)
        for record in records
        if record.name and record.value
    }


def keep_settings(context: AppContext, values: Mapping[str, object], *, reason: str) -> Changes:
    """Write settings by their full names, as one save."""
    with context.work(reason) as work:
        for name, value in values.items():
            text = setting_text(value)
            work.put(CatalogueSetting(uuid=setting_uuid(name), name=name, value=text))
    return work.changes


def setting_text(value: object) -> str:
    """Give a value as it is kept."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def drop_setting(context: AppContext, name: str, *, reason: str) -> Changes:
    """Put a setting into the trash; raises NOT_FOUND when there is none."""
    with context.work(reason) as work:
        work.delete(kind_of(CatalogueSetting), setting_uuid(name))
    return work.changes
