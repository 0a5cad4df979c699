import Git

extension Repository {
    /// Refuses a name that means more than one thing: whoever may push a tag could otherwise say what is looked at.
    func requireOneMeaning(of name: String) throws(WorkspaceError) {
        let meanings: [String]
        do throws(GitError) { meanings = try self.meanings(of: name) } catch { throw WorkspaceError(opening: error) }
        guard meanings.count > 1 else { return }
        throw .usage(
            "'\(name)' names more than one thing: \(meanings.joined(separator: ", ")); say which, such as "
                + "'\(meanings.first { $0.hasPrefix("refs/remotes/") } ?? meanings[0])'")
    }
}
