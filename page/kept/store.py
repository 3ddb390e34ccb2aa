"""Kept conversations: listed, searched, opened again, renamed and deleted, each by its owner only.

An owner is the name that a reader logged in with, or '' on a page without a password, which only
this machine can reach. Every question to the file names the owner: an id that is another's is as
unknown as one that never was.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.walk import expanded
from embeddings.terms import fold
from page.conversation.turn import Conversation, Turn
from page.kept.file import DEFAULT_FILE, KEPT, NotKept
from page.kept.judgement import Judgement
from page.kept.packing import packed, unpacked, unreadable
from rag.numbering import Span

LISTED = 100
"""Conversations in a list, the newest first; older ones are found by searching."""

TITLE = 90
"""Characters of a title; a longer question is shortened."""

SOUGHT = 8
"""Words that are sought at once; what is typed after them is not looked at."""

_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class KeptInfo:
    """One kept conversation, without what was said in it.

    Attributes:
        id: 16 hexadecimal digits.
        library: the address of the library that was asked.
        questions: how many were asked in it.
        begun, changed: in UTC.
    """

    id: str
    library: str
    title: str
    questions: int
    begun: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """One kept conversation, whole.

    Attributes:
        spans: those that have a number in it, the one with number 1 first.
        judgements: what the reader held of its answers, by the turn's key.
    """

    info: KeptInfo
    turns: Conversation
    spans: tuple[Span, ...]
    judgements: dict[str, Judgement]


class KeptStore:
    """The conversations in one SQLite file. Any number of threads and processes may use it.

    Args:
        path: the file; it is made when the first conversation is kept.
    """

    def __init__(self, path: str | Path = DEFAULT_FILE) -> None:
        self.path = expanded(path)

    def list(self, owner: str, sought: str = "", limit: int = LISTED) -> tuple[KeptInfo, ...]:
        """The owner's conversations, the one that changed last first.

        Args:
            sought: only those that have all these words in their title, questions or answers.

        Raises:
            NotKept: the file cannot be used; so of every other method here.
        """
        words = fold(sought[: 100 * SOUGHT]).split()[:SOUGHT]
        holds = "AND (title_words(title) LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM turns WHERE "
        holds += "conversation = number AND words LIKE ? ESCAPE '\\')) "
        values = [pattern for word in words for pattern in [_pattern(word)] * 2]
        with self._connected() as connection:
            connection.create_function("title_words", 1, fold, deterministic=True)
            rows = connection.execute(
                f"{_SELECT} WHERE owner = ? {holds * len(words)}"
                "ORDER BY changed DESC, number DESC LIMIT ?",
                (owner, *values, limit),
            ).fetchall()
        return tuple(_info(row) for row in rows)

    def read(self, owner: str, conversation_id: str) -> KeptConversation:
        """A conversation as it was left.

        Raises:
            NotKept: the owner has no such conversation.
        """
        with self._connected() as connection, _reading(connection):
            number = self._number(connection, owner, conversation_id)
            row = connection.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone()
            (spans,) = connection.execute(
                "SELECT spans FROM conversations WHERE number = ?", (number,)
            ).fetchone()
            turns = connection.execute(
                "SELECT ordinal, question, as_of, key, payload FROM turns "
                "WHERE conversation = ? ORDER BY ordinal",
                (number,),
            ).fetchall()
            articles = dict(
                connection.execute(
                    "SELECT digest, payload FROM articles WHERE conversation = ?", (number,)
                )
            )
            judged = connection.execute(
                "SELECT turn, verdict, note, should FROM judgements WHERE conversation = ?",
                (number,),
            ).fetchall()
        return KeptConversation(
            _info(row),
            tuple(_turn(turn, articles) for turn in turns),
            tuple((article, start, end) for article, start, end in json.loads(spans)),
            {key: Judgement(*rest) for key, *rest in judged},
        )

    def save(
        self,
        owner: str,
        conversation_id: str,
        library: str,
        turns: Conversation,
        spans: Sequence[Span],
        known: Collection[str],
    ) -> str:
        """Keep a conversation as it stands now; of turns that are kept, only the last is written.

        Args:
            conversation_id: '' for one that is not kept yet.
            known: keys of the turns that this reader has seen in it. Where others are kept, it
                went on in another browser tab meanwhile, and this one is kept beside it.

        Returns:
            Its id, which may be another one than was given; '' where nothing is left to keep, and
            what was kept is deleted.
        """
        if not turns:
            self._let_go(owner, conversation_id)
            return ""
        now = _now()
        with self._connected() as connection, _writing(connection):
            number = self._known_number(connection, owner, conversation_id, library, known)
            if number is None:
                conversation_id = secrets.token_hex(_ID_BYTES)
                number = connection.execute(
                    "INSERT INTO conversations (id, owner, library, title, begun, changed, spans) "
                    "VALUES (?, ?, ?, '', ?, ?, '[]')",
                    (conversation_id, owner, library, now, now),
                ).lastrowid
                assert number is not None
            _write_turns(connection, number, turns)
            connection.execute(
                "UPDATE conversations SET changed = ?, spans = ?, "
                "title = CASE WHEN named THEN title ELSE ? END WHERE number = ?",
                (now, json.dumps(spans), title_of(turns[0].question), number),
            )
        return conversation_id

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give a conversation a title of its own; an empty one gives it its first question again.

        Raises:
            NotKept: the owner has no such conversation.
        """
        with self._connected() as connection, _writing(connection):
            number = self._number(connection, owner, conversation_id)
            (question,) = connection.execute(
                "SELECT question FROM turns WHERE conversation = ? ORDER BY ordinal", (number,)
            ).fetchone()
            chosen = title_of(title) if title.strip() else title_of(question)
            connection.execute(
                "UPDATE conversations SET title = ?, named = ? WHERE number = ?",
                (chosen, bool(title.strip()), number),
            )

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete a conversation, with its articles and what was held of its answers.

        Raises:
            NotKept: the owner has no such conversation.
        """
        with self._connected() as connection:
            with _writing(connection):
                number = self._number(connection, owner, conversation_id)
                connection.execute("DELETE FROM conversations WHERE number = ?", (number,))
            # The journal still has its words until it is written back.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def judge(self, owner: str, conversation_id: str, turn: Turn, judgement: Judgement) -> None:
        """Keep what a reader holds of an answer, with the answer's full record.

        Raises:
            NotKept: the owner has no such conversation.
        """
        with self._connected() as connection, _writing(connection):
            number = self._number(connection, owner, conversation_id)
            connection.execute(
                "INSERT OR REPLACE INTO judgements "
                "(conversation, turn, verdict, note, should, judged, record) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, turn.key, judgement.verdict, judgement.note, judgement.should, _now(),
                 judgement.record_of(turn)),
            )  # fmt: skip

    def records(self, owner: str, conversation_id: str) -> dict[str, bytes]:
        """The full record of every judged answer, by the turn's key, as `Judgement.record_of`.

        Raises:
            NotKept: the owner has no such conversation.
        """
        with self._connected() as connection:
            number = self._number(connection, owner, conversation_id)
            return dict(
                connection.execute(
                    "SELECT turn, record FROM judgements WHERE conversation = ?", (number,)
                )
            )

    def _let_go(self, owner: str, conversation_id: str) -> None:
        with suppress(NotKept):
            self.delete(owner, conversation_id)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with KEPT.told(self.path):
            connection = KEPT.connect(self.path)
            # What a reader deletes is not to be found in the file afterwards.
            connection.execute("PRAGMA secure_delete = ON")
            try:
                yield connection
            finally:
                connection.close()

    def _number(self, connection: sqlite3.Connection, owner: str, conversation_id: str) -> int:
        row = connection.execute(
            "SELECT number FROM conversations WHERE owner = ? AND id = ?", (owner, conversation_id)
        ).fetchone()
        if row is None:
            raise NotKept(
                "There is no such conversation", next_step="look into the list of conversations"
            )
        return int(row[0])

    def _known_number(
        self,
        connection: sqlite3.Connection,
        owner: str,
        conversation_id: str,
        library: str,
        known: Collection[str],
    ) -> int | None:
        """The row to write to; None where a new one is needed."""
        row = connection.execute(
            "SELECT number FROM conversations WHERE owner = ? AND id = ? AND library = ?",
            (owner, conversation_id, library),
        ).fetchone()
        if row is None:
            return None
        keys = connection.execute("SELECT key FROM turns WHERE conversation = ?", row).fetchall()
        return int(row[0]) if {key for (key,) in keys} <= set(known) else None


_SELECT = """
SELECT id, library, title, (SELECT count(*) FROM turns WHERE conversation = number), begun, changed
FROM conversations
"""


def title_of(question: str) -> str:
    """A question, or what a reader wrote, as a title of one line."""
    line = " ".join(question.split()) or "(no question)"
    return line if len(line) <= TITLE else f"{line[: TITLE - 1].rstrip()}…"


def _write_turns(connection: sqlite3.Connection, number: int, turns: Conversation) -> None:
    kept = dict(
        connection.execute("SELECT ordinal, key FROM turns WHERE conversation = ?", (number,))
    )
    connection.execute(
        "DELETE FROM turns WHERE conversation = ? AND ordinal > ?", (number, len(turns))
    )
    for ordinal, turn in enumerate(turns, start=1):
        if kept.get(ordinal) == turn.key and ordinal < len(turns):
            continue
        pack = packed(replace(turn, number=ordinal))
        connection.executemany(
            "INSERT OR IGNORE INTO articles (conversation, digest, payload) VALUES (?, ?, ?)",
            [(number, digest, payload) for digest, payload in pack.articles.items()],
        )
        said = " ".join(sentence.text for sentence in turn.sentences)
        words = fold(f"{turn.question} {turn.asked_as} {said}")
        connection.execute(
            "INSERT OR REPLACE INTO turns "
            "(conversation, ordinal, key, question, as_of, words, payload) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, ordinal, turn.key, turn.question, turn.as_of, words, pack.turn),
        )


def _turn(row: tuple[int, str, str, str, bytes], articles: dict[str, bytes]) -> Turn:
    ordinal, question, as_of, key, payload = row
    try:
        return unpacked(payload, articles)
    except ValueError:
        return unreadable(ordinal, question, as_of, key)


def _pattern(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _info(row: tuple[str, str, str, int, str, str]) -> KeptInfo:
    conversation_id, library, title, questions, begun, changed = row
    return KeptInfo(
        conversation_id, library, title, questions,
        datetime.fromisoformat(begun), datetime.fromisoformat(changed),
    )  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    with _transaction(connection, "BEGIN IMMEDIATE"):
        yield


@contextmanager
def _reading(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one moment."""
    with _transaction(connection, "BEGIN"):
        yield


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
