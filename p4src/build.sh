#!/usr/bin/env bash
# Compiles the switch programs with p4c and writes p4src/build: the program as BMv2 JSON, its P4Info as text and
# binary, and a stamp with the sha256 of every source and output. The output is committed, since a machine that only
# runs sincmesh has no p4c; test/program/stamp.test.ts fails where sources, outputs and stamp disagree.
set -euo pipefail
cd "$(dirname "$0")/.."

program=p4src/v1model/sincmesh.p4
out=p4src/build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
p4info="$work/sincmesh.p4info.txtpb,$work/sincmesh.p4info.bin"

# p4c gives every table a default action and then warns of each table with a selector that BMv2 takes none there. Neither
# --Wdisable nor @diagnostic reaches its back end (BMV2Context is made anew, without them), so that one warning is taken
# out here; any other ends the build.
compile() {
  local status=0 warnings
  "$@" 2>"$work/messages" || status=$?
  warnings=$(sed '/Target does not support default_action for .* (due to action profiles)$/,+2d' "$work/messages")
  [ -z "$warnings" ] || printf '%s\n' "$warnings" >&2
  [ "$status" -eq 0 ] && [ -z "$warnings" ]
}

if command -v p4c-bm2-ss >/dev/null; then
  version=$({ p4c-bm2-ss --version 2>&1 || true; } | grep -o "[0-9]*\.[0-9].*" | head -n 1)
  compile p4c-bm2-ss --arch v1model --p4runtime-files "$p4info" -o "$work/sincmesh.json" "$program"
elif command -v p4c >/dev/null; then
  version=$({ p4c --version 2>&1 || true; } | grep -o "[0-9]*\.[0-9].*" | head -n 1)
  compile p4c --target bmv2 --arch v1model --p4runtime-files "$p4info" -o "$work" "$program"
else
  cat >&2 <<'MISSING'
p4src/build.sh: there is no p4c on the PATH.
  Nothing needs it to run sincmesh: p4src/build holds what it made. To change the switch program, build p4c from
  https://github.com/p4lang/p4c (version 1.2.5 or later, with the BMv2 back end) and put p4c or p4c-bm2-ss on the PATH.
MISSING
  exit 1
fi

mkdir -p "$out"
node p4src/finish.mjs "$work" "$out" "$program" "$version"
