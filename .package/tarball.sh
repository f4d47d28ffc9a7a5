#!/usr/bin/env bash
# Makes kugel-VERSION-MACHINE.tar.xz in .build/package: one folder with all that is not the system's, to be
# unpacked anywhere. Symbols, for traces of crashes, are in a second one.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=release.sh
. "$root/.package/release.sh"

name=kugel-$version-$(uname -m)
folder=$made/unpacked/$name
symbols=$made/unpacked/$name-symbols
rm -rf "$made/unpacked" "$made"/*.tar.xz
mkdir -p "$folder/systemd" "$folder/licences" "$symbols"

# As debhelper does it.
objcopy --only-keep-debug --compress-debug-sections "$binary" "$symbols/kugel.debug"
strip --remove-section=.comment --remove-section=.note -o "$folder/kugel" "$binary"
(cd "$symbols" && objcopy --add-gnu-debuglink=kugel.debug "$folder/kugel")

# The archive of espeak-ng that is linked takes the voices of its own version only.
voices=$(dpkg -L espeak-ng-data | sed -n 's,/phontab$,,p')
cp -RL "$voices" "$folder/espeak-ng-data"
install -D -m 644 -t "$folder/man/man1" "$root"/man/*.1
install -D -m 644 -t "$folder/completions" "$root"/completions/*
sed "s,/usr/local/bin/,/opt/$name/," "$root/man/examples/kugel.service" >"$folder/systemd/kugel.service"
cp "$root/man/examples/kugel.socket" "$folder/systemd/"
cp "$root/LICENSE" "$root/README.md" "$folder/"
for package in libespeak-ng-dev libwebsockets-dev espeak-ng-data; do
  cp "/usr/share/doc/$package/copyright" "$folder/licences/$package"
done
{
  echo "# Libraries of the system that kugel opens, and Debian's packages of them. It looks for all before a"
  echo "# command that makes sound. What you never use can be taken out."
  named_libraries
} >"$folder/kugel.libraries"

chmod -R u=rwX,go=rX "$made/unpacked"
for tree in "$name" "$name-symbols"; do
  tar -C "$made/unpacked" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    -cf - "$tree" | xz -T0 >"$made/$tree.tar.xz"
done
rm -rf "$made/unpacked"
ls -l "$made"/*.tar.xz
