/// The other end of a transport that is a program on this machine, run as us: `git` starts it itself for an address of `file`.
///
/// It reads the configuration of the repository at the other end, and that names programs: hooks, and commands that list what an alternate
/// has. (`uploadpack.packObjectsHook` is none of them: `git` reads it from nobody's repository.) Whoever may write there is not thereby allowed to run something as us.
enum OtherSide {
    private static let configuration = [
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.alternateRefsCommand=true",
        // A checkout would run filters, and a clean-up a hook.
        "receive.denyCurrentBranch=refuse", "receive.autogc=false", "gc.auto=0", "maintenance.auto=false",
    ]

    /// For `fetch` and `ls-remote`.
    static func fetchOptions(for remote: RemoteURL) -> [String] { options("--upload-pack", "upload-pack", remote) }

    /// For `push`.
    static func pushOptions(for remote: RemoteURL) -> [String] { options("--receive-pack", "receive-pack", remote) }

    /// `git` gives the command to a shell; nothing in it is anybody else's.
    private static func options(_ option: String, _ program: String, _ remote: RemoteURL) -> [String] {
        guard remote.scheme == .file else { return [] }
        return ["\(option)=git \(configuration.map { "-c '\($0)'" }.joined(separator: " ")) \(program)"]
    }
}
