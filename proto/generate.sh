#!/usr/bin/env bash
# Remakes proto/gen from the .proto files: the message classes for
# google-protobuf, their TypeScript declarations and the schema table of the
# text and JSON codecs.
#
#   proto/generate.sh [OUTPUT_DIRECTORY]      (default: proto/gen)
#
# The JavaScript generator is part of protoc up to 3.20 and is gone from later
# ones. The committed files were made with 3.12.4 (Debian 11's
# protobuf-compiler). Name it with PROTOC=/path/to/protoc, or put it on PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here/gen}
protoc=${PROTOC:-protoc}
reference='libprotoc 3.12.4'

fail() {
  echo "generate: $*" >&2
  exit 1
}

command -v "$protoc" >/dev/null ||
  fail "no protoc ($protoc): install protobuf-compiler 3.12 to 3.20, or set PROTOC to one"
version=$("$protoc" --version)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mkdir "$scratch/probe"
"$protoc" -I"$here" --js_out=import_style=commonjs,binary:"$scratch/probe" google/rpc/code.proto 2>"$scratch/why" || true
if [ ! -s "$scratch/probe/google/rpc/code_pb.js" ]; then
  cat "$scratch/why" >&2
  fail "$protoc ($version) has no JavaScript generator; set PROTOC to a protoc from 3.12 to 3.20" \
    "(Debian 11's protobuf-compiler with libprotoc23 and libprotobuf23 can be unpacked with dpkg -x)"
fi
[ "$version" = "$reference" ] ||
  echo "generate: $protoc is $version, the committed files were made with $reference; expect differences in layout" >&2

plugin=
for directory in "$here/node_modules/.bin" "$here/../node_modules/.bin"; do
  [ -x "$directory/protoc-gen-ts" ] && plugin=$directory/protoc-gen-ts && break
done
[ -n "$plugin" ] || fail 'ts-protoc-gen is not installed; run npm ci first'

cd "$here"
p4runtime=(google/rpc/*.proto p4/config/v1/*.proto p4/tmp/*.proto p4/v1/*.proto)
protos=("${p4runtime[@]}" sincmesh/v1/*.proto)
mkdir "$scratch/gen"
"$protoc" -I. \
  --js_out=import_style=commonjs,binary:"$scratch/gen" \
  --plugin=protoc-gen-ts="$plugin" --ts_out="$scratch/gen" \
  "${protos[@]}"
# The codecs are those of P4Runtime and P4Info.
"$protoc" -I. --include_imports --descriptor_set_out="$scratch/descriptors" "${p4runtime[@]}"

# The package around is made of ES modules, the generated classes are CommonJS.
echo '{ "type": "commonjs" }' >"$scratch/gen/package.json"
node tools/adapt.mjs "$scratch/gen"
node tools/schema.mjs "$scratch/descriptors" "$scratch/gen/schema.mjs"

mkdir -p "$out"
rm -rf "$out/google" "$out/p4" "$out/sincmesh" "$out/schema.mjs" "$out/package.json"
cp -R "$scratch/gen/." "$out/"
