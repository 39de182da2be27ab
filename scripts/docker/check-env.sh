#!/bin/sh
# Is this machine ready for migrations? Runs `pivotal-flow doctor`, whose exit code counts, and then says how Docker and
# the services of infra/docker/docker-compose.yml stand. Nothing needs Docker, so that part never fails the check.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
status=0
"$root/scripts/run-cli.sh" doctor --migrations "$root/apps/backend/drizzle" "$@" || status=$?

echo
if ! command -v docker >/dev/null 2>&1; then
  echo "Docker: not installed (nothing needs it)"
elif ! docker info >/dev/null 2>&1; then
  echo "Docker: installed, and its daemon does not answer (nothing needs it)"
else
  echo "Docker: running"
  if docker compose version >/dev/null 2>&1; then
    docker compose -f "$root/infra/docker/docker-compose.yml" ps --all || echo "docker compose could not say how its services stand"
  else
    echo "docker compose: not installed"
  fi
fi
exit "$status"
