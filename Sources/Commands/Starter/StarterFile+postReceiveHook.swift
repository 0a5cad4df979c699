extension StarterFile {
    /// `hooks/post-receive` of the source tree.
    static let postReceiveHook = #"""
        #!/bin/sh
        # bursar-hook: written by 'bursar init --hooks --server', which replaces files with this line and no others.
        #
        # On the server: tells the loop that something was pushed, so that it looks now and not at its next turn. Only names of refs are passed on;
        # the loop reads everything else from the repository itself. What goes wrong here never fails the push, which has happened.
        #
        #   BURSAR_TRIGGER    a file to touch
        #   BURSAR_WEBHOOK    a URL to which the names are posted, one a line
        set -u

        refs=$(while read -r _ _ ref; do printf '%s\n' "$ref"; done)
        [ -n "$refs" ] || exit 0

        say() { printf 'bursar: %s\n' "$*" >&2; }

        if [ -n "${BURSAR_TRIGGER:-}" ]; then
            touch -- "$BURSAR_TRIGGER" || say "the loop was not told: '$BURSAR_TRIGGER' cannot be touched"
        fi

        if [ -n "${BURSAR_WEBHOOK:-}" ]; then
            if command -v curl >/dev/null 2>&1; then
                # No configuration file, no redirects, no other protocol, and no longer than a person waits.
                printf '%s\n' "$refs" |
                    curl --disable --silent --show-error --fail --proto '=http,https' --connect-timeout 3 --max-time 5 --output /dev/null \
                        --header 'Content-Type: text/plain; charset=utf-8' --data-binary @- --url "$BURSAR_WEBHOOK" ||
                    say "the loop was not told: the webhook did not answer"
            else
                say "the loop was not told: 'curl' was not found"
            fi
        fi
        exit 0

        """#
}
