"""Hashes of the shipped editions: an edition whose files were changed is refused.

Printed by `python tests/tools/print_edition_hashes.py`; a new hash needs a new edition name once
the old one was released.
"""

from collections.abc import Mapping

LATER_EDITIONS = (
    "edition:vocabularies-2026.2",
    "edition:vocabularies-2026.3",
    "edition:vocabularies-2026.4",
    "edition:form-a-2026.1",
    "edition:form-b-2026.1",
)
"""Editions that came after the first; catalogues made before receive them."""

TRUSTED_EDITIONS: Mapping[str, str] = {
    "edition:vocabularies-2026.1": "d673f5c4b65e8a4fefbaaa8a16668ff181264bd7d9a1e99b54cbee8858768025",
    "edition:vocabularies-2026.2": "4666b1ebc4fb9b1f2155708857ad3e5647ec68ce52254f3a36a954b9a465c2ff",
    "edition:vocabularies-2026.3": "2f3279ff5320231aa09a73884031cd45a75d805d6a6f4df6d7381df491b36f65",
    "edition:vocabularies-2026.4": "3c1073c0424e5006a25d89ba06f378a71709f4d090fc7817c61a346feb7a08f0",
    "edition:form-a-2026.1": "309250468663e1e58e7b4b2c2c730cc6ed33854ace60cd3c80208ad7a8d23ca1",
    "edition:form-b-2026.1": "3b866ccac8cf6a3de48c2984a0c92653a56b6a5e0f69815cb733f8496f41018f",
    "edition:readiness-2026.1": "2e2213017334de4ca31d8c11b809a14537115061683731f85b164771593ce065",
    "edition:langson-2026.1": "658ada64e8ab862add809fe5ef4f2c3e6c62ea848cf0b0cd69ee718d0dddafa2",
    "edition:empty-2026.1": "7a9676b125ba8861719256078976346860ba8b950d79a67b6c69f30dbaf7a61e",
    "edition:langson-recommendations-2026.1": (
        "a1d5d4a589c3a24eb4ac3642bec525df7f3201319fd43c284b2c98cf7244ce3a"
    ),
}
