"""Laptops meet through the office hub: the same saves as by stick, whatever the server suffers."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from geopark_app.cli import main
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.exchanging import Receipt
from geopark_app.operations.hub_exchange import HubPlace, exchange_hub
from geopark_app.operations.hubs import new_login, prepare
from geopark_app.store.checking import check_log
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.hub import Hub, HubSave, open_hub
from geopark_app.store.hub_address import read_address
from geopark_app.store.hub_setup import HubRole
from geopark_app.store.peers import peers_of
from tests.builders import rows
from tests.laptops import Laptop, add_pictures
from tests.postgres import PROGRAMS, Cluster, certificate, running_cluster
from tests.tools.hub_crowd import crowd

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAMS is None, reason="PostgreSQL is not installed here"),
]
Team = Callable[..., list[Laptop]]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as found:
        yield found


class Server:
    """One hub database and the places its people come to it by."""

    def __init__(self, cluster: Cluster, name: str, office: Laptop) -> None:
        self.cluster, self.name = cluster, name
        address, password = read_address(cluster.create(name))
        self.admin = HubPlace(address=address, password=password)
        with office.at_work() as context:
            prepare(context, self.admin)
        self._places: dict[str, HubPlace] = {}

    def place(self, login: str, role: HubRole = HubRole.MEMBER) -> HubPlace:
        if login not in self._places:
            address, password = new_login(self.admin, f"{self.name}_{login}", role)
            self._places[login] = HubPlace(address=address, password=password)
        return self._places[login]

    def hub(self, login: str) -> Hub:
        place = self.place(login)
        return open_hub(place.address, place.password)

    def meet(self, laptop: Laptop, **options: object) -> Receipt:
        role = HubRole.OFFICE if laptop.name == "office" else HubRole.MEMBER
        with laptop.at_work() as context:
            return exchange_hub(context, self.place(laptop.name, role), **options)  # type: ignore[arg-type]

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.cluster.url(self.name)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def server(cluster: Cluster, request: pytest.FixtureRequest) -> Callable[[Laptop], Server]:
    name = f"hub_{abs(hash(request.node.name)) % 10**10}"
    return lambda office: Server(cluster, name, office)


def state(laptop: Laptop) -> list[tuple[object, ...]]:
    queries = ("site ORDER BY uuid", "head ORDER BY 1, 2, 3, 4, 5", "conflict ORDER BY 1, 2, 3")
    return [row for query in queries for row in rows(laptop.folder, f"SELECT * FROM {query}")]


def assert_alike(*laptops: Laptop) -> None:
    for laptop in laptops:
        assert state(laptop) == state(laptops[0]), laptop.name
        assert check_log(laptop.context.catalogue) == [], laptop.name


def test_hub_and_stick_mix_freely(
    team: Team, server: Callable[[Laptop], Server], tmp_path: Path
) -> None:
    office, lan, minh = team("office", "lan", "minh")
    hub = server(office)
    site = office.add(code="LS-1", name_vi="Hang Gió")
    assert hub.meet(office).sent >= 1
    assert hub.meet(lan).received >= 1
    lan.edit(site, village="Nà Mò")
    office.edit(site, village="Nà Sầm")
    lan.exchange(tmp_path / "stick")
    minh.exchange(tmp_path / "stick")
    # Minh relays what Lan wrote; Lan never met the hub again.
    assert hub.meet(minh).sent >= 1
    assert hub.meet(office).conflicts == 1
    for laptop in (lan, minh):
        hub.meet(laptop)
    assert_alike(office, lan, minh)
    again = hub.meet(lan)
    assert (again.sent, again.received, again.refused) == (0, 0, ())
    assert {one.said["device"] for one in peers_of(office.context.catalogue)} == {"lan", "minh"}


def test_a_hub_put_back_from_an_old_dump_is_healed(
    team: Team, server: Callable[[Laptop], Server], cluster: Cluster
) -> None:
    office, lan = team("office", "lan")
    hub = server(office)
    office.add(code="LS-1")
    hub.meet(office)
    cluster.copy_database(hub.name, "last_night")
    count = "SELECT count(*) FROM geopark_log.save"
    site = lan.add(code="LS-2")
    lan.edit(site, village="Nà Mò")
    hub.meet(lan)
    office.add(code="LS-3")
    hub.meet(office)
    (whole,) = hub.ask(count)[0]
    cluster.put_back("last_night", hub.name)
    assert hub.ask(count)[0] < (whole,)
    hub.meet(office)
    hub.meet(lan)
    assert hub.ask(count)[0] == (whole,)
    hub.meet(office)
    assert_alike(office, lan)


def test_a_member_can_add_and_read_and_nothing_else(
    team: Team, server: Callable[[Laptop], Server]
) -> None:
    office, lan = team("office", "lan")
    hub = server(office)
    hub.meet(lan)
    place = hub.place("lan")
    target = place.address.parameters(place.password)
    forbidden = (
        "UPDATE geopark_log.save SET content = content",
        "DELETE FROM geopark_log.save",
        "TRUNCATE geopark_log.save",
        "UPDATE geopark_log.author SET public_key = ''",
        "DELETE FROM geopark_log.said",
        "INSERT INTO geopark_log.tail VALUES ('x', 1, 'x')",
        "UPDATE geopark_log.about SET value = 'x'",
        "INSERT INTO geopark_log.view_state (vector) VALUES ('x')",
        "CREATE TABLE geopark.site (uuid text)",
        "CREATE TABLE geopark_log.extra (uuid text)",
        "ALTER TABLE geopark_log.save DISABLE TRIGGER ALL",
    )
    for statement in forbidden:
        with (
            psycopg.connect(**target) as connection,  # type: ignore[arg-type]
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)


def test_a_forged_save_is_named_and_stops_nobody(
    team: Team, server: Callable[[Laptop], Server]
) -> None:
    office, lan, minh = team("office", "lan", "minh")
    hub = server(office)
    for laptop in (office, lan, minh):
        hub.meet(laptop)
    site = office.add(code="LS-1", name_vi="Hang Gió")
    hub.meet(office)
    with closing(hub.hub("minh")) as raw:
        (true,) = raw.saves_after(version_vector(lan.context.catalogue))
        forged = true.content.replace("Hang Gió".encode(), "Hang Giả".encode())
        content = HubSave(
            author=true.author,
            first=true.first,
            last=true.last,
            hash="f" * 64,
            prev_hash=true.prev_hash,
            hlc=0,
            content=forged,
        )
        assert raw.add([], [content]) == 1
    receipt = hub.meet(lan)
    assert [one.error.code for one in receipt.refused] == [ErrorCode.BAD_BUNDLE]
    assert lan.site(site).name_vi == "Hang Gió"
    office.edit(site, village="Nà Mò")
    assert hub.meet(office).sent == 1
    assert hub.meet(lan).received == 1
    assert_alike(office, lan)


def test_a_save_that_continues_nothing_is_refused_by_the_hub(
    team: Team, server: Callable[[Laptop], Server]
) -> None:
    office, lan = team("office", "lan")
    hub = server(office)
    hub.meet(lan)
    stray = HubSave(
        author=lan.context.author.author_id, first=900, last=900, hash="a" * 64,
        prev_hash="b" * 64, hlc=1, content=b"{}",
    )  # fmt: skip
    with closing(hub.hub("lan")) as raw:
        assert hub.ask("SELECT count(*) FROM geopark_log.author") != [(0,)]
        with pytest.raises(GeoparkError) as caught:
            raw.add([], [stray])
    assert caught.value.code is ErrorCode.HUB_REFUSED


def test_photos_travel_through_the_servers_folder(
    team: Team, server: Callable[[Laptop], Server], tmp_path: Path
) -> None:
    office, lan = team("office", "lan")
    hub = server(office)
    shared = tmp_path / "server"
    shared.mkdir()
    originals = add_pictures(lan, 2)
    for laptop in (lan, office):
        place = hub.place(laptop.name)
        with laptop.at_work() as context:
            with_photos = HubPlace(address=place.address, password=place.password, photos=shared)
            receipt = exchange_hub(context, with_photos)
    assert receipt.photos.received == 6
    assert all(office.context.catalogue.files.is_whole(sha256) for sha256 in originals)


def test_the_offices_replica_writes_tables_for_qgis(
    team: Team, server: Callable[[Laptop], Server]
) -> None:
    office, lan = team("office", "lan")
    hub = server(office)
    site = lan.add(code="LS-1", name_vi="Hang Gió", position="21.85, 106.76")
    gone = lan.add(code="LS-2")
    lan.delete(gone)
    hub.meet(lan)
    assert hub.ask("SELECT to_regclass('geopark.site')") == [(None,)]
    hub.meet(office)
    found = hub.ask("SELECT uuid, code, name_vi, position_lon, position_lat FROM geopark.site")
    assert found == [(site, "LS-1", "Hang Gió", 106.76, 21.85)]
    reader = hub.place("qgis", HubRole.READER)
    with psycopg.connect(**reader.address.parameters(reader.password)) as connection:  # type: ignore[arg-type]
        assert connection.execute("SELECT count(*) FROM geopark.site").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT count(*) FROM geopark_log.save")
    lan.edit(site, name_vi="Hang Gió Lớn")
    for laptop in (lan, office):
        hub.meet(laptop)
    assert hub.ask("SELECT name_vi FROM geopark.site") == [("Hang Gió Lớn",)]


def test_troubles_are_told_and_change_nothing(
    team: Team, server: Callable[[Laptop], Server], cluster: Cluster
) -> None:
    (office,) = team("office")
    hub = server(office)
    office.add(code="LS-1")
    before = state(office)
    member = hub.place("office", HubRole.OFFICE)
    wrong = {
        cluster.url(hub.name, f"{hub.name}_office", "wrong"): ErrorCode.HUB_LOGIN,
        cluster.url("postgres"): ErrorCode.HUB_UNPREPARED,
        cluster.url(hub.name).replace(str(cluster.port), "1"): ErrorCode.HUB_AWAY,
        f"{cluster.url(hub.name)}?sslmode=verify-full": ErrorCode.HUB_UNTRUSTED,
    }
    for text, code in wrong.items():
        address, password = read_address(text)
        with office.at_work() as context, pytest.raises(GeoparkError) as caught:
            exchange_hub(context, HubPlace(address=address, password=password))
        assert caught.value.code is code, text
    assert state(office) == before
    with office.at_work() as context:
        assert exchange_hub(context, member).sent >= 1


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://lan@10.0.0.5/hub?sslmode=require",
        "postgresql://lan@10.0.0.5/hub?sslmode=disable",
        "postgresql://lan@10.0.0.5/hub?options=-cfoo",
        "postgresql://lan@10.0.0.5/hub?hostaddr=127.0.0.1",
        "postgresql://10.0.0.5/hub",
        "http://lan@10.0.0.5/hub",
        "postgresql://lan@10.0.0.5:x/hub?sslmode",
    ],
)
def test_an_address_without_protection_is_refused(text: str) -> None:
    with pytest.raises(GeoparkError) as caught:
        read_address(text)
    assert caught.value.code is ErrorCode.BAD_VALUE


def test_off_this_machine_the_certificate_is_checked() -> None:
    address, password = read_address("postgresql://lan:secret@geopark.example/hub")
    assert (address.sslmode, address.sslrootcert, password) == ("verify-full", "system", "secret")
    assert "secret" not in address.text
    assert read_address(address.text)[0] == address


def test_the_command_prepares_adds_a_login_and_exchanges(
    team: Team, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    office, lan = team("office", "lan")
    url = cluster.create("by_command")

    def run(laptop: Laptop, *words: str) -> dict[str, object]:
        capsys.readouterr()
        with laptop.at_work():
            done = main(["--catalogue", str(laptop.folder), "sync", "hub", *words, "--json"])
        shown = capsys.readouterr()
        assert done == 0, shown
        found: dict[str, object] = json.loads(shown.out)
        return found

    made = run(office, url, "--prepare", "--add-login", "lan", "--role", "member")
    assert made["prepared"]
    lan.add(code="LS-7")
    login = cluster.url("by_command", "lan", str(made["password"]))
    assert run(lan, login)["sent"] != 0
    office_login = run(office, url, "--add-login", "vanphong", "--role", "office")
    typed = cluster.url("by_command", "vanphong", str(office_login["password"]))
    assert run(office, typed)["received"] == 1
    run(office, url, "--end-login", "lan")
    with lan.at_work():
        assert main(["--catalogue", str(lan.folder), "sync", "hub", login]) == 30


def test_real_programs_at_once_miss_nothing_though_killed_and_the_server_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    with running_cluster("fsync=on") as server:
        found = crowd(tmp_path, server, laptops=3, rounds=2, kills=2, seed=11)
    assert (found.missed, found.broken, found.states, found.kills) == (0, 0, 1, 2)


# psycopg says that it could not close its cursor on a connection that is gone.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_connection_dropped_at_any_statement_loses_nothing(
    team: Team, server: Callable[[Laptop], Server], cluster: Cluster
) -> None:
    office, lan = team("office", "lan")
    hub = server(office)
    for laptop in (office, lan):
        hub.meet(laptop)
    office.add(code="LS-1", name_vi="Hang Gió")
    hub.meet(office)
    site = lan.add(code="LS-2")
    lan.edit(site, village="Nà Mò")
    dropped = 0
    while _dropped_after(dropped, cluster, lambda: hub.meet(lan)):
        dropped += 1
    assert dropped > 8
    for laptop in (office, lan, office):
        assert hub.meet(laptop).refused == ()
    assert_alike(office, lan)
    assert office.site(site).village == "Nà Mò"
    chains = "SELECT count(*) FROM geopark_log.tail"
    assert hub.ask(chains) == hub.ask("SELECT count(DISTINCT author) FROM geopark_log.save")


def _dropped_after(statements: int, cluster: Cluster, meet: Callable[[], object]) -> bool:
    """Let the server drop the connection after so many statements; say whether it came to that."""
    left = statements

    def cut(connection: sa.Connection, *_rest: object) -> None:
        nonlocal left
        if connection.dialect.name != "postgresql":
            return
        left -= 1
        if left == -1:
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            with psycopg.connect(cluster.url("postgres")) as admin:
                admin.execute("SELECT pg_terminate_backend(%s, 5000)", (driver.info.backend_pid,))

    sa.event.listen(sa.Engine, "before_cursor_execute", cut)
    try:
        meet()
    except GeoparkError as error:
        if error.code is not ErrorCode.HUB_AWAY:
            raise
        return True
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", cut)
    return False


def test_a_server_that_proves_another_name_is_not_trusted(tmp_path: Path) -> None:
    with running_cluster("fsync=off") as found:
        good, other = (certificate(found.folder, name) for name in ("127.0.0.1", "10.9.9.9"))
        found.stop()
        found.secure(*good)
        found.start()
        found.create("tls")
        url = found.url("tls")
        for trusted, code in ((good[0], ErrorCode.HUB_UNPREPARED), (other[0], None)):
            address, password = read_address(f"{url}?sslmode=verify-full&sslrootcert={trusted}")
            with closing(open_hub(address, password)) as hub, pytest.raises(GeoparkError) as caught:
                hub.check("0" * 16)
            assert caught.value.code is (code or ErrorCode.HUB_UNTRUSTED)
