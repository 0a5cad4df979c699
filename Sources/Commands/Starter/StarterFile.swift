/// A file that `bursar init` writes.
struct StarterFile: Sendable {
    /// Relative to the workspace.
    var path: String
    var text: String
    var isExecutable = false
}

extension StarterFile {
    /// The files of `policies` and `hooks` at the root of the source tree, which people read there; a test holds both against each other.
    static let all: [StarterFile] = [
        StarterFile(path: "bursar.yaml", text: workspace),
        StarterFile(path: "policies/budgets.yaml", text: budgets),
        StarterFile(path: "policies/exemptions.yaml", text: exemptions),
        StarterFile(path: "policies/rightsizing.yaml", text: rightsizing),
        StarterFile(path: "policies/tagging.yaml", text: tagging),
        StarterFile(path: "teams/example.yaml", text: teamsExample),
        StarterFile(path: "hooks/pre-commit", text: preCommitHook, isExecutable: true),
    ]

    /// What editors read; the first line of every policy leads to it. Made from the language, so that no copy of it can be out of date.
    static var schema: StarterFile {
        StarterFile(path: ".bursar/\(PolicySchema().fileName)", text: String(decoding: PolicySchema().bytes, as: UTF8.self))
    }
}
