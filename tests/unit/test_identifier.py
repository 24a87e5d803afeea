"""Keys: new things get a new one, rows unique by meaning the same one on every laptop."""

import uuid

import pytest

from geopark_app.domain.identifier import setting_uuid, uuid_of
from geopark_app.store.new_keys import new_uuid

VISIT = "0190a6e8-8f7e-7cc0-b8f6-4f4d9f4b8f11"
ITEM = "2b0cb2de-1d5e-5d8e-9f0a-3f0a1b2c3d4e"


def test_new_keys_are_uuid7_in_the_order_of_their_making() -> None:
    keys = [new_uuid() for _ in range(200)]
    assert len(set(keys)) == 200
    assert {uuid.UUID(key).version for key in keys} == {7}
    assert keys == sorted(keys)


def test_a_row_unique_by_meaning_has_one_key_everywhere() -> None:
    assert uuid_of(VISIT, ITEM) == uuid_of(VISIT, ITEM) == str(uuid.uuid5(uuid.UUID(VISIT), ITEM))
    assert uuid_of(VISIT, ITEM) != uuid_of(ITEM, VISIT)
    assert uuid.UUID(uuid_of(VISIT, ITEM)).version == 5


def test_the_key_of_a_setting_is_fixed_for_good() -> None:
    assert setting_uuid("profile") == str(
        uuid.uuid5(uuid.UUID("6f3d1f0e-7b0a-5f43-9a53-1d1a5b0c2e77"), "setting:profile")
    )
    assert setting_uuid("profile") != setting_uuid("Profile")


def test_a_parent_that_is_no_key_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="badly formed"):
        uuid_of("LS-001", ITEM)
