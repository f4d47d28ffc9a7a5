"""What `kugel bench` computes from its turns, computed again by numpy."""

import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile

import jsonschema
import numpy

from checks import Checks, holds, same
from measured import bench, ran, remote
from service import ROOT, service

checks = Checks("figures")
SCHEMA = json.loads((ROOT / "Tests" / "Schemas" / "bench.schema.json").read_text())
MASK = (1 << 64) - 1
# As they stand in a turn; the others are lists or belong to another phase.
PER_TURN = {
    "connect": "cold", "first_sound_cold": "cold", "first_byte": "warm", "first_sound": "warm",
    "leading_silence": "warm", "real_time_factor": "warm", "first_sound_server": "warm",
    "real_time_factor_server": "warm", "cancel_acknowledged": "barge-in",
    "cancel_last_frame": "barge-in", "first_byte_after_sentence": "warm"}


def groups(case, metric):
    """The values of a metric by turn, read from the turns themselves."""
    def values(turn):
        if "failure" in turn:
            return []
        if metric == "frame_gap":
            return turn["frame_gaps"]
        if metric == "segment_first_byte":
            return [s["first_byte"] for s in turn["segments"] if "first_byte" in s]
        if metric == "piece_first_byte":
            pieces = turn["pieces"]
            return [p["first_byte"] for p in pieces if "first_byte" in p] if len(pieces) > 1 else []
        if metric.startswith("connect_"):
            part = turn.get("connect_parts", {})
            return [part[metric[8:]]] if metric[8:] in part else []
        return [turn[metric]] if metric in turn else []
    phase = PER_TURN.get(metric, "cold" if metric.startswith("connect_") else "warm")
    found = [values(turn) for turn in case["turns"] if turn["phase"] == phase]
    return [each for each in found if each]


def nearest_rank(values, percent):
    """numpy's name for it is `inverted_cdf`."""
    return float(numpy.percentile(values, percent, method="inverted_cdf"))


class SplitMix:
    """SplitMix64 (Steele, Lea and Flood 2014), and an index drawn by the high word of a product."""

    def __init__(self, seed):
        self.state = seed

    def index(self, below):
        self.state = self.state + 0x9E3779B97F4A7C15 & MASK
        mixed = self.state
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & MASK
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & MASK
        return (mixed ^ mixed >> 31) * below >> 64


def draws(found, percents, rounds, chance):
    """Percentiles of the groups drawn again; `chance` gives an index below a number."""
    results = []
    for _ in range(rounds):
        drawn = [found[chance(len(found))] for _ in found]
        values = numpy.concatenate(drawn)
        results.append([nearest_rank(values, percent) for percent in percents])
    return numpy.array(results).T


def middle(values):
    return {"low": nearest_rank(values, 2.5), "high": nearest_rank(values, 97.5)}


def reports():
    """Runs with everything in them: two services, load, long text, barge-ins, failures."""
    with service("--fault", "jitter=30,seed=3") as served, \
            service("--fault", "delay=20,slow=20,fail-turns=1,times=1") as other:
        yield "engines and strategies", bench(
            "-e", f"kugel:123@{served.address}", "-e", "tone", "-N", "101", "--cold", "20",
            "--strategy", "full,sentence,tokens", "--pace", "2000", text="One two. Three four five.")
        yield "frames and barge-ins", bench(
            *remote(other), "-N", "25", "--cold", "3", "--barge-in", "20", status=1)
        yield "load", bench(*remote(served), "-N", "40", "--concurrency", "4", "--every", "150ms")
    yield "espeak", bench("-e", "espeak", "-N", "19", "--text", "medium")


REPORTS = []


def measured():
    if not REPORTS:
        REPORTS.extend(reports())
    return REPORTS


@checks
def schema():
    """what --json writes keeps to the schema in the repository, and the schema is one"""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for name, report in measured():
        faults = [f"{name}: {e.json_path}: {e.message}" for e in validator.iter_errors(report)]
        same(faults[:3], [], "faults")
    broken = json.loads(json.dumps(measured()[0][1]))
    broken["cases"][0]["turns"][0]["first_sund"] = 1
    holds(list(validator.iter_errors(broken)), "the schema lets anything through")


