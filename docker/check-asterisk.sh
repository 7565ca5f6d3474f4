#!/bin/sh
# Refuses an Asterisk that is too old or lacks a module that modules.conf requires:
#   check-asterisk.sh MODULES_CONF
# The version is that of src/model/asterisk-version.ts; a test compares the two.
set -eu
needed=22.10.1
modules_conf=$1

shown=$(asterisk -V)
# dpkg sorts ~ before the end of a version, as a release candidate comes before its release.
version=$(echo "$shown" | sed -nE 's/^Asterisk ([0-9.]+(-rc[0-9]+)?).*/\1/; s/-rc/~rc/; p')
if ! dpkg --compare-versions "$version" ge "$needed"; then
  echo "\"$shown\" was installed, but Asterisk $needed or newer is needed." >&2
  exit 1
fi

missing=$(sed -nE 's/^require *=>? *([^ ]+).*/\1/p' "$modules_conf" | while read -r module; do
  [ -e "/usr/lib/asterisk-modules/$module" ] || echo "$module"
done)
if [ -n "$missing" ]; then
  echo "Asterisk $version lacks modules that are needed:" $missing >&2
  exit 1
fi
echo "Asterisk $version has what is needed."
