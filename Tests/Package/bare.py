"""A Debian without anything: made once by debootstrap, unpacked for each trial, entered by chroot."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

from checks import Skipped

MADE = pathlib.Path(__file__).resolve().parents[2] / ".build" / "package"
RELEASE = "bookworm"
# What apt, dpkg and the loader write down of everything that ever happened.
RECORDS = ("var/log/", "var/cache/", "var/lib/apt/", "tmp/")
RECORD_FILES = {
    "etc/ld.so.cache", "var/lib/dpkg/status", "var/lib/dpkg/status-old", "var/lib/dpkg/available",
    "var/lib/dpkg/lock", "var/lib/dpkg/lock-frontend", "var/lib/dpkg/triggers/Lock"}
# proc and a process tree of its own: nothing that begins in there is left when this ends.
ENTER = 'mount -t proc proc "$1/proc" && shift && exec chroot "$@"'


def archive():
    """The packed Debian."""
    packed = MADE / "bare.tar"
    if packed.exists():
        return packed
    with tempfile.TemporaryDirectory(dir=MADE) as folder:
        words = ["debootstrap", "--variant=minbase", RELEASE, folder + "/root"]
        mirror = os.environ.get("MIRROR")
        made = subprocess.run(
            words + ([mirror] if mirror else []), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=1800)
        if made.returncode != 0:
            last = made.stdout.strip().splitlines()[-1:] or ["it says nothing"]
            raise Skipped(f"debootstrap made no Debian: {last[0]}")
        draft = folder + "/bare.tar"
        subprocess.run(["tar", "-C", folder + "/root", "-cf", draft, "."], check=True)
        os.rename(draft, packed)
    return packed


class Bare:
    """One of them, unpacked. Use it in a `with`."""

    def __enter__(self):
        if os.getuid() != 0:
            raise Skipped("to make a Debian and enter it one has to be root")
        packed = archive()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="root-", dir=MADE))
        self.folder.chmod(0o755)
        subprocess.run(["tar", "-C", self.folder, "-xpf", packed], check=True)
        for name in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{name}", self.folder / "etc" / name)
        self.run("apt-get", "update", "-qq")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def run(self, *words, user="root", status=0):
        """What a command in there writes to both its outputs; it has to end with this status."""
        environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
            "HOME": "/root" if user == "root" else "/nonexistent", "DEBIAN_FRONTEND": "noninteractive"}
        environment |= {name: text for name, text in os.environ.items() if name.endswith("_proxy")}
        ended = subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "sh",
             str(self.folder), f"--userspec={user}", str(self.folder), *words],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=900)
        if ended.returncode != status:
            raise AssertionError(f"{' '.join(words)} ended with {ended.returncode}: {ended.stdout[-600:]}")
        return ended.stdout

    def path(self, name):
        return self.folder / name.lstrip("/")

    def bring(self, file, place):
        shutil.copy(file, self.path(place))

    def contents(self):
        """Each file's name and what is in it; records left out."""
        found = {}
        for place, folders, files in os.walk(self.folder):
            for name in folders + files:
                path = pathlib.Path(place, name)
                shown = str(path.relative_to(self.folder))
                if shown.startswith(RECORDS) or shown in RECORD_FILES:
                    continue
                if path.is_symlink():
                    found[shown] = "to " + os.readlink(path)
                elif path.is_file():
                    found[shown] = hashlib.sha256(path.read_bytes()).hexdigest()
                else:
                    found[shown] = ""
        return found


def differences(before, after):
    """What came, went or changed, in lines."""
    return sorted(
        [f"+ {name}" for name in after.keys() - before.keys()]
        + [f"- {name}" for name in before.keys() - after.keys()]
        + [f"! {name}" for name in before.keys() & after.keys() if before[name] != after[name]])
