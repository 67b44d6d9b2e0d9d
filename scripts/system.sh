#!/bin/sh
# Installs what tests need from Debian: Chromium, LibreOffice Writer and a PostgreSQL server.
# Does nothing where they are there already; says so where they cannot be installed.
set -eu

wanted=""
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
command -v soffice >/dev/null 2>&1 || wanted="$wanted libreoffice-writer-nogui"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
[ -n "$wanted" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Not installed:$wanted (no apt-get here). The tests that need them will be skipped."
  exit 0
fi
sudo=""
if [ "$(id -u)" != 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "Not installed:$wanted (no right to install). The tests that need them will be skipped."
    exit 0
  fi
  sudo="sudo -n"
fi
echo "Installing:$wanted"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if $sudo apt-get update -qq >"$log" 2>&1 \
  && $sudo apt-get install -y -qq --no-install-recommends $wanted >>"$log" 2>&1; then
  rm -f "$log"
else
  tail -n 5 "$log"
  echo "Could not install:$wanted. The tests that need them will be skipped, or fail under CI."
fi
