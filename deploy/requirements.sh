# Sourced by deploy/local.sh and tests/run.sh: what has to be on the machine, and how it gets there.

say() { printf '== %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$1" >&2; [ -z "${2:-}" ] || printf 'hint: %s\n' "$2" >&2; exit 1; }

# Runs a command as root: as it is, or by sudo where that asks for no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else die "this needs root: $*" "run it once as root, then start again"
  fi
}

require_dotnet() {
  [ -n "${DOTNET_ROOT:-}" ] && PATH=$DOTNET_ROOT:$PATH
  # Without a home dotnet has nowhere to keep packages.
  [ -n "${HOME:-}" ] || { HOME=$(mktemp -d); export HOME; }
  [ -x "$HOME/.dotnet/dotnet" ] && PATH=$PATH:$HOME/.dotnet
  command -v dotnet >/dev/null || die "the .NET SDK 10 is not on the PATH" "https://dotnet.microsoft.com/download/dotnet/10.0"
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
}

has_postgres() {
  [ -n "${LEDGER_PG_BIN:-}" ] && [ -x "$LEDGER_PG_BIN/postgres" ] && return
  command -v postgres >/dev/null && command -v initdb >/dev/null && return
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null
}

# The distribution starts a cluster of its own with the package; ours needs none, so none is made.
require_postgres() {
  has_postgres && return
  command -v apt-get >/dev/null || die "PostgreSQL is not installed, and there is no apt-get here" "install PostgreSQL 14 or newer, or point LEDGER_PG_BIN at its bin folder"
  say "installing PostgreSQL from the distribution (no cluster is made, no service started)"
  as_root mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql >&2
  has_postgres || die "PostgreSQL was installed, but its programs are not where they were expected" "set LEDGER_PG_BIN to the folder with initdb and postgres"
}

# Only the tests need it: they compare the GraphQL engine with the reference implementation.
require_node() {
  command -v node >/dev/null && command -v npm >/dev/null && return
  command -v apt-get >/dev/null || die "Node.js is not installed, and there is no apt-get here" "install Node.js 20 or newer with npm"
  say "installing Node.js from the distribution"
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nodejs npm >&2
}

# Only the tests need it: they run the receiver of deploy/webhooks.
require_python() {
  command -v python3 >/dev/null && return
  command -v apt-get >/dev/null || die "Python is not installed, and there is no apt-get here" "install Python 3.8 or newer"
  say "installing Python from the distribution"
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3 >&2
}

# Only the tests need it: one opens the explorer as a person would.
require_chromium() {
  [ -n "${LEDGER_CHROMIUM:-}" ] && return
  command -v chromium >/dev/null && return
  command -v apt-get >/dev/null || die "Chromium is not installed, and there is no apt-get here" "install it, or point LEDGER_CHROMIUM at a Chromium or Chrome"
  say "installing Chromium from the distribution"
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium >&2
}
