"""`dateline-eval` from the outside, over a real newsroom with small fake models."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rag
from corpus.errors import EvalError, LibraryMissing
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from evals import cli, opening
from evals.commands import compare as compare_module
from evals.commands import run as run_module
from evals.commands.newsrooms import open_newsroom
from evals.commands.run import USUAL, RunOptions, chosen
from evals.commands.screen import aligned, clipped, columns
from evals.metrics import catalogue
from evals.report import Report
from evals.robustness import STRESSES
from evals.sets import FORMS
from evals.store import RunStore
from evals.suites import load_suite, suite_names
from evals.support.claim import ClaimSet
from evals.systems import SYSTEMS
from evals.systems.nearest_sentence import NearestSentence
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator

Run = Callable[..., Result]
SAMPLE = load_suite("sample")


class Opened:
    """Opens the sample library with small models, and notes what it was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[tuple[Path | None, str | None]] = []

    def __call__(self, library: Path | None, model: str | None) -> Newsroom:
        self.asked.append((library, model))
        return rag.open(
            library or self.folder,
            add=[sample_paths()],
            embedder=HashEmbedder(),
            generator=ScriptedGenerator(lambda _: "Some 97 hostages remain in Gaza."),
            progress=False,
        )


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    fake = Opened(tmp_path / "library")
    monkeypatch.setattr(run_module, "open_newsroom", fake)
    monkeypatch.chdir(tmp_path)
    return fake


@pytest.fixture
def run(opened: Opened) -> Run:
    assert opened.asked == []

    def invoke(*args: str | Path) -> Result:
        return CliRunner().invoke(cli.main, [str(arg) for arg in args], catch_exceptions=False)

    return invoke


def ids(run: Run) -> list[str]:
    """The stored runs, oldest first."""
    lines = run("list", "--runs").stdout.splitlines()
    return [line.split()[0] for line in lines[1:]][::-1]


# run


