"""The folder of the tarball on a Debian without anything: it names what it needs, and then speaks."""

import os
import subprocess

from checks import Checks, holds, same
from looks import USER, made, named_libraries, run, speaks, tells_itself

FOLDER = "/opt/kugel"
checks = Checks("tarball")


@checks
def unpacked(bare):
    """the folder's program names at once all libraries that are missing, and makes no file"""
    archive = made(f"kugel-*-{os.uname().machine}.tar.xz")
    subprocess.run(["tar", "-C", bare.path("/opt"), "-xf", archive], check=True)
    folders = list(bare.path("/opt").iterdir())
    same([folder.name for folder in folders], [archive.name.removesuffix(".tar.xz")], "folders")
    folders[0].rename(bare.path(FOLDER))
    told = bare.run(f"{FOLDER}/kugel", "say", "-o", "/tmp/x.wav", "hello", user=USER, status=69)
    there = bare.run("ldconfig", "-p")
    missing = [pair for pair in named_libraries() if f"{pair[0]} " not in there]
    holds(len(missing) > 3, f"missing are only {missing}")
    for file, package in missing:
        holds(file in told and package in told, f"{file} is not in: {told}")
    holds(not bare.path("/tmp/x.wav").exists(), "there is a file")
    tells_itself(bare, f"{FOLDER}/kugel")


@checks
def spoken(bare):
    """with the libraries that the folder names it speaks from there, by its name and by a link"""
    names = [line.split()[1] for line in bare.path(f"{FOLDER}/kugel.libraries").read_text().splitlines()
             if not line.startswith("#")]
    same(names, [package for _, package in named_libraries()], "packages")
    bare.run("apt-get", "install", "-y", "--no-install-recommends", *names)
    holds(not list(bare.folder.glob("usr/**/espeak-ng-data")), "there are voices elsewhere")
    bare.run("sh", "-c", f"cd {FOLDER} && ./kugel say -q -o /tmp/y.wav hello", user=USER)
    speaks(bare, f"{FOLDER}/kugel")
    bare.path("/usr/local/bin/kugel").symlink_to(f"{FOLDER}/kugel")
    speaks(bare, "kugel")


@checks
def spared(bare):
    """a library that was taken out of the folder's list is not missed"""
    bare.run("apt-get", "purge", "-y", "libedit2")
    told = bare.run("kugel", "say", "-o", "/tmp/x.wav", "hello", user=USER, status=69)
    holds("libraries are missing: libedit.so.2\n" in told, told)
    listed = bare.path(f"{FOLDER}/kugel.libraries")
    listed.write_text("".join(
        line for line in listed.read_text().splitlines(True) if not line.startswith("libedit")))
    speaks(bare, "kugel")


run(checks)
