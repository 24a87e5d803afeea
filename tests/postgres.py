"""A PostgreSQL server of our own for tests: on loopback, in a folder that goes away afterwards."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "cluster-of-a-test"


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


PROGRAMS = _programs()


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Cluster:
    """One server; `url` is its administrator's address of a database."""

    def __init__(self, folder: Path, *, settings: tuple[str, ...] = ("fsync=off",)) -> None:
        assert PROGRAMS is not None
        self.folder = folder
        self.data = folder / "data"
        self.user = _server_user()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.settings = (
            "listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={folder}",
            "max_connections=80", "shared_buffers=32MB", *settings,
        )  # fmt: skip
        secret = folder / "password"
        secret.write_text(PASSWORD, encoding="ascii")
        if self.user:
            shutil.chown(folder, self.user)
            shutil.chown(secret, self.user)
        self._run(
            "initdb", "-D", str(self.data), "-U", "admin", "-A", "scram-sha-256",
            "--pwfile", str(secret), "--no-sync", "-E", "UTF8", "--locale=C.UTF-8",
        )  # fmt: skip

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = " ".join(f"-c {one}" for one in self.settings)
        log = str(self.folder / "log")
        self._run(
            "pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-l", log, "-o", options, "start"
        )

    def stop(self, mode: str = "fast") -> None:
        """Stop it; "immediate" is a crash."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def url(self, database: str, user: str = "admin", password: str = PASSWORD) -> str:
        """Give an address."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make a database and give its administrator's address."""
        self._administer(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def secure(self, public: Path, private: Path) -> None:
        """Let the server speak TLS with this certificate."""
        if self.user:
            shutil.chown(private, self.user)
        private.chmod(0o600)
        self.settings = (
            *self.settings,
            "ssl=on",
            f"ssl_cert_file={public}",
            f"ssl_key_file={private}",
        )

    def copy_database(self, name: str, copy: str) -> None:
        """Keep a copy of a database, as a dump of the night does."""
        self._administer(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')

    def put_back(self, copy: str, name: str) -> None:
        """Put a kept copy in the place of a database."""
        self._administer(
            f'DROP DATABASE "{name}" WITH (FORCE)', f'ALTER DATABASE "{copy}" RENAME TO "{name}"'
        )

    def _administer(self, *statements: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _run(self, program: str, *arguments: str) -> None:
        assert PROGRAMS is not None
        # pg_ctl's server keeps the pipes of its parent open: none are given to it.
        done = subprocess.run(
            [str(PROGRAMS / program), *arguments],
            user=self.user, cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=False,
        )  # fmt: skip
        log = self.folder / "log"
        assert done.returncode == 0, log.read_text() if log.exists() else program


@contextmanager
def running_cluster(*settings: str) -> Iterator[Cluster]:
    """Give a server that runs for a block."""
    folder = Path(tempfile.mkdtemp(prefix="geopark-hub-"))
    try:
        cluster = Cluster(folder, settings=settings or ("fsync=off",))
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def certificate(folder: Path, address: str) -> tuple[Path, Path]:
    """Write a certificate that proves an address and nothing else, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{address}.crt", folder / f"{address}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private
