"""The words of what a person chooses on the map: colours, heat picture, names, routes, photos."""

from collections.abc import Callable


def view_texts(translate: Callable[[str], str]) -> dict[str, str]:
    """Give the words by the keys the page's scripts ask for."""
    _ = translate
    return {
        "colour_by": _("Colour of the signs"),
        "kind_none": _("no kind"),
        "colour_by_kind": _("by kind"),
        "colour_by_readiness": _("by readiness"),
        "colour_by_workflow": _("by workflow status"),
        "colour_by_risk": _("by degradation risk"),
        "heat_by": _("Heat picture"),
        "heat_by_none": _("none"),
        "heat_by_readiness": _("what is not ready"),
        "heat_by_risk": _("degradation risk"),
        "heat_little": _("little"),
        "heat_much": _("much"),
        "workflow": _("Workflow"),
        "workflow_none": _("no status"),
        "risk": _("Degradation risk"),
        "risk_low": _("low risk"),
        "risk_moderate": _("moderate risk"),
        "risk_high": _("high risk"),
        "risk_none": _("not assessed"),
        "also_here": _("At the same place:"),
        "photo": _("Photo"),
        "layer_names": _("Names of the sites"),
        "layer_routes": _("Routes with their stops"),
        "layer_photos": _("Photos and directions"),
    }