@checks
def percentiles():
    """every percentile, minimum and maximum is what numpy finds in the turns; dashes where few"""
    count = 0
    for name, report in measured():
        for case in report["cases"]:
            for summary in case["metrics"]:
                metric = summary["metric"]
                if metric == "start_delay":
                    found = [[t[metric]] for t in case["turns"] if t["phase"] == "warm"]
                else:
                    found = groups(case, metric)
                values = numpy.concatenate(found)
                what = f"{name}, {metric}"
                same((summary["n"], summary["turns"]), (len(values), len(found)), what)
                same((summary["min"], summary["max"]), (values.min(), values.max()), what)
                for percent, values_needed, turns_needed in (
                        (25, 2, 2), (50, 2, 2), (75, 2, 2), (95, 20, 20), (99, 100, 20)):
                    enough = len(values) >= values_needed and len(found) >= turns_needed
                    expected = nearest_rank(values, percent) if enough else None
                    same(summary.get(f"p{percent}"), expected, f"{what}, p{percent}")
                    count += 1
    return f"{count} percentiles"


@checks
def intervals():
    """bootstrap intervals are those of the published method, draw by draw"""
    count = 0
    for name, report in measured():
        method = report["method"]
        for case in report["cases"][:2]:
            for summary in case["metrics"]:
                if summary["metric"] not in ("first_sound", "frame_gap", "connect"):
                    continue
                found = groups(case, summary["metric"])
                percents = [p for p in (50, 95) if f"p{p}_interval" in summary]
                if not percents:
                    continue
                chance = SplitMix(method["seed"])
                results = draws(found, percents, method["resamples"], chance.index)
                for percent, values in zip(percents, results, strict=True):
                    what = f"{name}, {summary['metric']}, p{percent}"
                    same(summary[f"p{percent}_interval"], middle(values), what)
                    count += 1
    return f"{count} intervals"


@checks
def other_chance():
    """numpy's own random numbers give nearly the same intervals"""
    case = measured()[0][1]["cases"][0]
    summary = next(s for s in case["metrics"] if s["metric"] == "first_sound")
    found = groups(case, "first_sound")
    generator = numpy.random.default_rng(1)
    (values,) = draws(found, [50], 2000, lambda below: int(generator.integers(below)))
    # Where chance lets a bound fall: six standard deviations of the share below it.
    for bound, lowest, highest in (("low", 0.1, 5.5), ("high", 94.5, 99.9)):
        limits = nearest_rank(values, lowest), nearest_rank(values, highest)
        ours = summary["p50_interval"][bound]
        holds(limits[0] <= ours <= limits[1], f"{bound} is {ours}, numpy's between {limits}")


@checks
def late_frames():
    """shares of late frames are sums over the warm turns"""
    for _, report in measured():
        for case in report["cases"]:
            turns = [t for t in case["turns"] if t["phase"] == "warm" and "failure" not in t]
            for index, row in enumerate(case["late_frames"]):
                same(row["cushion"], (0, 120, 500)[index], "cushion")
                same(row["late"], sum(t["late_frames"][index] for t in turns), "late")
                same(row["frames"], sum(t["frames"] for t in turns), "frames")


@checks
def table():
    """--csv has a line for each turn, with the figures of --json"""
    with tempfile.TemporaryDirectory() as place:
        path = str(pathlib.Path(place) / "figures.csv")
        report = bench("-e", "tone", "-N", "30", "--barge-in", "3", "--csv", path)
        with open(path, newline="") as file:
            lines = list(csv.DictReader(io.StringIO(file.read())))
    turns = report["cases"][0]["turns"]
    same(len(lines), len(turns), "lines")
    for line, turn in zip(lines, turns, strict=True):
        same(line["phase"], turn["phase"], "phase")
        for metric, phase in PER_TURN.items():
            expected = turn.get(metric)
            same(float(line[metric]) if line[metric] else None, expected, metric)


