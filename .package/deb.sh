#!/usr/bin/env bash
# Makes kugel_*.deb and kugel-dbgsym_*.deb in .build/package from the release binary, and shows them to lintian.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=release.sh
. "$root/.package/release.sh"

stage=$made/stage
rm -rf "$stage" "$made"/*.deb
mkdir -p "$stage"
cp -R "$root/.package/debian" "$stage/debian"
for unit in service socket; do
  sed 's,/usr/local/bin/,/usr/bin/,' "$root/man/examples/kugel.$unit" >"$stage/debian/kugel.$unit"
done
cat >"$stage/debian/changelog" <<TEXT
kugel ($version) unstable; urgency=medium

  * Made from commit $commit.

 -- $(sed -n 's/^Maintainer: //p' "$stage/debian/control")  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
TEXT
"$root/.package/needs.sh" "$stage/needs.so"

(cd "$stage" && env -u MAKEFLAGS -u MAKELEVEL ROOT="$root" BINARY="$binary" MADE="$made" debian/rules binary)

# What the program tells to install has to be what Debian's tools found.
depends=$(dpkg-deb -f "$made"/kugel_*.deb Depends)
while read -r file package; do
  case ", $depends," in
    *", $package,"* | *", $package ("*) ;;
    *) echo "$functions calls the package of $file $package; found were: $depends" >&2; exit 1 ;;
  esac
done < <(named_libraries)

lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$made"/*.deb
rm -rf "$stage"
ls -l "$made"/*.deb
