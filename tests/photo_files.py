"""Pictures with secrets in every corner, and catalogues that hold them."""

import io
from pathlib import Path

import pillow_heif
from PIL import Image, PngImagePlugin, TiffImagePlugin
from PIL.TiffImagePlugin import IFDRational

from geopark_app.domain.kinds import Photo, Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.photos import add_photos
from tests.builders import make_position, make_site, put

LON, LAT = 106.7654321, 21.8765432
OWNER = "Secret Owner Nguyen"
MAKE = "SecretCam"
SECRETS = (b"Secret", b"GPSLat", b"exif:GPS", b"21.876", b"106.765", b"secret-name")


def exif() -> Image.Exif:
    """Give tags that tell who, with what and where, with a thumbnail's place in them."""
    tags = Image.Exif()
    tags[0x010F], tags[0x0110] = MAKE, "Model X"
    tags[0x013B] = OWNER
    tags[0x8769] = {0x9003: "2026:11:20 08:30:00"}
    tags[0x0132] = "2026:11:20 08:30:00"
    tags[0x8825] = {
        1: "N",
        2: (IFDRational(21), IFDRational(52), IFDRational(35555, 1000)),
        3: "E",
        4: (IFDRational(106), IFDRational(45), IFDRational(55555, 1000)),
    }
    return tags


def picture(number: int = 0, size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Give a picture of its own colours."""
    made = Image.new("RGB", size, (number * 37 % 256, number * 91 % 256, 120))
    made.putpixel((0, 0), (255, number % 256, 0))
    return made


def write_picture(path: Path, number: int = 0) -> Path:
    """Write a picture in the format of its ending, full of secrets."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{OWNER} exif:GPS 21.876</x:xmpmeta>".encode()
    match path.suffix:
        case ".jpg":
            picture(number).save(path, exif=exif(), comment=b"Secret comment", xmp=xmp)
        case ".png":
            info = PngImagePlugin.PngInfo()
            info.add_text("Author", OWNER)
            info.add_itxt("XML:com.adobe.xmp", xmp.decode())
            picture(number).save(path, exif=exif(), pnginfo=info)
        case ".webp":
            picture(number).save(path, exif=exif(), xmp=xmp)
        case ".heic":
            pillow_heif.from_pillow(picture(number)).save(path, exif=exif().tobytes(), xmp=xmp)
        case _:
            tags = TiffImagePlugin.ImageFileDirectory_v2()
            tags[0x010F], tags[0x013B], tags[0x010E] = MAKE, OWNER, "Secret, exif:GPS 21.876"
            picture(number).save(path, tiffinfo=tags)
    return path


def jpeg_bytes(number: int) -> bytes:
    """Give a plain JPEG."""
    buffer = io.BytesIO()
    picture(number).save(buffer, "JPEG")
    return buffer.getvalue()


def site_with_photos(
    context: AppContext, folder: Path, names: tuple[str, ...], **fields: object
) -> tuple[Site, list[Photo]]:
    """Add a site at the secret place with pictures of these names."""
    site = make_site(position=make_position(LON, LAT), **fields)
    put(context, site)
    folder.mkdir(exist_ok=True)
    paths = [write_picture(folder / name, number) for number, name in enumerate(names)]
    add_photos(context, paths, site_uuid=site.uuid)
    photos = context.catalogue.records(Photo, where={"site_uuid": site.uuid})
    return site, sorted(photos, key=lambda photo: photo.sort_order or 0)
