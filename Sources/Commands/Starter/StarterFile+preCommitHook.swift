extension StarterFile {
    /// `hooks/pre-commit` of the source tree.
    static let preCommitHook = #"""
        #!/bin/sh
        # bursar-hook: written by 'bursar init --hooks', which replaces files with this line and no others.
        #
        # Validates the policies of every Bursar workspace that a commit touches, as they will be committed: what is staged counts,
        # not what lies in the work tree. Commits that touch no policy and no Terraform are let through at once.
        #
        #   BURSAR                   the executable, when it is not on the PATH
        #   BURSAR_ALLOW_REMOVAL=1   let a commit take a workspace away
        set -eu
        # What the objects hold counts, not what somebody has pushed in their place.
        GIT_NO_REPLACE_OBJECTS=1
        export GIT_NO_REPLACE_OBJECTS

        cd "$(git rev-parse --show-toplevel)"

        # Folders with a staged change to a policy or to Terraform, of those that hold a bursar.yaml; '.' is the repository itself.
        touched_workspaces() {
            git -c core.quotePath=false ls-files --cached -- ':(glob)**/bursar.yaml' | while IFS= read -r file; do
                folder=$(dirname -- "$file")
                # What is special in patterns is meant as it stands.
                under=$(printf '%s/' "$folder" | sed 's/[][*?\\]/\\&/g')
                [ "$folder" = . ] && under=
                git diff --cached --quiet -- \
                    ":(top,glob)$under**/*.yaml" ":(top,glob)$under**/*.yml" \
                    ":(top,glob)$under**/*.tf" ":(top,glob)$under**/*.tf.json" ":(top,glob)$under**/*.tfvars" ||
                    printf '%s\n' "$folder"
            done
        }

        # A folder whose workspace is gone is checked no longer.
        removed=$(git -c core.quotePath=false diff --cached --name-only --no-renames --diff-filter=D -- ':(top,glob)**/bursar.yaml')
        if [ -n "$removed" ] && [ "${BURSAR_ALLOW_REMOVAL:-}" != 1 ]; then
            {
                echo "pre-commit: no longer checked, for it is removed: $(printf '%s' "$removed" | tr '\n' ' ')"
                echo "  if that is meant: BURSAR_ALLOW_REMOVAL=1 git commit"
            } >&2
            exit 1
        fi

        # Git quotes names that hold quotes or control characters.
        unnamed=$(git -c core.quotePath=false ls-files --cached -- ':(glob)**/bursar.yaml' | LC_ALL=C grep -a '^"' || true)
        if [ -n "$unnamed" ]; then
            printf 'pre-commit: the folder of %s has a name that cannot be checked\n' "$(printf '%s' "$unnamed" | tr '\n' ' ')" >&2
            exit 2
        fi

        workspaces=$(touched_workspaces)
        [ -n "$workspaces" ] || exit 0

        bursar=${BURSAR:-bursar}
        if ! command -v "$bursar" >/dev/null 2>&1; then
            {
                echo "pre-commit: this commit changes policies, but '$bursar' was not found"
                echo "  install it, or set BURSAR to the executable"
                echo "  to commit without the check: git commit --no-verify"
            } >&2
            exit 1
        fi

        # A commit object of the index that no branch knows: 'git gc' removes it again.
        tree=$(git write-tree)
        commit=$(
            GIT_AUTHOR_NAME=pre-commit GIT_AUTHOR_EMAIL=pre-commit@localhost \
                GIT_COMMITTER_NAME=pre-commit GIT_COMMITTER_EMAIL=pre-commit@localhost \
                git commit-tree "$tree" -m "what is staged"
        )

        printf '%s\n' "$workspaces" | {
            status=0
            while IFS= read -r folder; do
                # What is wrong is said on stderr; that nothing is need not be said at each commit.
                "$bursar" validate -C "./$folder" --rev "$commit" --quiet </dev/null >/dev/null || status=$?
            done
            exit "$status"
        }

        """#
}
