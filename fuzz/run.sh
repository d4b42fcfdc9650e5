#!/usr/bin/env bash
# Fuzzes the targets of tests/fuzz:  fuzz/run.sh [TARGET|all] [RUNS|SECONDSs]
# A number is how many executions, a number with an s how many seconds (600s when nothing is said). Every target starts from a
# copy of its corpus; what libFuzzer adds to it is kept below fuzz/corpus, and finds below fuzz/artifacts. One line a target
# says how it went; it ends with 1 when something was found.
set -euo pipefail
cd "$(dirname "$0")/.."

asked=${1:-all}
length=${2:-600s}
case "$length" in
  *s) limit="-max_total_time=${length%s}" ;;
  *) limit="-runs=$length" ;;
esac
cargo fuzz --version >/dev/null 2>&1 || cargo install --locked cargo-fuzz

export CARGO_TERM_COLOR=never
export CARGO_INCREMENTAL=0
# The program's own thread has a large stack, for which its limits are sized (src/main.rs).
ulimit -s 262144 2>/dev/null || ulimit -s unlimited 2>/dev/null || true

(cd fuzz && cargo fuzz build --release --debug-assertions --sanitizer none --codegen-units 16 --no-trace-compares >&2)
triple=$(rustc -vV | sed -n 's/^host: //p')
targets=$(ls tests/fuzz/corpus)
[ "$asked" = all ] || targets=$asked
found_any=0
printf '%-10s %12s %8s %10s %6s\n' target executions seconds "per second" finds
for target in $targets; do
  corpus=fuzz/corpus/$target
  artifacts=fuzz/artifacts/$target
  said=$artifacts/said.txt
  mkdir -p "$corpus" "$artifacts"
  cp -n tests/fuzz/corpus/"$target"/* "$corpus"/ 2>/dev/null || true
  finds_before=$(find "$artifacts" -name '*-*' | wc -l)
  SECONDS=0
  # The program answers texts of any length; here they are short, so that many are tried.
  "fuzz/target/$triple/release/$target" "$corpus" "$limit" -max_len=4096 -timeout=60 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="$artifacts/" >"$said" 2>&1 || true
  taken=$SECONDS
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$said")
  executions=${executions:-0}
  finds=$(($(find "$artifacts" -name '*-*' | wc -l) - finds_before))
  printf '%-10s %12s %8s %10s %6s\n' "$target" "$executions" "$taken" "$((executions / (taken > 0 ? taken : 1)))" "$finds"
  [ "$finds" = 0 ] || found_any=1
done
exit $found_any
