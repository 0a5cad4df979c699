extension StarterFile {
    /// `hooks/pre-receive` of the source tree.
    static let preReceiveHook = #"""
        #!/bin/sh
        # bursar-hook: written by 'bursar init --hooks --server', which replaces files with this line and no others.
        #
        # On the server: refuses a push to the default branch whose new tip has policies that are not valid, or findings of policies that block.
        # Runs before anything is accepted, on the pushed objects in their quarantine, and needs no work tree.
        #
        #   BURSAR                 the executable, when it is not on the PATH
        #   BURSAR_BRANCHES        which branches are checked in place of the default one: names or patterns, separated by spaces
        #   BURSAR_OBSERVATIONS    a snapshot that 'bursar observe' wrote, for where the bill is not at hand
        #   BURSAR_STRICT=1        refuse also when not everything could be observed, and when a workspace is removed
        # What 'bursar' says goes to whoever pushes.
        set -euf

        bursar=${BURSAR:-bursar}
        strict=${BURSAR_STRICT:-}
        repository=$(git rev-parse --absolute-git-dir)
        if [ "$(git rev-parse --is-bare-repository)" = false ]; then repository=$(dirname -- "$repository"); fi
        branches=${BURSAR_BRANCHES:-$(git symbolic-ref --quiet --short HEAD || true)}

        say() { printf 'bursar: %s\n' "$*" >&2; }
        is_zero() { case $1 in *[!0]*) return 1 ;; esac; }

        is_checked() {
            for pattern in $branches; do
                # A pattern is one: BURSAR_BRANCHES='main release/*'.
                # shellcheck disable=SC2254
                case $1 in $pattern) return 0 ;; esac
            done
            return 1
        }

        # The bursar.yaml files of a commit, one a line.
        workspaces() { git -c core.quotePath=false ls-tree -r --name-only --full-tree "$1" | grep -E '(^|/)bursar\.yaml"?$' || true; }

        # Workspaces that are gone are checked no longer: nobody should have to find that out later.
        report_removed() {
            removed=$(workspaces "$1" | while IFS= read -r file; do
                git cat-file -e "$2:$file" 2>/dev/null || printf '%s\n' "$file"
            done)
            [ -n "$removed" ] || return 0
            say "no longer checked, for it is removed: $(printf '%s' "$removed" | tr '\n' ' ')"
            [ "$strict" != 1 ]
        }

        check_tip() {
            branch=$1 new=$2 status=0
            found=$(workspaces "$new")
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
                set -- check -C "$repository/$folder" --rev "$new" --quiet
                [ -z "${BURSAR_OBSERVATIONS:-}" ] || set -- "$@" --observations "$BURSAR_OBSERVATIONS"
                code=0
                "$bursar" "$@" </dev/null >&2 || code=$?
                case $code in
                    0) ;;
                    3)
                        say "not everything could be observed on $branch in '$folder'"
                        [ "$strict" != 1 ] || status=3
                        ;;
                    *)
                        say "$branch in '$folder' does not hold (code $code)"
                        status=$code
                        ;;
                esac
            done <<END
        $found
        END
            return "$status"
        }

        result=0
        while read -r old new ref; do
            case $ref in refs/heads/*) ;; *) continue ;; esac
            branch=${ref#refs/heads/}
            is_checked "$branch" || continue
            # Whether a branch may be deleted is for Git to say: receive.denyDeletes.
            if is_zero "$new"; then continue; fi
            is_zero "$old" || report_removed "$old" "$new" || result=1
            check_tip "$branch" "$new" || result=1
        done
        [ "$result" -eq 0 ] || say "the push is refused, and nothing of it was taken"
        exit "$result"

        """#
}
