#!/usr/bin/env bash
# The API as a stranger finds it: 'bursar serve' over the example's ledger, asked by schemathesis after its own description, and its
# metrics read by promtool where that is installed.
#
#   api.sh BURSAR SCHEMATHESIS
set -euo pipefail
bursar=$(realpath "$1")
schemathesis=$(realpath "$2")
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
server=
stop() {
    if [[ -n $server ]]; then kill "$server" || true; fi
    rm -rf "$work"
}
trap stop EXIT

cp -r examples/acme "$work/acme"
git -C "$work/acme" init --quiet
git -C "$work/acme" add --all
git -C "$work/acme" -c user.name=test -c user.email=test@example.com commit --quiet --message example
"$bursar" reconcile -C "$work/acme" --state "$work/state" --now 2026-11-01T00:00:00Z --quiet >/dev/null

# A token of its own, made up for this run.
token=$(head -c 24 /dev/urandom | base64 | tr -d '+/=')
(umask 077 && printf 'write tester %s\n' "$token" >"$work/tokens")

# Any free port: the server says which.
"$bursar" serve -C "$work/acme" --state "$work/state" --every 7d --listen 127.0.0.1:0 --tokens "$work/tokens" --rate-limit 10000 \
    --log json 2>"$work/log" &
server=$!
for _ in $(seq 100); do
    url=$(sed -n 's/.*listening on \(http:[^"]*\)".*/\1/p' "$work/log")
    [[ -n $url ]] && curl -fs -o /dev/null "$url/readyz" && break
    sleep 0.1
done
[[ -n $url ]] || { cat "$work/log" >&2; exit 1; }

# What there is to ask for, so that not everything it thinks of is answered with 404.
first() { curl -fs -H "Authorization: Bearer $token" "$url/api/v1/workspaces/acme/$1" | python3 -c "import json, sys; print(json.load(sys.stdin)$2)"; }
cat >"$work/schemathesis.toml" <<END
[parameters]
"path.workspace" = "acme"
"path.run" = "$(first runs '["items"][0]["id"]')"
"path.team" = "$(first scorecards '["items"][0]["team"]' 2>/dev/null || echo payments)"
"path.recommendation" = "$(first recommendations '["items"][0]["id"]')"
"path.finding" = "$(first findings '["items"][0]["id"]' 2>/dev/null || echo f-none)"

# A key may have been used for something else, and so many operations may wait.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429"]
END

# Everything it checks: no 5xx, documented codes, types, headers and schemas, wrong input refused, right input taken, methods, authentication.
cd "$work"     # where it leaves what it remembers
"$schemathesis" --config-file "$work/schemathesis.toml" run "$url/api/v1/openapi.json" --header "Authorization: Bearer $token" --checks all --seed 1 --max-examples 40 \
    --generation-database none --suppress-health-check all

if command -v promtool >/dev/null; then
    curl -fs -H "Authorization: Bearer $token" "$url/metrics" | promtool check metrics
    echo "promtool: the metrics are clean"
else
    echo "no promtool here: the metrics are not checked"
fi

kill "$server"
wait "$server" || { cat "$work/log" >&2; exit 1; }
server=
# Every line of the log is a JSON object.
python3 -c 'import json, sys; [json.loads(line)["message"] for line in sys.stdin]' <"$work/log"