@checks
def comparison():
    """--compare: the difference, its interval and the verdict are those of the two reports"""
    with tempfile.TemporaryDirectory() as place, \
            service("--fault", "delay=30,jitter=10") as slow, service("--fault", "jitter=10") as quick:
        older = str(pathlib.Path(place) / "older.json")
        ran([*remote(slow), "-N", "25", "--cold", "0", "--json", older])
        before = json.loads(pathlib.Path(older).read_text())
        now = bench(*remote(quick), "-N", "25", "--cold", "0", "--compare", older)
        same_again = bench(*remote(slow), "-N", "25", "--cold", "0", "--compare", older)
    rows = {(r["metric"], r["percentile"]): r for r in now["comparison"]["rows"]}
    row = rows["first_byte", "p50"]
    old_groups = groups(before["cases"][0], "first_byte")
    new_groups = groups(now["cases"][0], "first_byte")
    same(row["before"], nearest_rank(numpy.concatenate(old_groups), 50), "before")
    same(row["now"], nearest_rank(numpy.concatenate(new_groups), 50), "now")
    chance = SplitMix(now["method"]["seed"])
    first = draws(old_groups, [50, 95], now["method"]["resamples"], chance.index)
    second = draws(new_groups, [50, 95], now["method"]["resamples"], chance.index)
    same(row["interval"], middle(second[0] - first[0]), "interval")
    same(row["verdict"], "faster", "verdict")
    for each in [*now["comparison"]["rows"], *same_again["comparison"]["rows"]]:
        low, high = each["interval"]["low"], each["interval"]["high"]
        verdict = "faster" if high < 0 else "slower" if low > 0 else "no evidence"
        # What differs for certain, and by less than anybody notices.
        least = 0.01 if each["metric"].startswith("real_time_factor") else 1
        if verdict != "no evidence" and abs(each["now"] - each["before"]) < least:
            verdict = "alike"
        same(each["verdict"], verdict, f"verdict on {low} to {high}")
    again = {(r["metric"], r["percentile"]): r for r in same_again["comparison"]["rows"]}
    same(again["leading_silence", "p50"]["verdict"], "no evidence", "verdict on the same sound")


@checks
def unlike():
    """a comparison of unlike things is refused with the difference named, before anything is measured"""
    with tempfile.TemporaryDirectory() as place:
        older = str(pathlib.Path(place) / "older.json")
        ran(["-e", "tone", "-N", "3", "--json", older])
        for words, named in (
                (["-e", "tone:tone-2"], "voice: tone-1 then, tone-2 now"),
                (["-e", "tone", "-s", "1.5"], "speed: 1.0 then, 1.5 now"),
                (["-e", "espeak"], "tone")):
            code, printed, told = ran([*words, "--compare", older])
            same((code, printed), (64, ""), "answer")
            holds(named in told, told)
        code, _, told = ran(["-e", "tone", "--compare", older], text="Another text.")
        same(code, 64, "exit status")
        holds("text: " in told, told)


@checks
def limits():
    """--fail-if ends with 1 where a limit is missed, and says which figure missed it"""
    for limit, status in (
            ("first_sound.p50 > 10s", 0), ("first_sound.p50 >= 0ms", 1),
            ("first_sound.p95 > 10s", 1), ("errors > 0", 0),
            ("first_sound.p50 > 10s or n > 3", 64), ("first_sound.n < 3 or errors > 0", 0),
            ("first_sound.max > 0.001us and first_sound.n < 3", 0)):
        code, _, told = ran(["-e", "tone", "-N", "5", "--fail-if", limit])
        same(code, status, f"exit status of {limit!r}, saying {told!r},")
        if status == 1:
            holds(f"kugel: {limit}: first_sound." in told, told)


@checks
def trouble_of_the_benchmark():
    """a part of make benchmark that fails becomes a row that says so, and the exit status is 1"""
    with tempfile.TemporaryDirectory() as place:
        kept = pathlib.Path(place) / "figures.json"
        done = subprocess.run(
            [ROOT / "Tests" / "Benchmark" / "run.sh", "house.start"], capture_output=True, text=True,
            timeout=60, env=os.environ | {"KUGEL_BINARY": "/bin/false", "BENCHMARK_JSON": str(kept)})
        same(done.returncode, 1, f"exit status, saying {done.stderr!r},")
        holds("failed: " in done.stdout, done.stdout)
        report = json.loads(kept.read_text())
        same(report["failed"], ["house.start"], "failed parts")
        same([row["what"] for row in report["rows"]], ["start"], "rows")


if __name__ == "__main__":
    checks.run(limit=300)
