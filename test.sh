#!/usr/bin/env bash
# Builds everything and runs every test. Needs the .NET 10 SDK and Node 20 or newer; the tests fetch and start a private
# PostgreSQL of their own. The last line says how many passed and failed.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

for tool in dotnet node npm; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing: install the .NET 10 SDK and Node 20 or newer."
    echo "0 passed, 1 failed"
    exit 1
  fi
done

if ! dotnet build FlowPilot.sln -v quiet -clp:NoSummary; then
  echo "The build failed."
  echo "0 passed, 1 failed"
  exit 1
fi

# One test watches PostgreSQL flush its log; without strace it asks the server instead, and says so.
if ! command -v strace >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing strace."
  { apt-get install -y strace || { apt-get update && apt-get install -y strace; }; } >/dev/null 2>&1 || echo "strace could not be installed."
fi

status=0
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  case "$name" in Hub.TestSupport | Hub.TestHost) continue ;; esac
  echo "== $name"
  dotnet test "$project" --no-build --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" || status=1
done

# Every run must have left its counters: a run that died half way is a failure.
counter() { cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; }
total=$(counter total) passed=$(counter passed) failed=$(counter failed)
skipped=$((total - passed - failed))
if [ "$skipped" -gt 0 ] && grep -qs "conformance data not found" "$results"/*.trx; then
  echo "conformance data not found, $skipped suites skipped"
fi
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1
fi
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
