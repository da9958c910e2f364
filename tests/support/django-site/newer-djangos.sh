#!/usr/bin/env bash
# Newer releases of Django beside that of this Debian, for tests/grown and tests/oracle: from other suites of
# the mirror that the machine uses anyway, unpacked in a folder and installed nowhere.
#   export DJANGO_PYTHONS="$(tests/support/django-site/newer-djangos.sh FOLDER SUITE...)"
# Each suite, such as bookworm-backports, trixie or sid, gives one release, with the psycopg that it has.
set -euo pipefail
[ $# -ge 2 ] || { echo 'Name a folder and suites: newer-djangos.sh FOLDER trixie sid' >&2; exit 2; }
folder=$(mkdir -p "$1" && cd "$1" && pwd)
shift
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep '/debian/\?$' | head -1)
found=()
for suite in "$@"; do
  own="$folder/$suite"
  mkdir -p "$own"/{state/lists,cache/archives,debs,root}
  echo "deb $mirror $suite main" >"$own/sources.list"
  options=(-qq -o "Dir::Etc::sourcelist=$own/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State=$own/state" -o "Dir::Cache=$own/cache" -o Dir::State::status=/dev/null
    -o APT::Sandbox::User=root -o Acquire::Languages=none)
  apt-get "${options[@]}" update >&2
  (cd "$own/debs" && apt-get "${options[@]}" download \
    python3-{django,asgiref,sqlparse,psycopg,typing-extensions} >&2)
  for package in "$own"/debs/*.deb; do dpkg -x "$package" "$own/root"; done
  printf '#!/bin/sh\nPYTHONPATH=%s exec "${PYTHON:-/usr/bin/python3}" "$@"\n' \
    "$own/root/usr/lib/python3/dist-packages" >"$own/python"
  chmod +x "$own/python"
  found+=("$own/python")
done
(IFS=:; echo "${found[*]}")