def test_a_run_asks_dateline_and_two_baselines_and_writes_its_reports(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = run("run", "--limit", "4", "--out", out)

    assert result.exit_code == 0, result.output
    assert re.search(
        r"metric +better +dateline +nearest-sentence +plain-prompt +n\n", result.stdout
    )
    assert re.search(
        r"\n  answer_accuracy +higher( +[01]\.\d\d \[[\d., ]+\]){3} +4\n", result.stdout
    )
    page = (out / "report.md").read_text(encoding="utf-8")
    assert all(f"{system} on sample" in page for system in USUAL)
    numbers = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [report["system"] for report in numbers] == list(USUAL)
    assert {report["samples"] for report in numbers} == {4}
    lines = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [sample.id for sample in SAMPLE.samples[:4]]
    assert [json.loads(line)["id"] for line in lines] == asked * 3
    for system in USUAL:
        assert "<html" in (out / f"{system}.html").read_text(encoding="utf-8")


def test_a_run_tells_where_it_is_kept_and_how_to_look_at_it(run: Run) -> None:
    result = run("run", "--limit", "2", "--system", "nearest-sentence", "--against", "dateline")
    first, second = ids(run)

    assert "Kept in dateline-runs.sqlite:" in result.stdout
    for command in (f"show {first} --failures", f"report {first} --out report.html",
                    f"compare {first} {second}"):  # fmt: skip
        assert f"dateline-eval {command}\n" in result.stdout
        assert run(*command.split()).exit_code == 0
    assert Path("report.html").read_text(encoding="utf-8").lstrip().startswith("<!")


def test_another_store_is_named_in_what_to_do_next(run: Run, tmp_path: Path) -> None:
    result = run("run", "--limit", "1", "--system", "search-only", "--store", tmp_path / "my runs")

    assert f"--failures --store '{tmp_path / 'my runs'}'\n" in result.stdout
    assert not Path("dateline-runs.sqlite").exists()


def test_a_suite_of_ones_own_is_asked_in_the_library_and_with_the_model_that_are_named(
    run: Run, opened: Opened, tmp_path: Path
) -> None:
    target = {"answers": ["97"], "articles": ["counts.csv"], "quotes": ["97 remain in Gaza"]}
    line = {"id": "1", "kind": "figure", "question": "How many are left?", "target": target}
    Path("mine.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")

    result = run(
        "run", "mine.jsonl", "--system", "nearest-sentence",
        "--library", tmp_path / "mine", "--model", "openai:http://localhost/v1#m",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("mine, 1 samples")
    assert opened.asked == [(tmp_path / "mine", "openai:http://localhost/v1#m")]


def test_a_published_set_is_asked_by_its_uri(run: Run) -> None:
    paragraph = {
        "context": "The bridge is closed. Engineers found 14 cracked beams.",
        "qas": [
            {
                "id": "q",
                "question": "How many beams?",
                "answers": [{"text": "14", "answer_start": 38}],
            }
        ],
    }
    page = {"version": "1", "data": [{"title": "Bridge", "paragraphs": [paragraph]}]}
    Path("dev.json").write_text(json.dumps(page), encoding="utf-8")

    result = run("run", "squad:dev.json", "--system", "search-only")

    assert result.exit_code == 0, result.output
    with RunStore.open() as store:
        (record,) = store.report(store.runs()[0].id).records
    assert record.answer is not None
    assert record.answer.hits[0].article.text == paragraph["context"]


def test_a_stress_is_run_under_a_name_of_its_own(run: Run) -> None:
    run("run", "--limit", "3", "--system", "search-only")
    stressed = run("run", "--limit", "3", "--system", "search-only", "--stress", "typos")
    plain, typos = ids(run)
    compared = run("compare", plain, typos)

    assert stressed.stdout.startswith("sample+typos, 3 samples")
    assert "search-only (sample)" in compared.stdout
    assert "search-only (sample+typos)" in compared.stdout


def test_what_was_stopped_goes_on_with_the_same_command(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Newsroom.ask
    third = SAMPLE.samples[2].question

    def stop(self: Newsroom, question: str, **days: object) -> object:
        if question == third:
            raise KeyboardInterrupt
        return whole(self, question, **days)  # type: ignore[arg-type]

    monkeypatch.setattr(Newsroom, "ask", stop)
    stopped = run("run", "--limit", "4", "--system", "dateline")
    unfinished = run("list", "--runs").stdout
    warned = run("report", ids(run)[0])
    monkeypatch.setattr(Newsroom, "ask", whole)
    resumed = run("run", "--limit", "4", "--system", "dateline")

    assert stopped.exit_code == 130
    assert "goes on from there" in stopped.stderr
    assert "2/4, unfinished" in unfinished
    assert "unfinished: 2 of 4" in warned.stderr
    assert f"Run {ids(run)[0]} goes on: 2 of 4 are kept." in resumed.stderr
    assert "4/4\n" in run("list", "--runs").stdout
    assert len(ids(run)) == 1
    run("run", "--limit", "4", "--system", "dateline", "--fresh")
    assert len(ids(run)) == 2


def test_systems_that_were_done_before_the_stop_are_not_asked_again(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = NearestSentence.ask
    asked: list[str] = []

    def note(self: NearestSentence, question: str, **days: object) -> object:
        asked.append(question)
        return whole(self, question, **days)  # type: ignore[arg-type]

    def stop(*_: object, **_days: object) -> object:
        raise KeyboardInterrupt

    command = ("run", "--limit", "2", "--system", "nearest-sentence", "--system", "dateline")
    monkeypatch.setattr(NearestSentence, "ask", note)
    with monkeypatch.context() as broken:
        broken.setattr(Newsroom, "ask", stop)
        assert run(*command).exit_code == 130
    resumed = run(*command)

    nearest, dateline = ids(run)
    assert len(asked) == 2
    assert f"Run {nearest} goes on: 2 of 2 are kept." in resumed.stderr
    assert f"Run {dateline} goes on" not in resumed.stderr
    assert f"{dateline}  dateline" in resumed.stdout
    run(*command)
    assert len(asked) == 4
    assert len(ids(run)) == 4


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_asked(run: Run) -> None:
    Path("file").write_text("", encoding="utf-8")
    result = run("run", "--limit", "1", "--out", "file/reports")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert "Next: name another place with --out" in result.stderr
    assert not Path("dateline-runs.sqlite").exists()


def test_a_command_that_keeps_nothing_does_not_say_that_it_does(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **_how: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(RunStore, "open", stop)
    result = run("list", "--runs")

    assert (result.exit_code, result.stderr) == (130, "Stopped.\n")


def test_which_systems_are_asked() -> None:
    assert chosen((), ()) == USUAL == RunOptions("sample").systems
    assert chosen((), ("plain-prompt",)) == ("dateline", "plain-prompt")
    assert chosen(("closed-book",), ()) == ("closed-book",)
    assert chosen(("a", "b"), ("b", "c")) == ("a", "b", "c")
    assert set(USUAL) <= set(SYSTEMS)


def test_settings_are_checked_before_anything_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_HITS", "0")
    result = CliRunner().invoke(cli.main, ["run", "--model", "package:llm/x.gguf"])

    assert result.exit_code == 1
    assert "the setting hits is wrong" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_newsroom_has_the_model_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []
    monkeypatch.setattr(rag, "open", lambda path, settings: given.append((path, settings.model)))
    open_newsroom(tmp_path, "openai:http://localhost/v1#m")
    open_newsroom(tmp_path, None)

    assert given[0] == (tmp_path, "openai:http://localhost/v1#m")
    assert given[1] == (tmp_path, rag.load_settings().model)


# list


def test_the_list_names_all_that_there_is_and_says_what_it_is(run: Run) -> None:
    result = run("list")
    rows = {tuple(line.split(maxsplit=2)[:2]): line for line in result.stdout.splitlines()}

    assert result.exit_code == 0
    assert f"{len(SAMPLE.samples)} samples (fact " in rows["suite", "sample"]
    expected = {
        *(("suite", name) for name in suite_names()),
        *(("set", f"{name}:PATH") for name in FORMS),
        *(("system", name) for name in SYSTEMS),
        *(("stress", name) for name in STRESSES),
        *(("metric", name) for name in catalogue()),
    }
    assert rows.keys() == expected
    assert all(len(line.split(maxsplit=2)) == 3 for line in rows.values())


def test_no_runs_yet(run: Run) -> None:
    result = run("list", "--runs")

    assert result.exit_code == 1
    assert "no runs are stored here yet" in result.stderr
    assert not Path("dateline-runs.sqlite").exists()


# compare


def test_two_runs_are_compared_over_the_samples_that_both_have(run: Run) -> None:
    run("run", "--limit", "4", "--system", "nearest-sentence")
    run("run", "--limit", "6", "--system", "plain-prompt")
    result = run("compare", *ids(run))

    assert "4 samples are in both runs; left out are 0 of" in result.stderr
    head = next(line for line in result.stdout.splitlines() if line.startswith("| metric"))
    cells = [cell.strip() for cell in head.strip("|").split("|")]
    assert cells[:4] == [
        "metric", "nearest-sentence", "plain-prompt", "nearest-sentence − plain-prompt"
    ]  # fmt: skip
    widths = {len(line) for line in result.stdout.splitlines() if line.startswith("| answer")}
    assert widths == {len(head)}
    assert "article_ndcg@10" not in result.stdout


def test_two_runs_of_one_system_are_told_apart_by_their_ids(run: Run) -> None:
    for _ in range(2):
        run("run", "--limit", "2", "--system", "search-only")
    a, b = ids(run)
    result = run("compare", a, b)

    assert f"search-only ({a})" in result.stdout
    assert f"search-only ({b})" in result.stdout
    assert "left out" not in result.stderr


def test_a_comparison_is_written_as_a_page(run: Run, tmp_path: Path) -> None:
    run("run", "--limit", "3", "--system", "search-only")
    run("run", "--limit", "3", "--system", "search-only", "--fresh")
    page = tmp_path / "new" / "compared.html"

    result = run("compare", *ids(run), "--out", str(page))

    assert result.stdout == f"Written: {page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_runs_without_a_common_sample_cannot_be_compared(run: Run) -> None:
    run("run", "--limit", "2", "--system", "search-only")
    with RunStore.open() as store:
        whole = store.report(ids(run)[0])
    first = replace(whole, records=whole.records[:1])
    second = replace(whole, records=whole.records[1:])

    with pytest.raises(EvalError, match="no sample in common"):
        compare_module.paired(first, second)
    with pytest.raises(EvalError, match="no metric in common"):
        compare_module.paired(first, replace(first, metrics=()))


def test_pairs_stand_in_the_order_of_the_first_run(run: Run) -> None:
    run("run", "--limit", "3", "--system", "search-only")
    with RunStore.open() as store:
        whole = store.report(ids(run)[0])
    turned = replace(whole, records=whole.records[::-1])

    def order(report: Report) -> list[str]:
        return [record.sample.id for record in report.records]

    a, b = compare_module.paired(whole, turned)
    assert order(a) == order(b) == order(whole)


# report


@pytest.mark.parametrize(("form", "starts"), [("md", "# "), ("html", "<!"), ("json", "{")])
def test_a_report_in_each_form(run: Run, form: str, starts: str) -> None:
    run("run", "--limit", "2", "--system", "dateline")
    (run_id,) = ids(run)
    shown = run("report", run_id[:6], "--format", form)
    run("report", run_id, "--out", f"deep/page.{form}")

    assert shown.stdout.lstrip().startswith(starts)
    assert Path(f"deep/page.{form}").read_text(encoding="utf-8") == shown.stdout
    if form == "json":
        assert json.loads(shown.stdout)["samples"] == 2


def test_a_report_is_markdown_unless_something_says_else(run: Run) -> None:
    run("run", "--limit", "1", "--system", "dateline")
    (run_id,) = ids(run)
    markdown = run("report", run_id, "--format", "md").stdout
    run("report", run_id, "--out", "notes.txt")
    run("report", run_id, "--out", "odd.txt", "--format", "json")

    assert run("report", run_id).stdout == markdown
    assert Path("notes.txt").read_text(encoding="utf-8") == markdown
    assert json.loads(Path("odd.txt").read_text(encoding="utf-8"))["samples"] == 1


def test_a_report_that_cannot_be_written_is_told(run: Run) -> None:
    run("run", "--limit", "1", "--system", "dateline")
    Path("file").write_text("", encoding="utf-8")
    result = run("report", ids(run)[0], "--out", "file/report.md")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_an_unknown_run_is_told_with_those_that_there_are(run: Run) -> None:
    run("run", "--limit", "1", "--system", "dateline")
    result = run("report", "zz")

    assert result.exit_code == 1
    assert "there is no stored run 'zz'" in result.stderr
    assert ids(run)[0] in result.stderr


# show


def test_the_records_of_a_run_one_a_line(run: Run) -> None:
    run("run", "--limit", "6", "--system", "dateline")
    (run_id,) = ids(run)
    shown = run("show", run_id).stdout
    with RunStore.open() as store:
        report = store.report(run_id)

    lines = shown.splitlines()
    assert lines[0].split() == ["sample", "kind", "mark", "question", "answer"]
    assert [line.split()[0] for line in lines[1:7]] == [s.id for s in SAMPLE.samples[:6]]
    assert lines[-1] == "6 of 6 records."
    failures = run("show", run_id, "--failures").stdout.splitlines()
    wrong = [record.sample.id for record in report.records if record.value("answer_accuracy") == 0]
    assert wrong
    assert [line.split()[0] for line in failures[1:-2]] == wrong
    assert all(line.split()[2] == "wrong" for line in failures[1:-2])


def test_records_of_one_kind(run: Run) -> None:
    run("run", "--system", "search-only")
    shown = run("show", ids(run)[0], "--kind", "false_premise").stdout
    dates = run("show", ids(run)[0], "--kind", "latest").stdout

    assert {line.split()[1] for line in shown.splitlines()[1:-2]} == {"false_premise"}
    assert {line.split()[2] for line in shown.splitlines()[1:-2]} == {"right"}
    assert dates == "No such record.\n"


def test_one_record_whole(run: Run) -> None:
    run("run", "--system", "plain-prompt")
    (run_id,) = ids(run)
    with RunStore.open() as store:
        record = next(r for r in store.report(run_id).records if r.sample.as_of)
    shown = run("show", run_id, record.sample.id).stdout
    flat = " ".join(shown.split())
    answer, sample = record.answer, record.sample

    assert answer is not None
    assert sample.as_of is not None
    assert f"{sample.question} (as of {sample.as_of.isoformat()})" in flat
    assert " / ".join(sample.target.answers) in flat
    assert all(f"“{quote}”" in flat for quote in sample.target.quotes)
    assert "Answer (answered)" in shown
    assert f"unsupported {answer.sentences[0].support:.2f}: Some 97 hostages" in flat
    citation = answer.citations[0]
    assert f"characters {citation.start} to {citation.end}" in flat
    assert " ".join(citation.quote.split()) in flat
    for hit in answer.hits:
        assert f"{hit.rank}. {hit.score:.3f} " in shown
        assert hit.article.title in flat
    for name, score in record.scores.items():
        assert f"  {name} " in shown
        assert score.explanation[:40] in flat


def test_a_record_by_the_beginning_of_its_id(run: Run) -> None:
    run("run", "--limit", "12", "--system", "search-only")
    (run_id,) = ids(run)

    assert run("show", run_id, "fact-12").exit_code == run("show", run_id, "fact-02").exit_code == 0
    several, none = run("show", run_id, "fact-0"), run("show", run_id, "figure-99")
    assert "several samples begin with 'fact-0'" in several.stderr
    assert "fact-01, fact-02" in several.stderr
    assert "no sample 'figure-99'" in none.stderr
    assert several.exit_code == none.exit_code == 1


# errors


def test_an_error_is_told_without_a_traceback(run: Run) -> None:
    result = run("run", "nothing.jsonl")

    assert result.exit_code == 1
    assert "There is no such suite" in result.stderr
    assert "Next: " in result.stderr
    assert "Traceback" not in result.output


def test_a_library_that_is_not_there_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(library: Path | None, model: str | None) -> Newsroom:
        raise LibraryMissing("There is no library", where=library, next_step=f"{model}")

    monkeypatch.setattr(run_module, "open_newsroom", missing)
    result = run("run", "--library", tmp_path / "nowhere")

    assert result.exit_code == 1
    assert str(tmp_path / "nowhere") in result.stderr


def test_a_set_of_claims_is_not_asked_but_sent_to_the_command_for_it(
    run: Run, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "open_set", lambda _: ClaimSet("fib", ()))
    result = run("run", "fib:folder")

    assert result.exit_code == 1
    assert "holds judged claims" in result.stderr
    assert "dateline-eval verify fib:folder" in result.stderr
    assert opened.asked == []


def test_a_shipped_suite_is_opened_by_its_name() -> None:
    assert opening.open_suite("sample") == SAMPLE


@pytest.mark.parametrize(
    "args", [("--limit", "0"), ("--system", "oracle"), ("--nonsense",), ("a", "b")]
)
def test_bad_usage_is_told_by_click(run: Run, args: tuple[str, ...]) -> None:
    assert run("run", *args).exit_code == 2


def test_every_command_has_a_help() -> None:
    assert set(cli.main.commands) == {
        "run", "list", "compare", "report", "show", "draft", "verify", "evidence", "full",
        "drafts", "ablate", "parity", "ingest", "scale", "seconds",
    }  # fmt: skip
    for command in cli.main.commands:
        result = CliRunner().invoke(cli.main, [command, "--help"])
        assert result.exit_code == 0
        assert "Usage: " in result.output


# the screen


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert columns([("a", "b"), ("longer", "")]) == ["a       b", "longer"]


def test_tables_of_a_page_are_straightened_and_the_rest_is_left() -> None:
    page = "# A | b\n\n| a | metric |\n| --- | --- |\n| x \\| y | 1 |\n"

    assert aligned(page) == (
        "# A | b\n\n| a      | metric |\n| ------ | ------ |\n| x \\| y | 1      |\n"
    )
    assert aligned("| a |\n| b | c |\n") == "| a |\n| b | c |\n"


def test_a_clipped_text_is_one_line() -> None:
    assert clipped("one\n two", 7) == "one two"
    assert clipped("one\n two", 6) == "one t…"
