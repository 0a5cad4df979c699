extension StarterFile {
    /// `hooks/pre-receive` of the source tree.
    static let preReceiveHook = #"""
        #!/bin/sh
        # bursar-hook: written by 'bursar init --hooks --server', which replaces files with this line and no others.
        #
        # On the server: refuses a push to the default branch that brings findings of policies that block, policies that are not valid, files that
        # cannot be read, or that takes a workspace away. What was there before counts as the old tip has it, its exemptions included.
        # Runs before anything is accepted, on the pushed objects in their quarantine, and needs no work tree.
        #
        #   BURSAR                   the executable, when it is not on the PATH
        #   BURSAR_BRANCHES          which branches are checked in place of the default one: names or patterns, separated by spaces
        #   BURSAR_OBSERVATIONS      a snapshot that 'bursar observe' wrote, for where the bill is not at hand
        #   BURSAR_STRICT=1          refuse also when something was missing before
        #   BURSAR_ALLOW_REMOVAL=1   let a push take a workspace away
        #   BURSAR_TIME_LIMIT        seconds that all of it may take, 120 unless given; a push that takes longer is refused
        # What 'bursar' says goes to whoever pushes.
        set -euf
        # What the objects hold counts, not what somebody has pushed in their place.
        GIT_NO_REPLACE_OBJECTS=1
        export GIT_NO_REPLACE_OBJECTS

        bursar=${BURSAR:-bursar}
        strict=${BURSAR_STRICT:-}
        limit=${BURSAR_TIME_LIMIT:-120}
        begun=$(date +%s)
        repository=$(git rev-parse --absolute-git-dir)
        if [ "$(git rev-parse --is-bare-repository)" = false ]; then repository=$(dirname -- "$repository"); fi
        default=$(git symbolic-ref --quiet HEAD || true)
        # Where HEAD is at no branch, or at one that is not there, none is known not to matter.
        git rev-parse --verify --quiet "${default:-HEAD}^{commit}" >/dev/null || default=

        say() { printf 'bursar: %s\n' "$*" >&2; }

        # Words, for blanks alone name nothing; a branch may be given with its whole name.
        named=
        for word in ${BURSAR_BRANCHES:-}; do
            case ${word#refs/heads/} in
                '' | *,* | refs/*)
                    say "BURSAR_BRANCHES has '$word', which names no branch: write names or patterns with spaces between them, such as 'main release/*'"
                    exit 2
                    ;;
            esac
            named="$named ${word#refs/heads/}"
        done
        branches=${named:-${default:+${default#refs/heads/}}}
        branches=${branches:-*}

        is_zero() { case $1 in *[!0]*) return 1 ;; esac; }

        case $limit in '' | *[!0-9]* | 0*)
            say "BURSAR_TIME_LIMIT is '$limit', which is no number of seconds"
            exit 2
            ;;
        esac

        is_checked() {
            for pattern in $branches; do
                # A pattern is one: BURSAR_BRANCHES='main release/*'.
                # shellcheck disable=SC2254
                case $1 in $pattern) return 0 ;; esac
            done
            return 1
        }

        # The bursar.yaml files of a commit, one a line.
        workspaces() {
            files=$(git -c core.quotePath=false ls-tree -r --name-only --full-tree "$1") || exit 2
            printf '%s\n' "$files" | LC_ALL=C grep -aE '(^|/)bursar\.yaml"?$' || true
        }

        # A folder whose workspace is gone is checked no longer: whoever takes it away says so on the server.
        refuse_removed() {
            before=$(workspaces "$1") && after=$(workspaces "$2") || return 1
            removed=$(printf '%s\n' "$before" | while IFS= read -r file; do
                [ -z "$file" ] || printf '%s\n' "$after" | LC_ALL=C grep -aFqx -- "$file" || printf '%s\n' "$file"
            done)
            [ -n "$removed" ] || return 0
            say "no longer checked, for it is removed: $(printf '%s' "$removed" | tr '\n' ' ')"
            [ "${BURSAR_ALLOW_REMOVAL:-}" = 1 ] || {
                say "if that is meant, set BURSAR_ALLOW_REMOVAL=1 on the server for this push"
                return 1
            }
        }

        check_tip() {
            branch=$1 new=$2 base=$3 exact=$4 status=0
            found=$(workspaces "$new") || return 2
            [ -n "$found" ] || return 0
            if ! command -v "$bursar" >/dev/null 2>&1; then
                say "'$bursar' was not found on the server: set BURSAR to the executable"
                return 1
            fi
            while IFS= read -r file; do
                # Git quotes names that hold quotes or control characters.
                case $file in
                    \"*)
                        say "the folder of $file has a name that cannot be checked"
                        status=2
                        continue
                        ;;
                esac
                folder=$(dirname -- "$file")
                left=$((limit - ($(date +%s) - begun)))
                if [ "$left" -le 0 ]; then
                    say "$branch in '$folder' was not checked: $limit seconds are over (BURSAR_TIME_LIMIT)"
                    return 3
                fi
                if [ -n "$base" ]; then
                    set -- check -C "$repository/$folder" --base "$base" --head "$new"
                    [ -z "$exact" ] || set -- "$@" "$exact"
                else
                    set -- check -C "$repository/$folder" --rev "$new"
                fi
                set -- "$@" --time-limit "${left}s" --quiet
                # What is missing on the server is not the push's doing.
                [ "$strict" = 1 ] || set -- "$@" --known-gaps
                [ -z "${BURSAR_OBSERVATIONS:-}" ] || set -- "$@" --observations "$BURSAR_OBSERVATIONS"
                code=0
                "$bursar" "$@" </dev/null >&2 || code=$?
                if [ "$code" -ne 0 ]; then
                    say "$branch in '$folder' does not hold (code $code)"
                    status=$code
                fi
            done <<END
        $found
        END
            return "$status"
        }

        result=0 passed='' checked=
        while read -r old new ref; do
            # Under another name a branch may be the one that counts.
            ref=$(git symbolic-ref --quiet "$ref" 2>/dev/null || printf '%s' "$ref")
            case $ref in refs/heads/*) ;; *) continue ;; esac
            branch=${ref#refs/heads/}
            if ! is_checked "$branch"; then
                passed="$passed $branch"
                continue
            fi
            checked=1
            # Whether a branch may be deleted is for Git to say: receive.denyDeletes.
            if is_zero "$new"; then continue; fi
            # A push that takes commits back is held against what it takes back.
            base=$old before=$old exact=--no-merge-base
            if is_zero "$old"; then
                # A new branch is compared with where it left the default one. Before there is any, all of it is new.
                base=$(git rev-parse --verify --quiet "${default:-HEAD}^{commit}" || true)
                before='' exact=''
                [ -z "$base" ] || before=$(git merge-base "$base" "$new" || true)
            fi
            [ -z "$before" ] || refuse_removed "$before" "$new" || result=1
            check_tip "$branch" "$new" "$base" "$exact" || result=1
        done
        # A name with a slip in it would switch all of this off, and nobody would know.
        if [ -n "$named" ] && [ -n "$passed" ] && [ -z "$checked" ]; then
            say "not checked:$passed; BURSAR_BRANCHES names$named"
        fi
        [ "$result" -eq 0 ] || say "the push is refused, and nothing of it was taken"
        exit "$result"

        """#
}
