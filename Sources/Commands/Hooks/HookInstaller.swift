import Diagnostics

/// Puts hooks where Git runs them, and replaces none but our own.
struct HookInstaller {
    /// What became of a hook.
    enum Outcome: Hashable {
        case written(String)
        /// Somebody else's hook stays; ours lies beside it and waits to be called.
        case beside(String, foreign: String)
        /// Somebody else's file lies even there.
        case blocked(String)
    }

    /// Git's folder for hooks.
    let folder: String

    func install(_ hook: Hook) throws(FileError) -> Outcome {
        try Files.createFolder(folder)
        let path = "\(folder)/\(hook.name)"
        if Self.mayReplace(path) {
            try Files.replace(path, with: Array(hook.text.utf8), isExecutable: true)
            return .written(path)
        }
        let beside = path + ".bursar"
        guard Self.mayReplace(beside) else { return .blocked(beside) }
        try Files.replace(beside, with: Array(hook.text.utf8), isExecutable: true)
        return .beside(beside, foreign: path)
    }

    /// What cannot be read is not known to be ours.
    private static func mayReplace(_ path: String) -> Bool {
        guard Files.exists(path) else { return true }
        guard let script = try? Files.read(path, limit: 1 << 20) else { return false }
        return Hook.isOurs(script)
    }
}
