"""What colours a site besides its kind: classes with a colour and, for print, a sign each."""

from geopark_app.rules.scoring import risk_class

_GREEN, _AMBER, _RED, _GREY = "#1a7f37", "#9a5b00", "#b3261e", "#5f6973"

CLASSES: dict[str, dict[str, tuple[str, str]]] = {
    "readiness": {
        "high": (_GREEN, "check"),
        "middle": (_AMBER, "minus"),
        "low": (_RED, "xmark"),
        "none": (_GREY, "question"),
    },
    "workflow": {
        "draft": (_GREY, "pen"),
        "submitted": ("#0b6e8a", "hourglass-half"),
        "returned": (_RED, "rotate-left"),
        "checked": ("#5b4bb0", "list-check"),
        "validated": (_GREEN, "check-double"),
        "archived": ("#3b3f45", "box-archive"),
        "none": ("#6b5b73", "question"),
    },
    "risk": {
        "low": (_GREEN, "check"),
        "moderate": (_AMBER, "exclamation"),
        "high": (_RED, "bolt"),
        "none": (_GREY, "question"),
    },
}
"""For each way of colouring its classes in the order of the legend: colour and icon."""

RISK_STEPS = tuple(
    max(total for total in range(401) if risk_class(total) == name) for name in ("low", "moderate")
)
"""The highest totals of a low and of a moderate degradation risk."""


def classes_config() -> dict[str, object]:
    """Give the classes as the page's script reads them."""
    return {
        way: {name: {"colour": colour, "sign": sign} for name, (colour, sign) in classes.items()}
        for way, classes in CLASSES.items()
    }
