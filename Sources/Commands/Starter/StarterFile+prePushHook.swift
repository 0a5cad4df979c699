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
        #   BURSAR                 the executable, when it is not on the PATH
        #   BURSAR_OBSERVATIONS    a snapshot that 'bursar observe' wrote, for where the bill is not at hand
        #   BURSAR_STRICT=1        stop a push also when not everything could be observed
        set -eu

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
        workspaces() { git -c core.quotePath=false ls-tree -r --name-only --full-tree "$1" | grep -E '(^|/)bursar\.yaml"?$' || true; }

        # Whether anything between two commits is a policy's or the infrastructure's.
        touches() {
            under=$(printf '%s/' "$3" | sed 's/[][*?\\]/\\&/g')
            [ "$3" = . ] && under=
            ! git diff --quiet "$1" "$2" -- \
                ":(top,glob)$under**/*.yaml" ":(top,glob)$under**/*.yml" \
                ":(top,glob)$under**/*.tf" ":(top,glob)$under**/*.tf.json" ":(top,glob)$under**/*.tfvars"
        }

        # Runs the check; its status decides.
        check() {
            set -- check "$@" --quiet
            [ -z "${BURSAR_OBSERVATIONS:-}" ] || set -- "$@" --observations "$BURSAR_OBSERVATIONS"
            code=0
            "$bursar" "$@" </dev/null >&2 || code=$?
            if [ "$code" -eq 3 ] && [ "${BURSAR_STRICT:-}" != 1 ]; then
                say "not everything could be observed; that stops nothing (BURSAR_STRICT=1 makes it)"
                code=0
            fi
            return "$code"
        }

        check_branch() {
            branch=$1 new=$2 base=$3
            status=0
            found=$(workspaces "$new")
            [ -n "$found" ] || return 0
            if ! command -v "$bursar" >/dev/null 2>&1; then
                say "this push has policies, but '$bursar' was not found"
                say "  install it, or set BURSAR to the executable; to push without the check: git push --no-verify"
                return 1
            fi
            while IFS= read -r file; do
                # The folder need not be checked out.
                folder=$(dirname -- "$file")
                if [ -n "$base" ] && git cat-file -e "$base:$file" 2>/dev/null; then
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
