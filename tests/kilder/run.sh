#!/usr/bin/env bash
# The rules against the real documents: everything that can be asked of both together, in one run.
#
# Usage: tests/kilder/run.sh DIR [FOLDER]
#
# DIR holds the documents and their register, sources.toml (docs/sources.md). FOLDER is where the documents are written as
# pages; without it they go to target/kilder. RULES=… chooses other rules than rules/, CEILING=… how many per cent of the
# changed digits may be noticed by nobody (3), DIGITS=no leaves those out. It ends with 1 when anything is wrong, after all
# of it has run.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2

dir=${1:-}
pages=${2:-target/kilder}
rules=${RULES:-rules}
ceiling=${CEILING:-3}
if [ -z "$dir" ] || [ ! -f "$dir/sources.toml" ]; then
  echo "usage: tests/kilder/run.sh DIR [FOLDER]: DIR holds the documents and sources.toml" >&2
  exit 2
fi

cargo build --locked -q --profile oracle --bin klausul --example cifre || exit 2
built=${CARGO_TARGET_DIR:-target}/oracle

wrong=()
step() {
  local name=$1
  shift
  printf '\n== %s\n' "$name"
  "$@" || wrong+=("$name")
}

step "the rules are right (check --strict)" "$built/klausul" check "$rules" --strict
step "their tests pass" "$built/klausul" test "$rules"
mkdir -p "$pages"
step "every citation is found, and every figure where it is cited; what no clause rests on; the documents as pages" \
  "$built/klausul" sources "$rules" --dir "$dir" --strict --coverage --html "$pages"
if [ "${DIGITS:-yes}" != no ]; then
  step "changed digits are noticed" "$built/examples/cifre" --dir "$dir" --ceiling "$ceiling" "$rules"
fi

if [ ${#wrong[@]} -gt 0 ]; then
  printf '\nWRONG:\n'
  printf -- '- %s\n' "${wrong[@]}"
  exit 1
fi
printf '\nall good; the pages are in %s\n' "$pages"
