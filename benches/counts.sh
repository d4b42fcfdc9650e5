#!/usr/bin/env bash
# Instructions of the hot paths, counted by callgrind: no clock, so that other work on the machine makes no difference.
#
#   benches/counts.sh           compares with benches/counts.txt; ends with 1 where a path takes 3 per cent more
#   benches/counts.sh --write   writes benches/counts.txt, to be committed with what changed it
#
# Each path is done once and some times more; the difference is what those times take, without what makes them ready.
# Counts are of one compiler and one kind of processor (libraries choose their code by it), built without link-time
# optimisation. Needs valgrind (apt-get install valgrind).
set -euo pipefail
cd "$(dirname "$0")/.."
kept=benches/counts.txt
most=3

command -v valgrind >/dev/null || { echo "valgrind is missing: apt-get install valgrind" >&2; exit 2; }
# What else is set alters the code.
unset RUSTFLAGS || true
export CARGO_PROFILE_BENCH_LTO=off CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never
built=$(cargo bench --locked --no-run --bench everyday 2>&1) || { printf '%s\n' "$built" >&2; exit 2; }
program=$(sed -n 's/^ *Executable .*everyday.*(\(.*\))$/\1/p' <<<"$built")
[ -x "$program" ] || { echo "the benchmark was not built: $built" >&2; exit 2; }

# Instructions of so many times of a path.
counted() {
  local told
  told=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" --once "$1" "$2" 2>&1) ||
    { printf '%s\n%s\n' "$1 was not counted:" "$told" >&2; exit 2; }
  sed -n 's/^==[0-9]*== Collected : *\([0-9]*\).*/\1/p' <<<"$told"
}

now=$(mktemp)
trap 'rm -f "$now"' EXIT
compiler=$(rustc --version)
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
printf '# Instructions a time: benches/counts.sh --write\n# %s; %s\n' "$compiler" "$processor" >"$now"
while IFS=$'\t' read -r times path; do
  # A table is computed whole: its rows are the times.
  first=1
  [[ $path == *"row of a table" ]] && first=$times
  one=$(counted "$path" "$first")
  more=$(counted "$path" "$((first + times))")
  printf '%s\t%s\n' "$(((more - one) / times))" "$path" >>"$now"
done < <("$program" --once)

if [ "${1:-}" = --write ]; then
  cp "$now" "$kept"
  cat "$kept"
  exit 0
fi
[ -e "$kept" ] || { echo "there is no $kept: benches/counts.sh --write" >&2; exit 2; }
if [ "$(sed -n 2p "$kept")" != "$(sed -n 2p "$now")" ]; then
  printf 'counted before with: %s\ncounted now with:    %s\n' "$(sed -n '2s/# //p' "$kept")" "$(sed -n '2s/# //p' "$now")"
fi
awk -F'\t' -v most="$most" '
  /^#/ { next }
  NR == FNR { before[$2] = $1; next }
  FNR == 1 || !head { printf "%-28s %16s %16s %9s\n", "instructions a time", "before", "now", "change"; head = 1 }
  !($2 in before) { printf "%-28s %16s %16d %9s\n", $2, "-", $1, "new"; next }
  {
    change = 100 * ($1 - before[$2]) / before[$2]
    worse = change > most
    bad = bad || worse
    printf "%-28s %16d %16d %+8.2f%%%s\n", $2, before[$2], $1, change, worse ? "  worse" : ""
    delete before[$2]
  }
  END {
    for (path in before) { printf "%-28s is counted no more\n", path; bad = 1 }
    exit bad
  }' "$kept" "$now"
