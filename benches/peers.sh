#!/usr/bin/env bash
# The same work done by other programs beside this one, on the same machine in the same run, as one table.
#
#   benches/peers.sh BENCH WORK             BENCH: the folder of generators and peers; WORK: an empty folder, or that of a run before
#   benches/peers.sh --install BENCH WORK   installs into WORK first what package registries have (pip, npm)
#
# What is missing of a peer is told, and its line left out. Peers in Rust are run where WORK holds them built
# (WORK/bench-work/rust, as BENCH/README.md says). Peers are measured in processor time, on one core.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
install=no
if [ "${1:-}" = --install ]; then install=yes; shift; fi
[ $# -eq 2 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
bench=$(cd "$1" && pwd)
mkdir -p "$2"
work=$(cd "$2" && pwd)
[ -e "$bench/gen.py" ] || { echo "$bench holds no gen.py" >&2; exit 2; }
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE

cd "$work"
ln -sfn "$bench" bench
mkdir -p bench-work/js bench-work/data/models bench-work/results
python=bench-work/py/venv/bin/python
if [ "$install" = yes ]; then
  [ -x "$python" ] || python3 -m venv bench-work/py/venv
  for package in numpy pyarrow duckdb polars datafusion zen-engine openfisca-core; do
    "$python" -m pip install -q "$package" || echo "missing: $package was not installed"
  done
  (cd bench-work/js && npm install --silent publicodes feelin @gorules/zen-engine) || echo "missing: the peers in JavaScript were not installed"
fi
"$python" -c 'import numpy' 2>/dev/null || { echo "numpy is missing in $work: run with --install" >&2; exit 2; }
if [ ! -e bench-work/data/ref_w3_1000.json ]; then
  "$python" bench/gen.py
  "$python" bench/ref.py
  for emitter in mini peers lemma; do "$python" "bench/emit_$emitter.py"; done
fi

out=bench-work/results/peers.txt
: >"$out"
declare -A told
missing() {
  # Once, whatever it was asked for.
  [ -n "${told[$1]:-}" ] || printf 'missing: %s\n' "$1"
  told[$1]=yes
}

# Ours first: built, then timed and compared.
cd "$here/.."
export CARGO_PROFILE_BENCH_LTO="${CARGO_PROFILE_BENCH_LTO:-off}"
# This builds the program as well.
cargo bench -q --locked --bench everyday -- --times >"$work/bench-work/results/everyday.txt"
cargo bench -q --locked --bench machine >"$work/bench-work/results/machine.txt"
klausul="$PWD/target/release/klausul"
cd "$work"
for w in w1 w2 w3_1000; do
  "$python" "$here/peers.py" ours "$w" "$here/rules" "$klausul" >>"$out"
done

# A peer: its name, what must be there, and its command and what it is asked. Two minutes are too long.
peer() {
  local name=$1 there=$2
  shift 2
  if [ ! -e "$there" ]; then missing "$name ($there)"; return; fi
  timeout 120 "$@" >>"$out" 2>bench-work/results/last.err || missing "$name ($*): $(tail -n 1 bench-work/results/last.err | cut -c1-120)"
}
has() { "$python" -c "import $1" 2>/dev/null; }
for module in duckdb polars datafusion openfisca_core zen; do
  has "$module" || missing "$module (pip)"
done
for w in w1 w2 w3_1000; do
  if has openfisca_core; then peer openfisca "$python" "$python" bench/bench_py.py openfisca "$w"; fi
  if has zen; then peer zenpy "$python" "$python" bench/bench_py.py zenpy "$w"; fi
  if [ "$w" != w3_1000 ]; then
    peer decimal "$python" "$python" bench/bench_py.py decimal "$w"
    if has duckdb; then peer duckdb "$python" "$python" bench/bench_py.py duckdb "$w"; fi
    if has polars; then peer polars "$python" env POLARS_MAX_THREADS=1 "$python" bench/bench_py.py polars "$w"; fi
    if has datafusion; then peer datafusion "$python" env TH=1 "$python" bench/bench_py.py datafusion "$w"; fi
  fi
  for name in publicodes feelin; do
    [ "$name $w" = "feelin w3_1000" ] || peer "$name" bench-work/js/node_modules/$name env N=300 node bench/bench_js.mjs "$name" "$w"
  done
  for name in zen rhai rego; do
    peer "$name in Rust" bench-work/rust/peers/target/release/peers bench-work/rust/peers/target/release/peers "$name" "$w"
  done
done
"$python" "$here/peers.py" table "$out" bench-work/results
