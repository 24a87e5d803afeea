"""What opens over the rooms of one catalogue: hits of the search box, trash, double sites."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from geopark_app.gui.basemaps.opening import open_basemap_adding, open_cover_check, open_map_cutting
from geopark_app.gui.layers.opening import open_commune_check, open_layer_import
from geopark_app.gui.session import Session


class DeskDialogs(QObject):
    """Comes and goes with the open catalogue.

    Attributes
    ----------
    popup : SearchPopup
        The hits below the search box.
    """

    def __init__(self, session: Session, search: QLineEdit, window: QWidget) -> None:
        super().__init__(window)
        from geopark_app.gui.finding.popup import SearchPopup

        self._session = session
        self._window = window
        session.whereabouts_requested.connect(self.show_whereabouts)
        session.dialog_requested.connect(self.show_narrowed)
        self.popup = SearchPopup(search, session, window)

    def show(self, name: str) -> None:
        """Show what the action of this name in the menu stands for."""
        {
            "trash": self.show_trash,
            "works": self.show_works,
            "plan": self.show_plan,
            "units": self.show_units,
            "evaluation": self.show_evaluation,
            "scores": self.show_scores,
            "evidence": self.show_evidence,
            "recommendations": self.show_recommendations,
            "mission": self.show_mission,
            "blank-forms": lambda: self.show_checklists("blank-forms"),
            "paper-form": lambda: self.show_checklists("paper-form"),
            "submissions": lambda: self.show_checklists("submissions"),
            "editions": lambda: self.show_checklists("editions"),
            "inbox": self.show_inbox,
            "duplicates": self.show_duplicates,
            "import-layer": lambda: open_layer_import(self._session, self._window),
            "add-basemap": lambda: open_basemap_adding(self._session, self._window),
            "cut-basemap": lambda: open_map_cutting(self._session, self._window),
            "cover-basemap": lambda: open_cover_check(self._session, self._window),
            "communes": lambda: open_commune_check(self._session, self._window),
            "to-translator": self.send_to_translator,
            "from-translator": self.take_translation,
            "whereabouts": self.show_whereabouts,
            "back-up-photos": self.back_up_photos,
            "heal-photos": self.heal_photos,
            "export-photos": self.export_photos,
            "export-references": self.export_references,
            "print-map": self.print_map,
        }[name]()

    def show_narrowed(self, name: str, to: str) -> None:
        """Show one of them narrowed to something: which works, which deadline, which page."""
        deeds: dict[str, Callable[[str], None]] = {
            "works": self.show_works,
            "plan": self.show_plan,
            "units": self.show_units,
        }
        deeds[name](to)

    def show_trash(self) -> None:
        """Show the trash."""
        from geopark_app.gui.editing.trash_dialog import TrashDialog

        self._session.after_saving(lambda: TrashDialog(self._session, self._window).open())

    def show_works(self, which: str = "") -> None:
        """Show the works to be done, or only open, late or blocked ones."""
        from geopark_app.gui.works.dialog import WorksDialog

        self._session.after_saving(
            lambda: WorksDialog(self._session, self._window, which=which).open()
        )

    def show_plan(self, deadline: str = "") -> None:
        """Show the plan before the deadlines, or before one of them."""
        from geopark_app.gui.plan.dialog import PlanDialog

        self._session.after_saving(
            lambda: PlanDialog(self._session, self._window, deadline=deadline).open()
        )

    def show_units(self, page: str = "") -> None:
        """Show the lists for communes and departments, or who has not answered."""
        from geopark_app.gui.units.dialog import UnitsDialog

        self._session.after_saving(
            lambda: UnitsDialog(self._session, self._window, page=page).open()
        )

    def show_evaluation(self) -> None:
        """Show the self-evaluation form."""
        from geopark_app.gui.evaluation.dialog import EvaluationDialog

        self._session.after_saving(lambda: EvaluationDialog(self._session, self._window).open())

    def show_scores(self) -> None:
        """Show the scores of all assessed sites."""
        from geopark_app.gui.assessment.scores_dialog import ScoresDialog

        self._session.after_saving(lambda: ScoresDialog(self._session, self._window).open())

    def show_evidence(self) -> None:
        """Show the evidence register."""
        from geopark_app.gui.evidence.dialog import EvidenceDialog

        self._session.after_saving(lambda: EvidenceDialog(self._session, self._window).open())

    def show_recommendations(self) -> None:
        """Show the recommendations register."""
        from geopark_app.gui.recommendations.dialog import RecommendationsDialog

        self._session.after_saving(
            lambda: RecommendationsDialog(self._session, self._window).open()
        )

    def show_mission(self) -> None:
        """Show the mission planner."""
        from geopark_app.gui.mission.dialog import MissionDialog

        self._session.after_saving(lambda: MissionDialog(self._session, self._window).open())

    def show_checklists(self, name: str) -> None:
        """Show what is done with checklists beside answering them."""
        from geopark_app.gui.readiness.opening import open_checklist_dialog

        def show() -> None:
            open_checklist_dialog(self._session, self._window, name)

        self._session.after_saving(show)

    def show_inbox(self) -> None:
        """Show the photos without a site."""
        from geopark_app.gui.photos.inbox_dialog import InboxDialog

        self._session.after_saving(lambda: InboxDialog(self._session, self._window).open())

    def show_duplicates(self) -> None:
        """Show the sites that may be one and the same."""
        from geopark_app.gui.editing.duplicates_dialog import DuplicatesDialog

        DuplicatesDialog(self._session, self._window).open()

    def send_to_translator(self) -> None:
        """Write the English texts that need a translator."""
        from geopark_app.gui.editing.translation_deeds import send_to_translator

        send_to_translator(self._session, self._window)

    def take_translation(self) -> None:
        """Take the translator's workbook, after a look."""
        from geopark_app.gui.editing.translation_deeds import take_translation

        take_translation(self._session, self._window)

    def show_whereabouts(self) -> None:
        """Show where the originals of the photos are."""
        from geopark_app.gui.photo_safety.whereabouts_dialog import WhereaboutsDialog

        WhereaboutsDialog(self._session, self._window).open()

    def back_up_photos(self) -> None:
        """Ask for a folder and back database and photos up."""
        from geopark_app.gui.photo_safety.deeds import ask_and_back_up

        ask_and_back_up(self._session, self._window)

    def heal_photos(self) -> None:
        """Ask for a folder and look for missing files in it."""
        from geopark_app.gui.photo_safety.deeds import ask_and_heal

        ask_and_heal(self._session, self._window)

    def export_photos(self) -> None:
        """Hand photos over as a folder."""
        from geopark_app.gui.photo_safety.export_dialog import PhotoExportDialog

        PhotoExportDialog(self._session, self._window).open()

    def export_references(self) -> None:
        """Write the bibliography into a file."""
        from geopark_app.gui.exporting.bibliography import ask_and_export

        ask_and_export(self._session, self._window)

    def print_map(self) -> None:
        """Show a map as it will be printed."""
        from geopark_app.gui.printing.dialog import PrintMapDialog

        self._session.after_saving(lambda: PrintMapDialog(self._session, self._window).open())

    def leave(self) -> None:
        """Go with the catalogue."""
        self.popup.hide()
        self.popup.deleteLater()
        self.deleteLater()
