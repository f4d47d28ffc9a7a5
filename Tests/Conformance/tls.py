"""Kugel's own client and service over TLS: who is trusted, who is not, and what is told of it."""

import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

from checks import Skipped, holds, judge, same, same_sound
from service import binary, clean_environment, service
from tone import tone

TEXT = "Nobody else hears this."
LIMIT = 30
KEY = "ka_tls_5b0e"


class Authority:
    """Certificates, made by the `openssl` program in a folder of their own."""

    def __init__(self, folder, name="ca"):
        self.folder, self.name = folder, name
        self.file = str(folder / f"{name}.pem")
        self.openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", f"{name}.key", "-out", self.file, "-days", "2", "-subj", f"/CN={name} of a test")

    def certificate(self, names, days=2):
        """The options of a service that shows a certificate for `names`."""
        stem = f"{self.name}-{abs(hash((names, days)))}"
        self.openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", f"{stem}.key", "-out", f"{stem}.csr", "-subj", "/CN=server")
        (self.folder / f"{stem}.ext").write_text(f"subjectAltName={names}\n")
        self.openssl(
            "x509", "-req", "-in", f"{stem}.csr", "-CA", self.file, "-CAkey", f"{self.name}.key",
            "-CAcreateserial", "-days", str(days), "-extfile", f"{stem}.ext", "-out", f"{stem}.pem")
        return ["--tls-cert", str(self.folder / f"{stem}.pem"),
                "--tls-key", str(self.folder / f"{stem}.key")]

    def hashed(self):
        """A directory that OpenSSL looks names up in."""
        folder = self.folder / "hashed"
        folder.mkdir()
        shutil.copy(self.file, folder)
        self.openssl("rehash", str(folder))
        return str(folder)

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)


class Place:
    """A folder with an authority and a key in it."""

    def __enter__(self):
        if not shutil.which("openssl"):
            raise Skipped("there is no program openssl")
        self.kept = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.kept.name)
        (self.folder / "key").write_text(KEY + "\n")
        (self.folder / "key").chmod(0o600)
        self.authority = Authority(self.folder)
        return self

    def __exit__(self, *_):
        self.kept.cleanup()

    def say(self, url, *options, **variables):
        """Exit status, talk and sound of one run."""
        result = subprocess.run(
            [binary(), "say", "-VV", "-e", "kugel", "--url", url, "--key-file",
             str(self.folder / "key"), "-v", "123", "-l", "en", "-o", "-", "--format", "raw",
             *options, TEXT],
            capture_output=True, timeout=LIMIT, stdin=subprocess.DEVNULL,
            env=clean_environment() | variables)
        holds(KEY not in result.stderr.decode(), "the key was told")
        return result.returncode, result.stderr.decode(), result.stdout


def named(address, host="localhost"):
    return f"https://{host}:{address.rsplit(':', 1)[1]}"


def spoken(place, *arguments, **variables):
    code, talk, sound = place.say(*arguments, **variables)
    same(code, 0, f"exit status, saying {talk!r},")
    same_sound(sound, tone(TEXT))


def distrusted(place, cause, *arguments, advice="--ca FILE", **variables):
    code, talk, sound = place.say(*arguments, **variables)
    same(code, 69, f"exit status, saying {talk!r},")
    last = talk.split("kugel: ")[-1]
    holds(cause in last and advice in last, f"the reason is {last!r}")
    holds(("--ca" in last) == ("--ca" in advice), f"the advice does not help: {last!r}")
    holds("try 1" not in talk, "it was tried again")
    same(sound, b"", "sound")


def by_option():
    """kugel say --ca FILE speaks with an authority's own service, by name and by address"""
    with Place() as place:
        certificate = place.authority.certificate("DNS:localhost,IP:127.0.0.1")
        with service(*certificate) as served:
            holds(served.address.startswith("https://127.0.0.1:"), served.address)
            spoken(place, named(served.address), "--ca", place.authority.file)
            spoken(place, served.address, "--ca", place.authority.file)
            spoken(place, "wss" + served.address[5:], "--ca", place.authority.file)


