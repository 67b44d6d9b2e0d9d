#!/bin/sh
# Installs what tests need from Debian: Chromium, LibreOffice Writer, a PostgreSQL server and nginx.
# Does nothing where they are there already; says so where they cannot be installed.
set -eu

wanted=""
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
command -v soffice >/dev/null 2>&1 || wanted="$wanted libreoffice-writer-nogui"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || wanted="$wanted nginx"
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
# RUNLEVEL: start no server that is installed. sudo keeps no environment, so it comes after it.
apt="$sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get"
log=$(mktemp)
if $apt update -qq >"$log" 2>&1 \
  && $apt install -y -qq --no-install-recommends $wanted >>"$log" 2>&1; then
  rm -f "$log"
  case "$wanted" in
    *nginx*) $sudo systemctl disable -q nginx >/dev/null 2>&1 || true ;;  # tests start their own
  esac
else
  tail -n 5 "$log"
  echo "Could not install:$wanted. The tests that need them will be skipped, or fail under CI."
fi
