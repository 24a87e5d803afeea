"""XML from outside: nothing that declares a document type or entities is handed to a parser."""

from typing import IO
from xml.parsers import expat

from geopark_app.exchange.file_trouble import refused

_CHUNK = 65_536


class _RootSeenError(Exception):
    """The root element began; no document type can follow."""


def refuse_entities(stream: IO[bytes]) -> None:
    """Refuse a document type (entity bombs, external entities) before the root element.

    Raises
    ------
    GeoparkError
        REFUSED_FILE; also for XML that breaks before its root.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = _stop
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except _RootSeenError:
        return
    except expat.ExpatError as error:
        raise refused("damaged") from error


def _refuse(*_: object) -> None:
    raise refused("xml-entities")


def _stop(*_: object) -> None:
    raise _RootSeenError
