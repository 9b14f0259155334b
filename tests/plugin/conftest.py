"""A published file to serve, and servers that serve it."""

import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from datasette.app import Datasette
from datasette.plugins import pm
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from datasette_ost.datasette_api import hook
from tests.plugin.sample import HOSTILE_FILES, SAMPLE, large, publish, write

if TYPE_CHECKING:
    from types import CodeType

    from selenium import webdriver

Serve = Callable[..., Awaitable[Datasette]]


class Compiled(BytecodeCache):
    """What templates were compiled to, for every server of this process. Each has templates of its
    own, and to compile them took longer than to answer.
    """

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType | None] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        # The same source is other code where it is rendered asynchronously.
        key = f"{name} {filename} {environment.is_async} {environment.autoescape}"
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key, bucket.checksum] = bucket.code


class CompiledOnce:
    """Hands them to every server."""

    compiled = Compiled()

    @hook
    def prepare_jinja2_environment(self, env: Environment) -> None:
        env.bytecode_cache = self.compiled


pm.register(CompiledOnce())


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_datasettes_own_file() -> Iterator[None]:
    """Keeps the temporary file of Datasette's own database in memory, where a system has a folder
    for that: each server would wait for the disk when it starts and when it ends.
    """
    memory = "/dev/shm"  # noqa: S108 - the file has a name that nobody can guess
    with pytest.MonkeyPatch.context() as patch:
        if os.access(memory, os.W_OK):
            patch.setattr(tempfile, "mkstemp", partial(tempfile.mkstemp, dir=memory))
        yield


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample."""
    folder = tmp_path_factory.mktemp("project")
    write(folder, SAMPLE)
    write(folder, HOSTILE_FILES)
    return folder


@pytest.fixture(scope="session")
def file(project: Path) -> Path:
    """The sample, published as one file."""
    return publish(project, project / "ost.db").path


@pytest.fixture(scope="session")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """10,000 nodes, published as a site."""
    folder = tmp_path_factory.mktemp("large")
    write(folder / "project", large())
    publish(folder / "project", folder / "site")
    return folder / "site"


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator["webdriver.Chrome"]:
    """A browser: to start one takes longer than most tests."""
    from tests.plugin.browser import available, chromium

    if not available():
        pytest.skip("no chromium")
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def driver(started: "webdriver.Chrome") -> "webdriver.Chrome":
    """A browser that the tests of a module share, and that knows nothing of those before."""
    from tests.plugin.browser import forget

    forget(started)
    return started


@pytest.fixture
def scriptless(tmp_path: Path) -> Iterator["webdriver.Chrome"]:
    """A browser of a usual size that runs no scripts."""
    from tests.plugin.browser import available, chromium, size

    if not available():
        pytest.skip("no chromium")
    with chromium(tmp_path, "--blink-settings=scriptEnabled=false") as started:
        size(started, 1280, 900)
        yield started


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts servers, and closes them."""
    started: list[Datasette] = []

    async def start(*paths: Path, plugin: dict[str, Any] | None = None, **more: Any) -> Datasette:
        config = more.pop("config", {})
        if plugin is not None:
            config = {**config, "plugins": {"datasette-ost": plugin}}
        server = Datasette([str(each) for each in paths], config=config, **more)
        started.append(server)
        await server.invoke_startup()
        return server

    yield start
    for server in started:
        await server.invoke_shutdown()
        server.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine may be late: what failed in one is tried twice more."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))
