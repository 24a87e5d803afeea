"""Notes and measured values of answers, from what was typed."""

from collections.abc import Mapping

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Answer, ChecklistItem
from geopark_app.operations.checklists import answer_item
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import set_fields
from geopark_app.rules.typed_values import read_value

_NUMBER = FieldSpec(
    name="measured", type=FieldType.DECIMAL, label_vi="Giá trị đo", label_en="Measured value"
)


def write_answer(
    context: AppContext,
    visit_uuid: str,
    item: ChecklistItem,
    values: Mapping[str, str],
    reason: str,
) -> Changes:
    """Write the note or the measured value of an answer; the answer is made when needed.

    Raises
    ------
    GeoparkError
        BAD_VALUE when the measured value is not a number; nothing is written then.
    """
    if "note" in values:
        return answer_item(context, visit_uuid, item.uuid, note=values["note"], reason=reason)[1]
    number = read_value(_NUMBER, values["measured"])
    if number is not None:
        return answer_item(
            context,
            visit_uuid,
            item.uuid,
            value=float(number),
            unit=item.measure_unit_en,
            reason=reason,
        )[1]
    answer_uuid = uuid_of(visit_uuid, item.uuid)
    if context.catalogue.get(Answer, answer_uuid) is None:
        return Changes()
    return set_fields(context, "answer", answer_uuid, {"measured": ""}, reason=reason)
