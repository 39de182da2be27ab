#!/bin/sh
# What CI runs for the backend's migrations: every check that there is, on the embedded server, or on the one that
# PIVOTAL_FLOW_SERVER names. Every migration is really run, whatever the proof file says, and the file is held against what
# was found. Options go to `check`, such as `--format json --output report.json`.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
exec "$root/scripts/run-cli.sh" check --migrations "$root/apps/backend/drizzle" --no-cache "$@"
