internal import CGit2

/// A person as Git's configuration names them.
package struct Identity: Hashable, Sendable {
    package var name: String
    package var email: String

    package init(name: String, email: String) {
        self.name = name
        self.email = email
    }
}

extension Repository {
    /// `user.name` and `user.email` from the repository's, the user's and the system's configuration; nil unless both are set.
    package func identity() throws(GitError) -> Identity? {
        let configuration = try gitObject("read Git's configuration") { git_repository_config_snapshot($0, handle) }
        defer { git_config_free(configuration) }
        guard let name = try Repository.value("user.name", configuration), let email = try Repository.value("user.email", configuration)
        else {
            return nil
        }
        return Identity(name: name, email: email)
    }

    private static func value(_ key: String, _ configuration: OpaquePointer) throws(GitError) -> String? {
        var text: UnsafePointer<CChar>?
        do throws(GitError) {
            try git("read '\(key)'") { git_config_get_string(&text, configuration, key) }
        } catch  where error.code == .notFound {
            return nil
        }
        let value = copied(text)
        return value.isEmpty ? nil : value
    }
}
