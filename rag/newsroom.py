"""The face of Dateline: open a library, ask it, search it."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from corpus import ReadOptions
from corpus.closing import Closing
from corpus.masking import without_secrets
from embeddings import IngestReport, load_embedder
from embeddings.embedders.embedder import Embedder
from embeddings.libraries import open_library
from embeddings.protocol import LibraryLike
from rag.adapters.which import NONE
from rag.answer import Answer
from rag.answering.options import AnswerOptions
from rag.answering.road import Answerer
from rag.checking.verifiers import verifier_at_need, verifier_name
from rag.checking.verify import Checker, Verifier
from rag.conversation import Conversation
from rag.drafts.checking import check_draft
from rag.drafts.draft import Draft
from rag.drafts.report import DraftReport
from rag.events import AnswerFinished, Event
from rag.finding.hit import Hit
from rag.finding.readers import reader_for, reader_name
from rag.finding.rerank import Reads
from rag.finding.retrieve import Finder, retrieve
from rag.intake.adding import Adding, add_to, open_and_add
from rag.question.query import Day, read_question
from rag.settings import Settings, load_settings
from rag.timeline import Figure, Statement, Timeline, said, timeline
from rag.writing import prompt
from rag.writing.answerers import answerer_name
from rag.writing.generator import Generator, Teachable
from rag.writing.generators import load_generator
from rag.writing.prompt import Style


class Newsroom(Closing):
    """A library with the models that answer from it. Made by `rag.open`.

    The generator is loaded when it is first needed, so that searching costs no model.
    """

    def __init__(
        self,
        library: LibraryLike,
        embedder: Embedder,
        generator: Generator | None,
        settings: Settings,
    ) -> None:
        self.library = library
        self.embedder = embedder
        self.settings = settings
        self._generator = generator
        self._reader: Reads | None = None
        self._reader_sought = False
        self._lender: Newsroom | None = None
        self._finder: Finder | None = None
        self._verifier: Checker | None = None
        self._answerer: Answerer | None = None
        self._loading = threading.Lock()

    @property
    def generator(self) -> Generator:
        """The language model, loaded on first use.

        Raises:
            ModelMissing: it is not on this machine.
        """
        if self._lender is not None:
            return self._lender.generator
        with self._loading:
            if self._generator is None:
                self._generator = load_generator(self.settings.model, self.settings.answerer)
            return self._generator

    @property
    def reader(self) -> Reads | None:
        """The trained reader of the evidence, loaded on first use; None where there is none.

        Raises:
            AdapterUnusable: the one that the settings name cannot be used.
        """
        if self._lender is not None and self.settings.reader == self._lender.settings.reader:
            return self._lender.reader
        with self._loading:
            if not self._reader_sought:
                weights = self.embedder.fingerprint.weights
                self._reader = reader_for(self.settings.reader, weights)
                self._reader_sought = True
            return self._reader

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        options: ReadOptions | None = None,
        dry_run: bool = False,
        progress: bool = True,
    ) -> IngestReport:
        """Read articles into the library.

        Args:
            paths: files, folders and globs; URLs where `options.network` says so.
            options: how they are read, such as which column of a table is which field.
            dry_run: say what would become of the articles; embed and write nothing.
            progress: show on standard error how far it is, where that is a terminal.

        Raises:
            MissingPath, NothingToRead: before anything is read.
            LibraryLocked: another process is writing.
        """
        adding = Adding(paths, options or ReadOptions(), progress)
        return add_to(self.library, adding.found(), adding, dry_run=dry_run)

    def ask(
        self,
        question: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> Answer:
        """Answer a question from the library's articles; from withdrawn ones never.

        Args:
            question: in plain words, at most 2,000 characters.
            as_of: the reader's day; nothing published later is seen, nothing undated either.
            since, until: the first and last day of publication to look at.
            outlets: the outlets to look at, named as in the articles; None for all of them.

        Raises:
            EmptyQuestion, QuestionTooLong, BadDate: as they say.
            ModelMissing, ModelUnreachable: the model cannot be used.
        """
        for event in self.stream(question, as_of=as_of, since=since, until=until, outlets=outlets):
            if isinstance(event, AnswerFinished):
                return event.answer
        raise AssertionError("a stream ends with AnswerFinished")

    def stream(
        self,
        question: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> Iterator[Event]:
        """The same as `ask`, as events while it happens. Closing the iterator stops the model.

        A question that cannot be asked raises here, before the first event.
        """
        query = read_question(question, as_of=as_of, since=since, until=until, outlets=outlets)
        return self._ready().stream(query)

    def answerable(
        self,
        question: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> float | None:
        """How well the evidence answers a question, in [0, 1]; None where it is refused for that.

        No language model is involved. The days and outlets are those of `ask`.

        Raises:
            EmptyQuestion, QuestionTooLong, BadDate: as they say.
        """
        query = read_question(question, as_of=as_of, since=since, until=until, outlets=outlets)
        return self._ready().answerable(query)

    def search(
        self,
        question: str,
        k: int = 8,
        *,
        since: Day = None,
        until: Day = None,
        as_of: Day = None,
        outlets: Collection[str] | None = None,
    ) -> tuple[Hit, ...]:
        """The k passages that answer best, best first. No language model is involved.

        The days and outlets are those of `ask`.

        Raises:
            EmptyQuestion, QuestionTooLong, BadDate: as they say.
        """
        query = read_question(question, as_of=as_of, since=since, until=until, outlets=outlets)
        vector = self.embedder.embed([query.text])[0]
        return retrieve(
            self.library, query, vector, self.settings.answer_options().retrieve, max(1, k)
        )

    def chat(self) -> Conversation:
        """A conversation: follow-ups are made whole, citations keep their numbers."""
        return Conversation(self)

    def check(
        self,
        draft: str | Path | Draft,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> DraftReport:
        """Hold each sentence of a draft against the articles. No language model is involved.

        Args:
            draft: what a person wrote; a `Path` is read as the file that it names (.md, .docx,
                .txt), a `Draft` is one that was read already.
            as_of, since, until, outlets: as in `ask`.

        Raises:
            MissingPath, UnreadableFile: the draft cannot be read, or there is no word in it.
        """
        return check_draft(
            self, draft, as_of=as_of, since=since, until=until, outlets=outlets,
            checker=self._verifier,
        )  # fmt: skip

    def figures(
        self,
        about: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that count something ('people killed in Gaza'), oldest first, each cited.

        The days and outlets are those of `ask`.
        """
        return self.timeline(
            about, as_of=as_of, since=since, until=until, outlets=outlets
        ).rows  # fmt: skip

    def timeline(
        self,
        about: str,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> Timeline:
        """The same figures with their changes, and with the conflicts between their sources."""
        query = read_question(about, as_of=as_of, since=since, until=until, outlets=outlets)
        return timeline(
            self.library, self.embedder, query.text, window=query.window, outlets=query.outlets
        )

    def said(
        self,
        speaker: str,
        about: str | None = None,
        *,
        as_of: Day = None,
        since: Day = None,
        until: Day = None,
        outlets: Collection[str] | None = None,
    ) -> tuple[Statement, ...]:
        """What somebody said, oldest first, each dated and cited; spellings of a name are one.

        Args:
            speaker: a person or an institution.
            about: what it shall be about; None for everything.
            The days and outlets are those of `ask`.
        """
        query = read_question(speaker, as_of=as_of, since=since, until=until, outlets=outlets)
        return said(
            self.library, self.embedder, query.text, about=about, window=query.window,
            outlets=query.outlets,
        )  # fmt: skip

    def variant(
        self,
        *,
        style: Literal["short", "trained", "cited"] | None = None,
        verifier: Checker | None = None,
        finder: Finder | None = None,
    ) -> Newsroom:
        """A newsroom over the same library and models that finds, writes or checks otherwise.

        It borrows them: close this one when both are done.

        Args:
            style: as in `Settings`.
            verifier: checks the sentences.
            finder: finds the passages to read.
            What is left out stays as it is here.
        """
        settings = self.settings.model_copy(update={"style": style} if style else {})
        twin = self._twin(self.library, settings)
        twin._verifier = verifier or self._verifier
        twin._finder = finder or self._finder
        return twin

    def beside(
        self,
        path: str | Path | None = None,
        *,
        create: bool = False,
        settings: Settings | None = None,
    ) -> Newsroom:
        """A newsroom with this one's models over another library, or with other settings.

        It borrows the models, so that they are loaded once; the library that it opens is its own.

        Args:
            path: the library's folder, or a `milvus:` URI; None for the library of this one.
            create: make the library where nothing is.
            settings: what its answers go by, but for the models; this one's if None.

        Raises:
            LibraryError: as `embeddings.libraries.open_library` says.
        """
        opened = self.library if path is None else open_library(path, self.embedder, create=create)
        return self._twin(opened, settings or self.settings)

    def _twin(self, library: LibraryLike, settings: Settings) -> Newsroom:
        twin = Newsroom(library, self.embedder, None, settings)
        twin._lender = self._lender or self
        return twin

    def close(self) -> None:
        """Close the library."""
        self.library.close()

    def _ready(self) -> Answerer:
        if self._answerer is None:
            options = self._answer_options()
            self._answerer = Answerer(
                self.library,
                self.embedder,
                lambda: self.generator,
                options,
                {
                    "dateline": version("dateline"),
                    "embedder": self.embedder.fingerprint.name,
                    "weights": self.embedder.fingerprint.weights[:16],
                    "reader": reader_name(self.settings.reader, self.embedder.fingerprint.weights),
                    "verifier": verifier_name(
                        self.settings.verifier, self.embedder.fingerprint.weights
                    ),
                    "generator": without_secrets(self._generator_name()),
                    "answerer": self.taught if options.prompt.style == "trained" else NONE,
                    "prompt": prompt.VERSION,
                    "settings": self.settings.model_dump_json(),
                },
                verifier=self._verifier or self._trained_verifier(),
                finder=self._finder,
                reader=lambda: self.reader,
            )
        return self._answerer

    def _trained_verifier(self) -> Verifier:
        named, weights = self.settings.verifier, self.embedder.fingerprint.weights
        options = self.settings.answer_options().verify
        return Verifier(self.embedder, options, verifier_at_need(named, weights))

    @property
    def taught(self) -> str:
        """The trained answerer that the generator has, without loading it: the first 16 digits of
        its SHA-256, 'none' where it has none."""
        if self._lender is not None:
            return self._lender.taught
        if self._generator is None:
            return answerer_name(self.settings.answerer, self.settings.model)
        return self._generator.taught if isinstance(self._generator, Teachable) else NONE

    def _answer_options(self) -> AnswerOptions:
        """What the settings amount to with this generator."""
        chosen = self.settings.answer_options()
        if chosen.prompt.style != "trained" or self.settings.style == "trained":
            return chosen
        # Nobody asked for that style by name: it is for a generator that was taught it.
        style: Style = "short" if self.taught == NONE else "trained"
        return replace(chosen, prompt=replace(chosen.prompt, style=style))

    def _generator_name(self) -> str:
        """The model's URI, without loading it."""
        if self._lender is not None:
            return self._lender._generator_name()
        return self._generator.name if self._generator else self.settings.model


def open(
    path: str | Path,
    add: Sequence[str | Path] = (),
    *,
    options: ReadOptions | None = None,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    generator: Generator | None = None,
    progress: bool = True,
) -> Newsroom:
    """Open a library; with `add`, make it if need be and bring it up to date.

    Args:
        path: the library's folder, or a `milvus:` URI.
        add: files, folders and globs of articles, URLs where `options.network` says so; articles
            that the library has unchanged are not embedded again.
        options: how articles are read.
        settings: from `dateline.toml` and `DATELINE_*` variables if None.
        embedder, generator: to use instead of those that the settings name.
        progress: show on standard error how far it is.

    Raises:
        LibraryMissing, NotALibrary, EmbedderMismatch, …: see `corpus.errors`.
        MissingPath, NothingToRead: of `add`, before anything is read.
    """
    chosen = settings or load_settings()
    opened = open_and_add(
        path,
        Adding(add, options or ReadOptions(), progress),
        lambda: embedder or load_embedder(chosen.embedder, engine=chosen.engine),
    )
    return Newsroom(opened.library, opened.embedder, generator, chosen)
