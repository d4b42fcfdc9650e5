#!/usr/bin/env bash
# Compares the program with the oracle on 20,000 generated programs (or the number given, from the seed given).
# Usage: tests/oracle/run.sh [COUNT [SEED]]
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v python3 >/dev/null; then
  echo "no python3 found: installing it"
  as_root=""
  [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update -q
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3
fi
# The profile `oracle` takes about as long to build as the comparison takes, where `release` takes twice as long. A program
# that is built already is named in KLAUSUL.
if [ -z "${KLAUSUL:-}" ]; then
  cargo build --locked --profile oracle --quiet
  KLAUSUL=target/oracle/klausul
fi
exec python3 tests/oracle/run.py --program "$KLAUSUL" --seed "${2:-1}" --count "${1:-20000}" --table
