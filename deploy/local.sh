#!/usr/bin/env bash
# Runs a ledger on this machine, with a PostgreSQL of its own, until Ctrl-C. It is a sandbox: it holds releases of the past with their own
# times, and its origin says so.
#   LEDGER_PORT   the port on 127.0.0.1       (5080)
#   LEDGER_DATA   the folder for everything    (.ledger beside the sources)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/deploy/requirements.sh"

export LEDGER_PORT=${LEDGER_PORT:-5080}
LEDGER_DATA=${LEDGER_DATA:-$root/.ledger}
mkdir -p "$LEDGER_DATA"
LEDGER_DATA=$(cd "$LEDGER_DATA" && pwd)
export LEDGER_DATA

require_dotnet
require_postgres

# The programs are built once for all data folders; two starts at once build one after the other.
lib=$root/.ledger/lib
mkdir -p "$lib"
exec 9>"$lib/build.lock"
flock 9
say "building the server and the tool"
publish() { # PROJECT OPTION…
  dotnet publish "$root/src/Ledger.$1" -c Release -o "$lib/$1" -v quiet --nologo "${@:2}"
}
publish Server >&2 || die "the build failed" "its messages are above"
# Compiled ahead of time the tool starts several times as fast, and faster yet together with the runtime; that takes packages that not every feed has.
machine=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
start="\"$lib/Cli/ledger\""
if ! publish Cli -r "$machine" --self-contained true -p:NuGetLockFilePath=obj/with-runtime.lock.json >/dev/null 2>&1; then
  start="\"$(command -v dotnet)\" \"$lib/Cli/ledger.dll\""
  publish Cli -r "$machine" --self-contained false -p:NuGetLockFilePath=obj/ahead-of-time.lock.json >/dev/null 2>&1 ||
    publish Cli >&2 || die "the build failed" "its messages are above"
fi
exec 9>&-

# The tool, wherever .NET lies: it talks to this server unless told otherwise.
install_tool() { # FOLDER DATA PORT
  mkdir -p "$1"
  cat >"$1/ledger.new" <<TOOL
#!/bin/sh
: "\${LEDGER_DATA:=$2}" "\${LEDGER_PORT:=$3}"
export LEDGER_DATA LEDGER_PORT
exec $start "\$@"
TOOL
  chmod 755 "$1/ledger.new"
  mv "$1/ledger.new" "$1/ledger"
}
install_tool "$LEDGER_DATA/bin" "$LEDGER_DATA" "$LEDGER_PORT"
[ -e "$root/.ledger/bin/ledger" ] || install_tool "$root/.ledger/bin" "$root/.ledger" 5080
tool=$LEDGER_DATA/bin/ledger

# The log of a new data folder is a new log: whatever the tool remembers of this address was another one.
new=
[ -e "$LEDGER_DATA/origin" ] || new=1
# A folder from before there were sandboxes keeps the ledger it has.
if [ -n "$new" ] || grep -q '^sandbox\.' "$LEDGER_DATA/origin"; then export Ledger__Sandbox=true; fi
answers() {
  if [ -n "$new" ] && "$tool" checkpoint pin --replace; then return; fi
  "$tool" whoami
}

say "starting the server at http://127.0.0.1:$LEDGER_PORT (data in $LEDGER_DATA)"
log=$LEDGER_DATA/server.log
# In a session of its own, so that Ctrl-C reaches this script alone and the server is stopped in order.
setsid dotnet "$lib/Server/Ledger.Server.dll" >>"$log" 2>&1 &
server=$!
stop() {
  trap - INT TERM EXIT
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" || true
}
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM
trap stop EXIT

for _ in $(seq 1 240); do
  kill -0 "$server" 2>/dev/null || { wait "$server" || status=$?; tail -n 5 "$log" >&2; die "the server stopped (exit ${status:-0})" "its messages are above and in $log"; }
  answers >/dev/null 2>&1 && ready=1 && break
  sleep 0.25
done
[ -n "${ready:-}" ] || die "the server did not become ready within a minute" "its messages are in $log"

if [ ! -e "$LEDGER_DATA/samples.loaded" ] && [ -n "${Ledger__Sandbox:-}" ]; then
  say "first start: replaying releases of the past, which takes a minute or two"
  "$root/deploy/samples/replay.sh" "$tool" >>"$log" 2>&1 || die "the replay failed" "its messages are in $log"
  touch "$LEDGER_DATA/samples.loaded"
fi

cat >&2 <<NEXT

The ledger runs at http://127.0.0.1:$LEDGER_PORT. Try, in another terminal:

  alias ledger=$tool
  ledger release list

cpt-ajan v5.7.1, a canary from open to close, and the three ways it would have gone back:
  ledger release status cpt-ajan/v5.7.1
  ledger release history cpt-ajan/v5.7.1
  ledger signoffs verify cpt-ajan/v5.7.1
  ledger release status cpt-ajan/v5.7.1-analysis-failures     # two analyses in a row failed in the first phase
  ledger release status cpt-ajan/v5.7.1-error-rate            # errors over 0.5 % for ten minutes, when everybody had it
  ledger release history cpt-ajan/v5.7.1-redis                # six failed connections to Redis within five minutes

agent-system v2.2.0, blue-green after six signatures, and without one of them; RecoveryOS of 2025-08-14, and with a budget that burned too fast:
  ledger release status agent-system/v2.2.0
  ledger release status agent-system/v2.2.0-no-go
  ledger release status recoveryos/2025-08-14
  ledger release history recoveryos/2025-08-14-burn-rate

shop/1.3.0, an invented release that went with a waived gate until the waiver ended:
  ledger release history shop/1.3.0

Anything else:
  ledger release status cpt-ajan/v5.7.1 --as-of 2025-09-01T09:30:00Z   # as it stood before its canary began
  ledger audit

Tokens are in $LEDGER_DATA/tokens, the server's log is $log.
Ctrl-C stops it; everything is kept in $LEDGER_DATA.
NEXT

wait "$server"
