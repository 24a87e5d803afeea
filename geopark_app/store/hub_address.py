"""The address of an office hub: read from a `postgresql://` text, and never without protection."""

from dataclasses import dataclass
from ipaddress import ip_address

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from geopark_app.domain.errors import ErrorCode, GeoparkError

_ALLOWED = frozenset({"host", "port", "dbname", "user", "password", "sslmode", "sslrootcert"})
_PROTECTED = frozenset({"verify-ca", "verify-full"})
_EXPECTED = "postgresql://user@server/database"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubAddress:
    """Where the hub is and as whom to come.

    Attributes
    ----------
    host, port, database, user : str
        The server (empty for the socket of this machine), its port, the database, the login.
    sslmode, sslrootcert : str
        How the server's certificate is checked; a certificate file, or "system".
    """

    host: str
    port: str
    database: str
    user: str
    sslmode: str
    sslrootcert: str

    @property
    def is_here(self) -> bool:
        """Say whether the connection stays on this machine."""
        return _is_loopback(self.host)

    @property
    def text(self) -> str:
        """Give the address without a password, for people and settings."""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        query = f"?host={self.host}" if host.startswith("/") else ""
        certificate = ""
        if self.sslrootcert and self.sslrootcert != "system":
            certificate = f"{'&' if query else '?'}sslrootcert={self.sslrootcert}"
        place = "" if query else host
        return f"postgresql://{self.user}@{place}{port}/{self.database}{query}{certificate}"

    def parameters(self, password: str) -> dict[str, str]:
        """Give what libpq is told."""
        found = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": self.user,
            "password": password,
            "sslmode": self.sslmode,
            "sslrootcert": self.sslrootcert,
        }
        return {name: value for name, value in found.items() if value}


def read_address(text: str) -> tuple[HubAddress, str]:
    """Give an address and the password that stood in it, or an empty one.

    Raises
    ------
    GeoparkError
        BAD_VALUE for what is no such address, asks for more than is allowed, or would go off
        this machine without the server's certificate being checked.
    """
    if not text.startswith(("postgresql://", "postgres://")):
        raise _bad(text)
    try:
        said = conninfo_to_dict(text)
    except ProgrammingError as error:
        raise _bad(text) from error
    if set(said) - _ALLOWED or not said.get("dbname") or not said.get("user"):
        raise _bad(text)
    host = str(said.get("host", ""))
    is_here = _is_loopback(host)
    mode = str(said.get("sslmode", "")) or ("prefer" if is_here else "verify-full")
    if not is_here and mode not in _PROTECTED:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="sslmode", value=mode, expected="verify-full, verify-ca"
        )
    certificate = str(said.get("sslrootcert", "")) or ("" if is_here else "system")
    if certificate == "system":
        mode = "verify-full"  # libpq takes the system's list with this mode only
    address = HubAddress(
        host=host,
        port=str(said.get("port", "")),
        database=str(said["dbname"]),
        user=str(said["user"]),
        sslmode=mode,
        sslrootcert=certificate,
    )
    return address, str(said.get("password", ""))


def _is_loopback(host: str) -> bool:
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _bad(text: str) -> GeoparkError:
    # The text may hold a password: only its beginning is repeated.
    shown = text.partition("://")[0][:20]
    return GeoparkError(ErrorCode.BAD_VALUE, field="hub", value=f"{shown}://…", expected=_EXPECTED)
