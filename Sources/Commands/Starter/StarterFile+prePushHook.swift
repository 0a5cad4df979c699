extension StarterFile {
    /// `hooks/pre-push` of the source tree.
    static let prePushHook = #"""
        #!/bin/sh
        # bursar-hook: written by 'bursar init --hooks', which replaces files with this line and no others.
        #
        # Checks what is about to be pushed, branch by branch, in every Bursar workspace that the push touches. Where the remote has something to
        # compare with, only what the push makes worse stops it; a new branch is compared with where it left the remote's default branch.
        # Tags and deleted branches are let through.
        #
        #   BURSAR                   the executable, when it is not on the PATH
        #   BURSAR_OBSERVATIONS      a snapshot that 'bursar observe' wrote, for where the bill is not at hand
        #   BURSAR_STRICT=1          stop a push also when something was missing before
        #   BURSAR_ALLOW_REMOVAL=1   let a push take a workspace away
        set -eu
        # What the objects hold counts, not what somebody has pushed in their place.
        GIT_NO_REPLACE_OBJECTS=1
        export GIT_NO_REPLACE_OBJECTS

        remote=${1:-}
        bursar=${BURSAR:-bursar}
        [ "$(git rev-parse --is-bare-repository)" = true ] || cd "$(git rev-parse --show-toplevel)"

        say() { printf 'pre-push: %s\n' "$*" >&2; }
        is_zero() { case $1 in *[!0]*) return 1 ;; esac; }
        has_commit() { git cat-file -e "$1^{commit}" 2>/dev/null; }

        # Where a new branch left the remote's default branch; nothing where that is not known here.
        merge_base() {
            case $remote in '' | -* | *://* | */*) return 0 ;; esac
            for ref in HEAD main master; do
                if git rev-parse --verify --quiet "refs/remotes/$remote/$ref^{commit}" >/dev/null; then
                    git merge-base "$1" "refs/remotes/$remote/$ref" || true
                    return 0
                fi
            done
        }

        # The bursar.yaml files of a commit, one a line.
        workspaces() {
            files=$(git -c core.quotePath=false ls-tree -r --name-only --full-tree "$1") || exit 2
            printf '%s\n' "$files" | LC_ALL=C grep -aE '(^|/)bursar\.yaml"?$' || true
        }

        # Whether anything between two commits lies in a folder and may count: data may have any name.
        touches() {
            under=":(top,literal)$3"
            # The root itself has no name.
            [ "$3" != . ] || under=":(top)"
            ! git diff --quiet "$1" "$2" -- "$under" ":(top,exclude,glob)**/*.md"
        }

        # Runs the check; its status decides.
        check() {
            set -- check "$@" --quiet
            # What is missing here is not the push's doing.
            [ "${BURSAR_STRICT:-}" = 1 ] || set -- "$@" --known-gaps
            [ -z "${BURSAR_OBSERVATIONS:-}" ] || set -- "$@" --observations "$BURSAR_OBSERVATIONS"
            "$bursar" "$@" </dev/null >&2
        }

        # A folder whose workspace is gone is checked no longer.
        refuse_removed() {
            before=$(workspaces "$1") && after=$(workspaces "$2") || return 1
            removed=$(printf '%s\n' "$before" | while IFS= read -r file; do
                [ -z "$file" ] || printf '%s\n' "$after" | LC_ALL=C grep -aFqx -- "$file" || printf '%s\n' "$file"
            done)
            [ -n "$removed" ] || return 0
            say "no longer checked, for it is removed: $(printf '%s' "$removed" | tr '\n' ' ')"
            [ "${BURSAR_ALLOW_REMOVAL:-}" = 1 ] || {
                say "if that is meant: BURSAR_ALLOW_REMOVAL=1 git push"
                return 1
            }
        }

        check_branch() {
            branch=$1 new=$2 base=$3
            status=0
            [ -z "$base" ] || refuse_removed "$base" "$new" || status=1
            found=$(workspaces "$new") || return 2
            [ -n "$found" ] || return "$status"
            if ! command -v "$bursar" >/dev/null 2>&1; then
                say "this push has policies, but '$bursar' was not found"
                say "  install it, or set BURSAR to the executable; to push without the check: git push --no-verify"
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
                # The folder need not be checked out.
                folder=$(dirname -- "$file")
                if [ -n "$base" ]; then
                    touches "$base" "$new" "$folder" || continue
                    say "checking what $branch changes in '$folder'"
                    check -C "./$folder" --base "$base" --head "$new" || status=$?
                else
                    say "checking $branch in '$folder'"
                    check -C "./$folder" --rev "$new" || status=$?
                fi
            done <<END
        $found
        END
            return "$status"
        }

        result=0
        while read -r _ new ref old; do
            case $ref in refs/heads/*) ;; *) continue ;; esac
            if is_zero "$new"; then continue; fi
            if is_zero "$old"; then
                base=$(merge_base "$new")
            elif has_commit "$old"; then
                base=$old
            else
                # The remote has what was never fetched: there is nothing here to compare with.
                base=
            fi
            check_branch "${ref#refs/heads/}" "$new" "$base" || result=1
        done
        [ "$result" -eq 0 ] || say "not pushed; to push all the same: git push --no-verify"
        exit "$result"

        """#
}
