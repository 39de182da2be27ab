#!/bin/sh
# The command line from its sources, in the folder where it is called; installs first where nothing is installed.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
if [ ! -x "$root/node_modules/.bin/tsx" ]; then
  node "$root/scripts/with-pnpm.mjs" install >&2
fi
exec "$root/node_modules/.bin/tsx" --conditions=source "$root/packages/cli/src/main.ts" "$@"
