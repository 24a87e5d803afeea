"""The drawn maps inside a PDF/A and PDF/UA page."""

from pathlib import Path

import pytest
import typst

from geopark_app.maps.basemap import bundled_basemap
from geopark_app.maps.drawing import locator_background, overview_map
from geopark_app.maps.layers import MapSite
from geopark_app.maps.wording import MapLanguage
from geopark_app.paths import bundled

FONTS = bundled("resources", "web", "dist", "fonts")
pytestmark = pytest.mark.skipif(
    not FONTS.is_dir() or bundled_basemap().outline is None,
    reason="fonts or outline are not there: make setup",
)


def make_site(name_vi: str) -> MapSite:
    return MapSite(
        uuid="1",
        code="LS-001",
        name_vi=name_vi,
        name_en="",
        kind="facility",
        kind_label="Công trình, dịch vụ",
        lon=106.76,
        lat=21.85,
        quality="approx",
        commune_name="Kỳ Lừa",
        readiness=None,
        red=False,
        workflow_status="draft",
        border_commune=False,
    )


@pytest.mark.parametrize("language", list(MapLanguage))
def test_every_vietnamese_letter_can_be_set(tmp_path: Path, language: MapLanguage) -> None:
    # ẹ, ị, ọ and ụ alone make typst refuse a drawing: see `overview_map`.
    site = make_site("Chị Họ Vụ ẹ, Ải Chi Lăng, Đồng Đăng ẮẰẲẴẶ ỔỖỘ ỪỬỮỰ")
    drawings = {
        "overview": overview_map([site], language=language).svg,
        "locator": locator_background((58, 52), language=language).svg,
    }
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    for name, svg in drawings.items():
        (tmp_path / "map.svg").write_text(svg, encoding="utf-8")
        source = tmp_path / f"{name}.typ"
        source.write_text(
            '#set document(title: "Bản đồ")\n#image("map.svg", alt: "Bản đồ")\n', encoding="utf-8"
        )
        compiler = typst.Compiler(root=str(tmp_path), font_paths=fonts)
        pdf, warnings = compiler.compile_with_warnings(
            input=str(source), format="pdf", pdf_standards=["a-2a", "ua-1"]
        )
        assert pdf.startswith(b"%PDF")
        assert warnings == []
