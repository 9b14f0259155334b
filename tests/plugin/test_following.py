"""New builds under a running server."""

import asyncio
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from ost.disk.checksum import digest_of
from tests.plugin.conftest import Serve
from tests.plugin.sample import SAMPLE, publish, write
from tests.servers import eventually

TITLE = "More evenings begin with a film"


def retitle(folder: Path, number: int) -> None:
    """Another build: the outcome and an opportunity carry the number."""
    for name in ("more-film-nights.md", "cant-agree.md"):
        text = (folder / name).read_text("utf-8")
        text = re.sub(r"(?m)^# (.*?)(?: no\. \d+)?$", rf"# \1 no. {number}", text, count=1)
        (folder / name).write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "project", SAMPLE)
    return tmp_path / "project"


async def test_moved_pointer_is_followed(serve: Serve, folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(folder, site)
    server = await serve(plugin={"pointer": str(site / "current.json"), "database": "ost"})
    before = await server.client.get("/-/ost.json")
    tag = before.headers["etag"]
    retitle(folder, 1)
    publish(folder, site)
    after = await server.client.get("/-/ost.json", headers={"If-None-Match": tag})
    assert after.json()["outcomes"][0]["title"] == f"{TITLE} no. 1"
    assert before.json()["about"]["build"] != after.json()["about"]["build"]
    row = await server.client.get("/ost/node/more-film-nights.json")
    assert row.json()["rows"][0]["title"] == f"{TITLE} no. 1"


async def test_replaced_file_is_followed(serve: Serve, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "tree.db"
    publish(folder, file)
    server = await serve(file)
    assert (await server.client.get("/-/ost")).status_code == 200
    retitle(folder, 2)
    publish(folder, file)
    found = (await server.client.get("/-/ost.json")).json()
    assert found["outcomes"][0]["title"] == f"{TITLE} no. 2"


BAD = {
    "no json": "{",
    "no file": '{"file": "ost-gone.db", "build": "gone", "schema": 2, "digest": ""}',
    "elsewhere": '{"file": "../secret.db", "build": "x", "schema": 2, "digest": ""}',
    "newer": '{"file": "ost-gone.db", "build": "gone", "schema": 99, "digest": ""}',
    "other build": '{"file": "copy.db", "build": "other", "schema": 2, "digest": "%s"}',
    "other file": '{"file": "copy.db", "build": "%.0sBUILD", "schema": 2, "digest": "0"}',
    "no hash": '{"file": "copy.db", "build": "%.0sBUILD", "schema": 2}',
    "torn": '{"file": "torn.db", "build": "torn", "schema": 2, "digest": ""}',
    "missing": None,
}


@pytest.mark.parametrize("bad", BAD)
async def test_bad_pointer_keeps_the_old_build(
    serve: Serve, folder: Path, tmp_path: Path, bad: str
) -> None:
    site = tmp_path / "site"
    pointer = site / "current.json"
    path = publish(folder, site).path
    server = await serve(plugin={"pointer": str(pointer)})
    assert "older build" not in (await server.client.get("/-/ost/check")).text
    good = pointer.read_text()
    shutil.copy(path, site / "copy.db")
    (site / "torn.db").write_bytes(path.read_bytes()[:6000])
    told = BAD[bad]
    if told is None:
        pointer.unlink()
    else:
        digest = digest_of(path)
        build = json.loads(good)["build"]
        pointer.write_text((told % digest if "%" in told else told).replace("BUILD", build))
    page = await server.client.get("/-/ost/check")
    assert page.status_code == 200
    assert "This is an older build." in page.text
    assert str(tmp_path) not in page.text
    assert (await server.client.get("/-/ost/node/cant-agree")).status_code == 200
    assert (await server.client.get("/-/ost/build.json")).json()["problem"]
    pointer.write_text(good)
    assert "older build" not in (await server.client.get("/-/ost/check")).text


async def test_pointer_that_comes_later(serve: Serve, folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    server = await serve(plugin={"pointer": str(site / "current.json")})
    waiting = await server.client.get("/-/ost")
    assert (waiting.status_code, "there is no current.json yet" in waiting.text) == (503, True)
    publish(folder, site)
    assert (await server.client.get("/-/ost")).status_code == 200


async def test_replaced_files_are_closed_in_time(
    serve: Serve, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datasette_ost.server import site as sites

    monkeypatch.setattr(sites, "GRACE", 0.0)
    site = tmp_path / "site"
    publish(folder, site)
    server = await serve(plugin={"pointer": str(site / "current.json")})
    await server.start_background_tasks()
    old = server.databases["ost"]
    retitle(folder, 3)
    publish(folder, site)
    for _ in range(100):
        await asyncio.sleep(0.05)
        if old._closed:
            break
    assert old._closed
    assert (await server.client.get("/-/ost")).status_code == 200


async def test_deleted_build_is_not_rebuilt(serve: Serve, folder: Path, tmp_path: Path) -> None:
    """A thread that opens it late must not find an empty database in its place."""
    site = tmp_path / "site"
    path = publish(folder, site).path
    server = await serve(plugin={"pointer": str(site / "current.json")})
    path.unlink()
    with pytest.raises(sqlite3.OperationalError):
        server.databases["ost"].connect()
    assert not path.exists()


def listens(port: int) -> bool:
    """Whether something takes connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(site: Path, **plugin: object) -> Iterator[int]:
    """A real server in a process of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    config = site / "datasette.json"
    given = {"pointer": str(site / "current.json"), "database": "ost", **plugin}
    config.write_text(json.dumps({"plugins": {"datasette-ost": given}}))
    command = [sys.executable, "-m", "datasette", "serve", "--port", str(port), "-c", str(config)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert eventually(lambda: listens(port))
        yield port
    finally:
        server.terminate()
        server.wait()


class Reader(Thread):
    """Reads pages until stopped, and records their failures."""

    PATHS = ("/-/ost.json", "/-/ost/node/cant-agree.json", "/-/ost/node/cant-agree")

    def __init__(self, port: int, published: list[int], stop: Event) -> None:
        super().__init__()
        self.port, self.published, self.stop = port, published, stop
        self.answers = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.stop.is_set():
            path = self.PATHS[self.answers % len(self.PATHS)]
            newest = self.published[-1]
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                text = answer.read().decode()
            except OSError as error:
                self.wrong.append(f"error: {error}")
                connection.close()
                continue
            self.answers += 1
            numbers = {int(each) for each in re.findall(r"no\. (\d+)", text)}
            if answer.status != 200:
                self.wrong.append(f"{answer.status}")
            elif len(numbers) != 1:
                self.wrong.append(f"torn: {numbers}")
            elif min(numbers) < newest:
                self.wrong.append(f"stale: {numbers} after {newest}")
        connection.close()


@pytest.mark.slow
def test_publishing_under_readers(folder: Path, tmp_path: Path) -> None:
    """20 publishes under 8 readers: no error, nothing stale, nothing torn."""
    site = tmp_path / "site"
    retitle(folder, 1)
    publish(folder, site)
    published, stop = [1], Event()
    with running(site) as port:
        readers = [Reader(port, published, stop) for _ in range(8)]
        for reader in readers:
            reader.start()
        for number in range(2, 22):
            retitle(folder, number)
            publish(folder, site)
            published.append(number)
            time.sleep(0.2)
        stop.set()
        for reader in readers:
            reader.join()
    assert [each for reader in readers for each in reader.wrong] == []
    assert sum(reader.answers for reader in readers) > 200
    assert len(list(site.iterdir())) < 8


async def test_question_for_another_build_is_answered_when_there_is_one(
    serve: Serve, folder: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    publish(folder, site)
    server = await serve(plugin={"pointer": str(site / "current.json"), "database": "ost"})
    first = (await server.client.get("/-/ost/build.json")).json()["build"]
    asked = asyncio.create_task(server.client.get(f"/-/ost/build.json?shown={first}"))
    while not asked.done() and json.loads((site / "current.json").read_text())["build"] == first:
        await asyncio.sleep(0.05)
        assert not asked.done(), "it is held"
        retitle(folder, 4)
        publish(folder, site)
    told = (await asked).json()["build"]
    assert told == json.loads((site / "current.json").read_text())["build"] != first
    # Who has another build is told at once, and who has this one in the end.
    for shown in (first, told):
        answer = await server.client.get(f"/-/ost/build.json?shown={shown}")
        assert answer.json()["build"] == told


@pytest.mark.parametrize("checked", [False, True])
async def test_checked_file_is_not_hashed_and_a_known_description_is_not_written(
    serve: Serve, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, checked: bool
) -> None:
    from datasette_ost.server import site as sites
    from datasette_ost.server.questions import offer

    site = tmp_path / "site"
    publish(folder, site)
    hashed, offered = Counter[Path](), Counter[str]()

    def hash_of(path: Path) -> str:
        hashed[path] += 1
        return digest_of(path)

    async def noted(server: Any, database: str) -> None:
        offered[database] += 1
        await offer(server, database)

    monkeypatch.setattr(sites, "digest_of", hash_of)
    monkeypatch.setattr("datasette_ost.server.descriptions.offer", noted)
    pointer = str(site / "current.json")
    server = await serve(plugin={"pointer": pointer, "checked": checked})
    for number in (5, 6):
        retitle(folder, number)
        publish(folder, site)
        assert (await server.client.get("/-/ost")).status_code == 200
    assert len(hashed) == (0 if checked else 3)
    assert offered == {"ost": 1}
