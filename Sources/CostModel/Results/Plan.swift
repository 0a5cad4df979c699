package import Diagnostics

/// What would be changed to fix findings, held against a base commit.
package struct Plan: Hashable, Sendable {
    /// All edits of one location, or of several that only fix their findings together.
    package struct Change: Hashable, Sendable {
        package var id: String
        /// What it does, for people: `set tags cost-center on aws_instance.web_1`.
        package var title: String
        /// Ids of the findings it fixes, sorted.
        package var findings: [String]
        package var team: String?
        /// The file to change, relative to the repository; nil when there is no place to change.
        package var file: String?
        /// The line of the first edit, or of the block where none can be made.
        package var line: Int?
        package var baseBlob: String?
        package var newBlob: String?
        package var applicability: Applicability
        /// Why it is advisory; nil otherwise.
        package var reason: String?
        package var monthlySavings: Money?
        /// A unified diff that applies alone to the base; nil for advisory changes.
        package var patch: String?
        /// What the patch does, by bytes of the base blob: what `apply` makes the commit from.
        package var edits: [TextEdit]

        package init(
            id: String, title: String, findings: [String], team: String?, file: String?, line: Int?, baseBlob: String? = nil,
            newBlob: String? = nil, applicability: Applicability, reason: String? = nil, monthlySavings: Money? = nil, patch: String? = nil,
            edits: [TextEdit] = []
        ) {
            self.id = id
            self.title = title
            self.findings = findings
            self.team = team
            self.file = file
            self.line = line
            self.baseBlob = baseBlob
            self.newBlob = newBlob
            self.applicability = applicability
            self.reason = reason
            self.monthlySavings = monthlySavings
            self.patch = patch
            self.edits = edits
        }
    }

    /// A file after all changes.
    package struct FileResult: Hashable, Sendable {
        package var path: String
        package var baseBlob: String
        package var newBlob: String

        package init(path: String, baseBlob: String, newBlob: String) {
            self.path = path
            self.baseBlob = baseBlob
            self.newBlob = newBlob
        }
    }

    package var baseCommit: String
    /// The workspace's folder in the repository; empty for its root.
    package var workspace: String
    package var policyDigest: String
    package var observedDigest: String
    package var evaluatedAt: Instant
    package var expires: Instant
    package var changes: [Change]
    /// Each changed file with all changes made, by path.
    package var files: [FileResult]
    /// The sum of all patches.
    package var patch: String

    package init(
        baseCommit: String, workspace: String = "", policyDigest: String, observedDigest: String, evaluatedAt: Instant, expires: Instant,
        changes: [Change],
        files: [FileResult], patch: String
    ) {
        self.baseCommit = baseCommit
        self.workspace = workspace
        self.policyDigest = policyDigest
        self.observedDigest = observedDigest
        self.evaluatedAt = evaluatedAt
        self.expires = expires
        self.changes = changes
        self.files = files
        self.patch = patch
    }
}