def by_environment():
    """SSL_CERT_FILE and SSL_CERT_DIR name authorities"""
    with Place() as place, service(*place.authority.certificate("DNS:localhost")) as served:
        spoken(place, named(served.address), SSL_CERT_FILE=place.authority.file)
        spoken(place, named(served.address), SSL_CERT_DIR="/nowhere:" + place.authority.hashed())


def by_configuration():
    """The configuration key ca names an authority, for kugel voices too"""
    with Place() as place, service(*place.authority.certificate("DNS:localhost")) as served:
        settings = place.folder / "config"
        settings.write_text(
            f"[own]\nurl = {named(served.address)}\nca = {place.authority.file}\n"
            f"key_file = {place.folder / 'key'}\n")
        result = subprocess.run(
            [binary(), "voices", "--profile", "own"], capture_output=True, timeout=LIMIT,
            env=clean_environment() | {"KUGEL_CONFIG": str(settings)})
        same(result.returncode, 0, f"exit status, saying {result.stderr!r},")
        holds(b"123" in result.stdout, "no voices were listed")


def unknown_authority():
    """An unknown authority is refused at once, with its cause"""
    with Place() as place, service(*place.authority.certificate("DNS:localhost")) as served:
        distrusted(place, "issuer", named(served.address))
        other = Authority(place.folder, "other")
        distrusted(place, "issuer", named(served.address), "--ca", other.file)
        distrusted(place, "issuer", named(served.address), SSL_CERT_FILE=other.file)


def wrong_name():
    """A certificate for another name is refused at once, with its cause"""
    with Place() as place, service(*place.authority.certificate("DNS:example.org")) as served:
        distrusted(
            place, "for another host", named(served.address), "--ca", place.authority.file, advice="--url")
        distrusted(
            place, "for another host", served.address, "--ca", place.authority.file, advice="--url")


def expired():
    """A certificate that has expired is refused at once, with its cause"""
    certificate = ("DNS:localhost", -1)
    with Place() as place, service(*place.authority.certificate(*certificate)) as served:
        distrusted(
            place, "expired", named(served.address), "--ca", place.authority.file, advice="renew")


def no_tls():
    """A service without TLS is not taken for one with it"""
    with Place() as place, service() as served:
        code, talk, _ = place.say(named(served.address))
        same(code, 69, f"exit status, saying {talk!r},")
        code, talk, _ = place.say("http" + named(served.address)[5:])
        same(code, 0, f"exit status, saying {talk!r},")


def bad_files():
    """Files that hold no certificates are named"""
    with Place() as place, service(*place.authority.certificate("DNS:localhost")) as served:
        for file, status in (("/no/such/file", 66), (str(place.folder / "key"), 64)):
            code, talk, _ = place.say(named(served.address), "--ca", file)
            same(code, status, f"exit status, saying {talk!r},")
            holds(file in talk, f"the reason is {talk!r}")
        mixed = place.authority.certificate("DNS:localhost")
        mixed[3] = place.authority.certificate("DNS:example.org")[3]
        for options in (mixed, ["--tls-cert", "/no/such/file", "--tls-key", mixed[3]]):
            result = subprocess.run(
                [binary(), "serve", "-e", "tone", "--listen", "127.0.0.1:0", *options],
                capture_output=True, timeout=LIMIT, env=clean_environment())
            same(result.returncode, 78, f"exit status, saying {result.stderr!r},")
            holds(b"certificate or key" in result.stderr, f"the reason is {result.stderr!r}")


def main():
    works = [
        by_option, by_environment, by_configuration, unknown_authority, wrong_name, expired, no_tls,
        bad_files]
    tone(TEXT)
    counts = {"ok": 0, "FAIL": 0, "skipped": 0}
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        verdicts = pool.map(lambda work: judge(work, (), LIMIT), works)
        for work, (verdict, reason) in zip(works, verdicts):
            counts[verdict] += 1
            print(f"{verdict:7} tls: {work.__doc__}" + (f" -- {reason}" if reason else ""), flush=True)
    print("counts", counts["ok"], counts["FAIL"], counts["skipped"], flush=True)
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
