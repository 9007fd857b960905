#!/usr/bin/env bash
# Compiles the Tofino program, every profile for every target, and writes p4src/build/tna/<target>/<profile>: P4Info and
# what the image takes of the chip, and p4src/build/tna/stamp.json with the sha256 of every source and output.
#
#   p4src/tna/build.sh [PROFILE...]      all profiles: routing reduce cells cache strategy edge
#
# SINCMESH_TOFINO_P4C  the driver p4c with the Tofino back end (default: p4c on the PATH)
# SINCMESH_TOFINO_OUT  a folder that is to keep the compiler's output: tofino.bin, context.json, bfrt.json
#                      (default: none is kept; the images are not committed)
# SINCMESH_TOFINO_TARGETS  default "tofino tofino2"
set -euo pipefail
cd "$(dirname "$0")/../.."

p4c=${SINCMESH_TOFINO_P4C:-p4c}
targets=${SINCMESH_TOFINO_TARGETS:-tofino tofino2}
profiles=${*:-routing reduce cells cache strategy edge}
out=p4src/build/tna

if ! command -v "$p4c" >/dev/null || ! "$p4c" --target-help 2>&1 | grep tofino >/dev/null; then
  cat >&2 <<'MISSING'
p4src/tna/build.sh: there is no p4c with the Tofino back end on the PATH, nor is it named by SINCMESH_TOFINO_P4C.
  It is part of https://github.com/p4lang/p4c (backends/tofino; cmake -DENABLE_TOFINO=ON); docs/tofino.md says how it was
  built for the figures in p4src/build/tna.
MISSING
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$({ "$p4c" --version 2>&1 || true; } | grep -o "[0-9]*\.[0-9].*" | head -n 1)

for target in $targets; do
  arch=(--arch tna)
  # Tofino 2 can pass headers by as clots; bfas does not know the lengths of those whose checksum is summed.
  [ "$target" = tofino2 ] && arch=(--arch t2na -Xp4c=--no-clot)
  for profile in $profiles; do
    build="$work/$target/$profile"
    mkdir -p "$build"
    info="$work/$target/$profile.p4info.txtpb"
    # -g makes it write what it used. Its warnings are about constants that only other programs use.
    if ! "$p4c" --target "$target" "${arch[@]}" -g "-DPROFILE_${profile^^}" --p4runtime-force-std-externs \
      --p4runtime-files "$info" -o "$build" p4src/tna/sincmesh.p4 >"$build.log" 2>&1; then
      grep -v -i warning "$build.log" | tail -n 40 >&2
      echo "p4src/tna/build.sh: profile $profile does not compile for $target" >&2
      exit 1
    fi
    node p4src/tna/resources.mjs "$build/pipe/logs" "$info" "$out/$target/$profile" "$target" "$profile"
    if [ -n "${SINCMESH_TOFINO_OUT:-}" ]; then
      mkdir -p "$SINCMESH_TOFINO_OUT/$target/$profile"
      cp "$build/pipe/$target.bin" "$build/pipe/context.json" "$build/bfrt.json" "$SINCMESH_TOFINO_OUT/$target/$profile/"
    fi
    echo "$target $profile"
  done
done
node p4src/tna/stamp.mjs "$out" "$version"
