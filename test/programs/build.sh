#!/usr/bin/env bash
# Compiles the test programs with p4c into test/programs/fixtures: BMv2 JSON, P4Info, and a stamp with the sha256 of
# every source and output, which test/programs/programs.test.ts compares. The .stf scripts beside them are written by hand.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v p4c-bm2-ss >/dev/null; then
  echo "test/programs/build.sh: there is no p4c-bm2-ss on the PATH; the tests run what is in test/programs/fixtures" >&2
  exit 1
fi
out=test/programs/fixtures
for source in test/programs/*.p4; do
  name=$(basename "$source" .p4)
  p4c-bm2-ss --Wdisable=unused --Wdisable=removed --arch v1model --p4runtime-files "$out/$name.p4info.txtpb" -o "$out/$name.json" "$source"
done
version=$({ p4c-bm2-ss --version 2>&1 || true; } | grep -o "[0-9]*\.[0-9].*" | head -n 1)
node test/programs/stamp.mjs "$version"
