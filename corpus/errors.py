"""Every error that Dateline raises on purpose, in one tree.

    DatelineError
    ├── CorpusError              something about the articles that were handed in
    │   ├── MissingPath          a file or folder that is not there
    │   ├── UnreadableFile       empty, binary, or not of the form its name promises
    │   ├── NothingToRead        a folder that holds no file Dateline reads
    │   └── NetworkOff           a web address, where the network is not allowed
    ├── LibraryError             something about the library on disk
    │   ├── NotALibrary          a path that exists and is no Dateline library
    │   ├── LibraryMissing       no library at that path yet
    │   ├── LibraryLocked        another process is writing to it
    │   ├── LibraryDamaged       its SQLite file cannot be trusted
    │   ├── SchemaMismatch       made by another version of Dateline
    │   ├── EmbedderMismatch     its vectors were made by another embedder
    │   └── NotInLibrary         an article or passage that it does not hold
    ├── ModelError               something about an embedder or a generator
    │   ├── ModelMissing         a package or path that is not installed
    │   ├── ModelUnreachable     a server that does not answer
    │   ├── EngineUnusable       an engine that is not installed or cannot run the model
    │   ├── AdapterUnusable      a trained part that is missing, damaged or of another model
    │   └── BadModelURI          a name that the resolver cannot read
    ├── QuestionError            something about the question
    │   ├── EmptyQuestion        nothing but white space
    │   └── QuestionTooLong      more characters than a question has
    ├── BadDate                  a date that is not YYYY-MM-DD
    ├── SettingsError            a setting that is out of range or unknown
    ├── TrainingError            data or a checkpoint that cannot be trained from
    └── EvalError                a suite, a sample or a run that cannot be used

Only the command line and the page catch them; both show `str(error)`, which says what
happened, where, and what to do next.
"""

from __future__ import annotations

from pathlib import Path


class DatelineError(Exception):
    """What happened, where, and the next step.

    Args:
        what: one sentence, without a full stop at its end.
        where: the file, URL or setting that it is about, if there is one.
        next_step: what the reader can do now, preferably a command.
    """

    bad_usage = False
    """True for what the one who asks got wrong, as against what went wrong."""

    def __init__(self, what: str, *, where: str | Path | None = None, next_step: str = "") -> None:
        self.what = what
        self.where = str(where) if where is not None else None
        self.next_step = next_step
        super().__init__(what)

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        step = f"\n  Next: {self.next_step}" if self.next_step else ""
        return f"{self.what}{place}.{step}"


class CorpusError(DatelineError):
    """Something about the articles that were handed in."""


class MissingPath(CorpusError):
    """A file or folder that is not there."""


class UnreadableFile(CorpusError):
    """A file that is empty, binary, or not of the form that its name promises."""


class NothingToRead(CorpusError):
    """A folder that holds no file that Dateline reads."""


class NetworkOff(CorpusError):
    """A web address was named, and nobody allowed the network."""

    bad_usage = True


class LibraryError(DatelineError):
    """Something about the library on disk."""


class NotALibrary(LibraryError):
    """A path that exists and is no Dateline library."""


class LibraryMissing(LibraryError):
    """No library at that path yet."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""


class LibraryDamaged(LibraryError):
    """The library's SQLite file cannot be trusted."""


class SchemaMismatch(LibraryError):
    """The library was made by another version of Dateline."""


class EmbedderMismatch(LibraryError):
    """The library's vectors were made by another embedder."""


class NotInLibrary(LibraryError):
    """An article or passage id that the library does not hold."""


class ModelError(DatelineError):
    """Something about an embedder or a generator."""


class ModelMissing(ModelError):
    """A model package or path that is not installed."""


class ModelUnreachable(ModelError):
    """A model server that does not answer."""


class EngineUnusable(ModelError):
    """An engine that is not installed, or cannot run the model. Another one may."""


class AdapterUnusable(ModelError):
    """A trained part is missing, damaged, or made for another model."""


class BadModelURI(ModelError):
    """A model name that the resolver cannot read."""


class QuestionError(DatelineError):
    """Something about the question."""

    bad_usage = True


class EmptyQuestion(QuestionError):
    """A question of nothing but white space."""


class QuestionTooLong(QuestionError):
    """More characters than a question has."""


class BadDate(DatelineError):
    """A date that is not written YYYY-MM-DD."""

    bad_usage = True


class SettingsError(DatelineError):
    """A setting that is out of range or unknown."""


class TrainingError(DatelineError):
    """Data or a checkpoint that cannot be trained from."""


class EvalError(DatelineError):
    """A suite, a sample or a run that cannot be used."""
