"""Every measurement still runs, at a size that proves nothing: no time is asserted here."""

from __future__ import annotations

from pathlib import Path

from tests.bench import (
    bench_age,
    bench_fanout,
    bench_matrix,
    bench_rehearsal,
    bench_slack,
    bench_start,
    bench_timers,
    bench_transaction,
    measure,
)
from tests.real.synapse import Synapse


async def test_the_transaction_bench_counts_every_kind_of_event() -> None:
    figures = await bench_transaction.measure(rounds=3)
    counts = {f.what: int(f.measured) for f in figures if f.what.endswith("statements")}
    assert counts.keys() == {"a command, statements", "an observed message, statements"}
    # A claim, who it is, where, and what is written: fewer would mean that nothing was handled.
    assert min(counts.values()) > 3


def test_the_start_bench_compares_the_demo_and_the_service_with_bare_processes() -> None:
    figures = bench_start.measure(rounds=1)
    assert [f.what for f in figures if f.goal == bench_start.GOAL] == [
        "start, Copain to bare imports",
        "memory, Copain to bare imports",
        "start, copain run to bare imports with nio",
        "memory, copain run to bare imports with nio",
    ]


async def test_the_timers_bench_lets_exactly_those_fall_due() -> None:
    figures = await bench_timers.measure(pending=30, due=10)
    assert figures[-1].what == "all 10 handled"


async def test_the_fan_out_bench_reaches_everybody() -> None:
    figures = await bench_fanout.measure(people=30)
    assert figures[0].what == "30 persons, in all"


async def test_the_rehearsal_bench_foresees_a_word_to_everybody() -> None:
    figures = await bench_rehearsal.measure(people=20, days=3)
    # The ready-made community has five members of its own; something is posted in one space.
    assert int(figures[1].measured) >= 26


async def test_no_statement_of_an_event_reads_a_growing_table_whole() -> None:
    figures = await bench_age.measure([100, 300], rounds=1)
    assert figures[-1].measured == "none"


async def test_the_matrix_bench_has_every_command_answered_once_by_both_bots(
    synapse: Synapse, tmp_path: Path
) -> None:
    figures = await bench_matrix.measure(synapse, tmp_path / "bench", 2, 4, sealed=True)
    found = {f.what: f.measured for f in figures}
    for burst, number in (("burst", 4), ("burst in a space", 2)):
        assert found[f"{burst}, copain run"].startswith(f"{number}/{number}, 0 twice")
    assert found["burst, bare nio echo"].startswith("4/4, 0 twice")
    assert found["one by one, not answered"] == "0"


async def test_the_slack_bench_has_every_command_acknowledged_and_answered_once(
    tmp_path: Path,
) -> None:
    figures = await bench_slack.measure(tmp_path / "bench", 2, 4)
    found = {f.what: f.measured for f in figures}
    for bot in ("copain run", "bare Bolt app"):
        assert found[f"burst: acknowledged, {bot}"].startswith("4/4, ")
        assert found[f"burst: replies, {bot}"].startswith("4/4, 0 twice")
    assert found["one by one, not answered or not acknowledged"] == "0"


def test_the_runner_finds_every_bench_tested_here() -> None:
    folder = Path(measure.__file__).parent
    tested = {
        bench_age,
        bench_fanout,
        bench_matrix,
        bench_rehearsal,
        bench_slack,
        bench_start,
        bench_timers,
        bench_transaction,
    }
    assert {path.stem for path in folder.glob("bench_*.py")} == {
        module.__name__.rpartition(".")[2] for module in tested
    }


def test_percentiles_are_samples_that_were_measured() -> None:
    samples = [3.0, 1.0, 2.0]
    assert measure.percentile(samples, 0.5) == 2.0
    assert measure.percentile(samples, 0.99) == 3.0
    assert measure.percentile([7.0], 0.99) == 7.0
