from __future__ import annotations

import threading
import time
from collections.abc import Generator

import pytest

from page.desk.gate import Busy, Draining, Gate, GateOptions, Waiting
from rag.events import Event, HitsFound, Token


def events(closed: threading.Event, count: int = 2) -> Generator[Event, None, None]:
    try:
        yield HitsFound(())
        for _ in range(count):
            yield Token("word ")
    finally:
        closed.set()


def test_whoever_comes_first_is_let_in_first() -> None:
    gate = Gate(GateOptions(slots=1, waiting=3))
    tickets = [gate.join() for _ in range(4)]
    assert [ticket.place for ticket in tickets] == [0, 1, 2, 3]
    assert (gate.inside, gate.waiting) == (1, 3)
    order = []
    for ticket in tickets:
        ticket.turn.result(timeout=1)
        order.append(ticket.place)
        ticket.leave()
    assert order == [0, 0, 0, 0]
    assert (gate.inside, gate.waiting) == (0, 0)


def test_one_too_many_is_told_when_to_come_again() -> None:
    gate = Gate(GateOptions(slots=1, waiting=2, usual=10.0, longest=60))
    inside, *_ = [gate.join() for _ in range(3)]
    with pytest.raises(Busy, match="2 questions are waiting") as refusal:
        gate.join()
    assert 1 <= refusal.value.retry_after <= 60
    assert f"in {refusal.value.retry_after} seconds" in refusal.value.next_step
    assert gate.refused == 1
    inside.leave()
    gate.join()


def test_the_wait_that_is_told_follows_how_long_answers_take() -> None:
    gate = Gate(GateOptions(slots=1, waiting=4, usual=20.0))
    slow = gate.retry_after
    for _ in range(30):
        gate.join().leave()
    for _ in range(3):
        gate.join()
    assert gate.retry_after == 1
    assert slow == 1  # nothing is inside: there is a place at once
    patient = Gate(GateOptions(slots=1, waiting=4, usual=20.0))
    for _ in range(3):
        patient.join()
    assert patient.retry_after == 30


def test_who_gives_up_while_waiting_is_passed_over() -> None:
    gate = Gate(GateOptions(slots=1, waiting=2))
    first, second, third = (gate.join() for _ in range(3))
    second.leave()
    second.leave()
    assert gate.waiting == 1
    first.leave()
    third.turn.result(timeout=1)
    assert (gate.inside, second.turn.cancelled()) == (1, True)


def test_a_drained_gate_finishes_what_is_inside_and_sends_the_rest_away() -> None:
    gate = Gate(GateOptions(slots=1, waiting=4))
    inside, waiting = gate.join(), gate.join()
    gate.drain()
    with pytest.raises(Draining):
        waiting.wait()
    with pytest.raises(Draining):
        gate.join()
    waiting.leave()
    assert not gate.is_empty_within(0.05)
    threading.Timer(0.05, inside.leave).start()
    assert gate.is_empty_within(2)
    assert (gate.inside, gate.waiting) == (0, 0)


def test_events_in_turn_free_their_place_at_their_end() -> None:
    gate, closed = Gate(), threading.Event()
    told = list(gate.in_turn(events(closed)))
    assert len(told) == 3
    assert closed.is_set()
    assert gate.inside == 0


def test_closing_the_events_frees_the_place_and_stops_the_model() -> None:
    gate, closed = Gate(), threading.Event()
    stream = gate.in_turn(events(closed, 1000))
    next(stream)
    assert gate.inside == 1
    stream.close()
    assert closed.is_set()
    assert gate.inside == 0


def test_events_that_nobody_reads_take_no_place() -> None:
    gate = Gate()
    stream = gate.in_turn(events(threading.Event()))
    assert gate.inside == 0
    stream.close()
    assert gate.inside == 0


def test_whoever_waits_is_told_how_many_come_first_and_may_leave() -> None:
    gate = Gate()
    first, second = gate.join(), gate.join()
    stream = gate.in_turn(events(threading.Event()))
    assert next(stream) == Waiting(2)
    first.leave()
    assert next(stream) == Waiting(1)
    second.leave()
    assert next(stream) == Waiting(0)
    assert next(stream) == HitsFound(())
    stream.close()
    assert gate.inside == 0
    first = gate.join()
    closed = threading.Event()
    stream = gate.in_turn(events(closed))
    assert next(stream) == Waiting(1)
    stream.close()
    assert (gate.inside, gate.waiting) == (1, 0)
    first.leave()


def test_one_may_wait_beyond_those_who_may() -> None:
    gate = Gate(GateOptions(slots=1, waiting=1))
    inside, waiting = gate.join(), gate.join()
    beyond = gate.join(beyond=True)
    assert (beyond.place, gate.refused) == (2, 0)
    gate.drain()
    with pytest.raises(Draining):
        gate.join(beyond=True)
    for ticket in (inside, waiting, beyond):
        ticket.leave()


def test_many_threads_go_through_one_at_a_time() -> None:
    gate = Gate(GateOptions(slots=1, waiting=40))
    most, done = [0], []

    def question() -> None:
        ticket = gate.join()
        ticket.wait()
        most[0] = max(most[0], gate.inside)
        time.sleep(0.002)
        done.append(1)
        ticket.leave()

    threads = [threading.Thread(target=question) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (len(done), most[0], gate.inside, gate.waiting) == (40, 1, 0, 0)
