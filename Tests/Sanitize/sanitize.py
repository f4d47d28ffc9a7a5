"""Tests, a service with clients, and the commands, under the sanitizers."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from checks import judge
from service import ROOT, clean_environment

HERE = pathlib.Path(__file__).parent
KINDS = ("address", "thread")
# Those with threads of ours; pure modules have nothing to show to the sanitizer of threads. The program
# itself is tried by its commands, so EndToEndTests would show nothing more, at ten times the time.
THREADED = (
    "KugelSystemTests", "KugelAudioTests", "KugelEngineTests", "KugelTransportTests", "KugelServiceTests",
    "KugelServerTests", "KugelClientTests", "SoakTests")
LEFT_OUT = ("EndToEndTests",)
# A test that takes longer hangs.
LIMIT = 900


class Build:
    """A tree that is built with one sanitizer."""

    def __init__(self, kind):
        self.kind = kind
        self.folder = ROOT / ".build" / f"sanitize-{kind}"
        self.reports = self.folder / "reports"
        self.scratch = self.folder / "build"
        shutil.rmtree(self.reports, ignore_errors=True)
        self.reports.mkdir(parents=True)
        self.tree = self.laid_out() if kind == "thread" else ROOT

    @property
    def kugel(self):
        return self.scratch / "debug" / "kugel"

    def laid_out(self):
        """The sources, with a mutex that the sanitizer sees in each module that has one."""
        tree = self.folder / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir()
        for name in ("Package.swift", "Sources", "Tests", "man", "completions"):
            # Links, not copies: what is the same file need not be built anew.
            subprocess.run(["cp", "-al", str(ROOT / name), str(tree / name)], check=True)
        for module in [*(tree / "Sources").iterdir(), *(tree / "Tests").iterdir()]:
            if any(re.search(r"\bMutex[<(]", source.read_text()) for source in module.rglob("*.swift")):
                if module.name != "Sanitize":
                    os.link(HERE / "Mutex.swift", module / "SeenMutex.swift")
        return tree

    def swift(self, verb, *words):
        return ["swift", verb, "--package-path", str(self.tree), "--scratch-path", str(self.scratch),
                f"--sanitize={self.kind}", "-Xswiftc", "-DLEAKS_ARE_LOOKED_FOR", *words]

    def variables(self, name):
        """With them a report is a file of its own, and ends the program with 99."""
        log = f"log_path={self.reports / name}:exitcode=99:halt_on_error=0"
        # The backtracer of Swift would hang on a program that the sanitizer holds.
        own = {"SWIFT_BACKTRACE": "enable=no"}
        if self.kind == "thread":
            return own | {"TSAN_OPTIONS": log + ":second_deadlock_stack=1"}
        return own | {
            "ASAN_OPTIONS": log.replace(":halt_on_error=0", "") + ":detect_leaks=1",
            "LSAN_OPTIONS": f"suppressions={HERE / 'leaks.txt'}:print_suppressions=0"}

    def targets(self):
        all_of_them = sorted(path.name for path in (self.tree / "Tests").glob("*Tests"))
        if self.kind == "thread":
            return [name for name in all_of_them if name in THREADED]
        return [name for name in all_of_them if name not in LEFT_OUT]

    def told(self, name):
        """The first line of each report that is new since the last call."""
        lines = []
        for report in sorted(self.reports.glob(f"{name}.*")):
            text = report.read_text(errors="replace")
            found = re.findall(r"(?:WARNING|ERROR|SUMMARY): .*", text)
            lines += [f"{report.name}: {line}" for line in found if line.startswith("SUMMARY")] or found[:1]
        return lines


def tests(build, target):
    """One target's tests."""
    with open(build.folder / f"{target}.log", "w") as log:
        done = subprocess.run(
            build.swift("test", "--skip-build", "--filter", rf"^{target}\."), stdout=log, stderr=log,
            env=os.environ | build.variables(target), timeout=LIMIT)
    told = build.told(target)
    assert not told, "; ".join(told[:5]) + (f" and {len(told) - 5} more" if len(told) > 5 else "")
    if done.returncode:
        failed = re.findall(r"^✘ Test .*", pathlib.Path(log.name).read_text(), re.M)
        raise AssertionError(f"ended with {done.returncode}: {failed[:3]}; see {log.name}")


def program(build, name, work):
    """What `work` does with the program, told by the sanitizer as `name`."""
    os.environ["KUGEL_BINARY"] = str(build.kugel)
    environment = clean_environment() | build.variables(name)
    try:
        work(str(build.kugel), environment)
    finally:
        told = build.told(name)
    assert not told, "; ".join(told[:5])


def main(kinds):
    from commands import COMMANDS

    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        print(f"usage: run.sh [{'] ['.join(KINDS)}]", file=sys.stderr)
        return 64
    counts = {"ok": 0, "FAIL": 0, "skipped": 0}

    def tell(title, function, *arguments):
        verdict, reason = judge(function, arguments, LIMIT)
        counts[verdict] += 1
        print(f"{verdict:7} {title}" + (f" -- {reason}" if reason else ""), flush=True)

    for kind in kinds or KINDS:
        build = Build(kind)
        subprocess.run(build.swift("build", "--build-tests"), check=True)
        for name, work in COMMANDS.items():
            tell(f"{kind}: {name}", program, build, name.replace(" ", "-"), work)
        for target in build.targets():
            tell(f"{kind}: {target}", tests, build, target)
    print(f"{counts['ok']} passed, {counts['FAIL']} failed")
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
