"""The Debian package on a Debian without anything: what it installs speaks, and goes without a trace."""

import re
import subprocess

from bare import differences
from checks import Checks, holds, same
from looks import ROOT, made, named_libraries, run, speaks, tells_itself

checks = Checks("deb")


@checks
def package(bare):
    """apt-get installs the package, and it speaks at once"""
    holds(not bare.run("sh", "-c", "command -v swift || :"), "there is Swift already")
    bare.before = bare.contents()
    bare.bring(made("kugel_*.deb"), "/tmp/")
    bare.run("sh", "-c", "cd /tmp && apt-get install -y ./kugel_*.deb")
    speaks(bare, "kugel")


@checks
def version(bare):
    """it tells its commit, and every library is there"""
    lines = tells_itself(bare, "kugel")
    holds(not any("missing" in line for line in lines), f"it tells {lines}")
    for file, _ in named_libraries():
        bare.run("sh", "-c", f"ldconfig -p | grep -q '{file} '")


@checks
def files(bare):
    """pages, completions, units and copyright are where Debian looks for them, and no unit is enabled"""
    listed = set(bare.run("dpkg", "-L", "kugel").split())
    pages = {f"/usr/share/man/man1/{page.name}.gz" for page in (ROOT / "man").glob("*.1")}
    wanted = pages | {
        "/usr/bin/kugel", "/usr/share/bash-completion/completions/kugel",
        "/usr/share/zsh/vendor-completions/_kugel", "/usr/share/fish/vendor_completions.d/kugel.fish",
        "/lib/systemd/system/kugel.service", "/lib/systemd/system/kugel.socket",
        "/usr/share/doc/kugel/copyright"}
    holds(listed >= wanted, f"missing: {sorted(wanted - listed)}")
    unit = bare.path("/lib/systemd/system/kugel.service").read_text()
    holds("ExecStart=/usr/bin/kugel serve" in unit, "the unit begins another program")
    enabled = [name for name in bare.contents() if name.startswith("etc/systemd/") and "kugel" in name]
    same(enabled, [], "enabled")


@checks
def symbols(bare):
    """the package of symbols installs beside it, and its symbols are of this very program"""
    bare.bring(made("kugel-dbgsym_*.deb"), "/tmp/")
    bare.run("sh", "-c", "cd /tmp && apt-get install -y ./kugel-dbgsym_*.deb")
    notes = subprocess.run(
        ["readelf", "-n", bare.path("/usr/bin/kugel")], capture_output=True, text=True, check=True).stdout
    build = re.search(r"Build ID: ([0-9a-f]+)", notes).group(1)
    symbols = bare.path(f"/usr/lib/debug/.build-id/{build[:2]}/{build[2:]}.debug")
    sections = subprocess.run(
        ["readelf", "-SW", symbols], capture_output=True, text=True, check=True).stdout
    holds(".symtab" in sections and ".debug_line" in sections, "there are no symbols and lines in it")


@checks
def purged(bare):
    """purged, with what a service kept and what came along, it leaves the Debian as it was"""
    for name in ("/etc/kugel/keys", "/var/lib/private/kugel/dictionaries/a"):
        bare.path(name).parent.mkdir(parents=True)
        bare.path(name).write_text("ka_trial\n")
    # Certificates are recommended by apt, too, which would keep what it did not bring.
    bare.run(
        "apt-get", "purge", "-y", "--autoremove", "-o", "APT::AutoRemove::RecommendsImportant=false",
        "kugel", "kugel-dbgsym")
    bare.path("/var/lib/private").rmdir()  # systemd's, which is not in here
    left = differences(bare.before, bare.contents())
    holds(not left, f"left are {len(left)}: {left[:12]}")


run(checks)
