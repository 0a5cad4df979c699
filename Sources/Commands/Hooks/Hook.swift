/// A hook of Git that calls the tool: a script of `hooks` at the root of the source tree.
struct Hook: Sendable {
    /// As Git calls it.
    var name: String
    var text: String
    /// Git tells it on stdin what is pushed, and whoever reads that first has it.
    var readsLines: Bool

    /// What tells our hooks from others: they may be replaced.
    static let marker = "# bursar-hook:"

    /// Where people work.
    static let client = [
        Hook(name: "pre-commit", text: StarterFile.preCommitHook, readsLines: false),
        Hook(name: "pre-push", text: StarterFile.prePushHook, readsLines: true),
    ]

    /// Where they push to.
    static let server = [
        Hook(name: "pre-receive", text: StarterFile.preReceiveHook, readsLines: true),
        Hook(name: "post-receive", text: StarterFile.postReceiveHook, readsLines: true),
    ]

    /// Whether a script is one of ours, of this version or another.
    static func isOurs(_ script: [UInt8]) -> Bool {
        String(decoding: script.prefix(1_024), as: UTF8.self).split(separator: "\n").prefix(5).contains { $0.hasPrefix(marker) }
    }

    /// What a hook of somebody else must say to run this one, which lies beside it, first.
    var chaining: String {
        readsLines
            ? #"lines=$(cat); printf '%s\n' "$lines" | "$0.bursar" "$@" || exit"# : #""$0.bursar" "$@" || exit"#
    }
}
