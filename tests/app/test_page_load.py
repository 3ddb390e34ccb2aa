"""What a server must stand, at the size of a test; `python -m tests.app.load` does all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.load import leavers, offline, overload
from tests.app.load.server import Server, server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server(tmp_path_factory.mktemp("load"), delay=0.1) as found:
        yield found


def test_more_users_than_places_are_refused_in_good_order(running: Server) -> None:
    load, probes = overload.loaded(running, 4, overload.USERS)
    assert load.bad == []
    assert set(load.statuses) == {"200", "503"}
    assert sorted(probes)[int(len(probes) * 0.99)] < overload.HEALTH
    assert max(load.memory) - load.memory[len(load.memory) // 3] < overload.GROWTH


@pytest.mark.parametrize("way", leavers.WAYS)
def test_a_client_that_leaves_frees_its_place(running: Server, way: leavers.Way) -> None:
    way(running)
    assert leavers.freed(running) <= leavers.WITHIN


def test_seventeen_clients_that_leave_at_once_free_their_places(running: Server) -> None:
    leavers.crowd(running)
    assert leavers.freed(running) <= leavers.WITHIN


def test_sigterm_lets_a_stream_come_to_its_end_and_exits_with_0(running: Server) -> None:
    client = leavers.asked(running, "/api/v1/ask/stream")
    got = b""
    while b"event: writing" not in got:
        got += client.recv(65536)
    assert running.stop(30) == 0
    while piece := client.recv(65536):
        got += piece
    assert b"event: answer" in got


def test_nothing_is_reached_but_this_machine(tmp_path: Path) -> None:
    row = offline.run(1, 1, tmp_path)
    assert row.bad == 0, row.note
    assert offline.reached(
        'connect(3, {sin_port=htons(1), sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n'
        'connect(3, {sin_port=htons(53), sin_addr=inet_addr("8.8.8.8")}, 16) = 0\n'
    ) == ["127.0.0.1", "8.8.8.8"]
    assert not offline.is_local("8.8.8.8")
