#!/bin/sh
# Proves that the backend's migrations can be rolled back, on a PostgreSQL that it starts itself: all of them, or those
# that are named (`scripts/dev/test-migration-rollback.sh 0007_add_export_jobs`). They are really run, whatever the proof file
# says. Further options go to `verify`; with `--write` the proof file is brought up to date.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
exec "$root/scripts/run-cli.sh" verify --migrations "$root/apps/backend/drizzle" --no-cache "$@"
