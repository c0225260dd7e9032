#!/usr/bin/env bash
# Installs what is missing and runs every test against a real PostgreSQL.
# The last line counts the tests: N passed, N failed, N skipped.
set -uo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/deploy/requirements.sh"
require_dotnet
require_postgres
require_node
require_python
require_chromium
cd "$root" || exit 1

results=$root/TestResults
rm -rf "$results"
say "building"
dotnet build Ledger.sln -c Release --nologo -v quiet >&2 || die "the build failed" "its messages are above"

say "testing"
status=0
for project in tests/*.Tests tests/Ledger.EndToEnd; do
  name=$(basename "$project")
  [ -e "$project/$name.csproj" ] || continue
  dotnet test "$project" -c Release --no-build --nologo -v quiet --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" || status=1
  [ -e "$results/$name.trx" ] || { say "$name left no results"; status=1; }
done

# What is counted is what the runner wrote, not what this script believes.
count() { grep -ho "<Counters [^>]*" "$results"/*.trx | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; }
total=$(count total) passed=$(count passed)
failed=$(( $(count failed) + $(count error) + $(count timeout) + $(count aborted) ))
skipped=$(( total - passed - failed ))
[ "$failed" = 0 ] && [ "$passed" -gt 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
