#!/bin/sh
# What CI runs for the backend's migrations: every check that there is, on the embedded server, or on the one that
# PIVOTAL_FLOW_SERVER names. Options go to `check`, such as `--format json --output report.json`.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
exec "$root/scripts/run-cli.sh" check --migrations "$root/apps/backend/drizzle" "$@"
