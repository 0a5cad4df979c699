package import CostModel

/// The changes of a plan that go into one request: those of one team, the same policies and, where asked for, one root.
package struct RequestGroup: Hashable, Sendable {
    /// What a request is about, without files and values: an open request with the same subject is updated in place.
    package struct Subject: Hashable, Sendable, Comparable {
        /// Its name, with folder and branch where the operator says them.
        package var workspace: String
        package var team: String?
        /// Sorted.
        package var policies: [PolicyReference]
        /// Nil where requests are grouped by team only.
        package var root: String?

        package init(workspace: String, team: String?, policies: [PolicyReference], root: String?) {
            self.workspace = workspace
            self.team = team
            self.policies = policies
            self.root = root
        }

        package static func < (a: Subject, b: Subject) -> Bool { a.fields.lexicographicallyPrecedes(b.fields) }

        fileprivate var fields: [String] {
            [workspace, team ?? "", root ?? "", team == nil ? "0" : "1", root == nil ? "0" : "1"] + policies.map(\.description)
        }

        /// Names the subject in branches, records and requests: the same for any set of files.
        package var key: String {
            var hash = SHA256()
            for field in fields { hash.update(field: field) }
            return String(hash.hexDigest().prefix(12))
        }
    }

    package var subject: Subject
    /// The part of the whole plan that it holds; a plan of its own.
    package var plan: Plan
    /// By the change's id: the resources that its findings are about.
    package var resources: [String: [ChangedResource]]
    /// By a finding's id: the names under which it may be remembered, see `Finding.names`.
    package var names: [String: [String]] = [:]
    /// Dollars that its findings put at stake in 28 days.
    package var atStake: Money

    /// `g-`, the subject's twelve hexadecimal digits, `-`, and eight of its files. It holds no values, so that a request is updated in place.
    package var identity: String {
        var hash = SHA256()
        for file in files { hash.update(field: file) }
        return "g-\(subject.key)-\(hash.hexDigest().prefix(8))"
    }

    /// `bursar/payments-cost-allocation-1a2b3c4d`: readable, and as much the same as the identity is.
    package func branch(prefix: String) -> String {
        var hash = SHA256()
        hash.update(field: identity)
        let more = subject.policies.count > 1 ? ["and-\(subject.policies.count - 1)-more"] : []
        let words = [subject.team ?? "unowned"] + subject.policies.prefix(1).map(\.name) + more
        let name = words.joined(separator: "-").utf8.map { byte -> Character in
            let isPlain = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            return isPlain ? Character(UnicodeScalar(byte)) : "-"
        }
        return prefix + String(name.prefix(80)) + "-" + hash.hexDigest().prefix(8)
    }

    package var files: [String] { plan.files.map(\.path) }
    package var findings: [String] { Set(plan.changes.flatMap(\.findings)).sorted() }

    /// The names of one finding, or of several.
    func names(of finding: String) -> [String] { names[finding] ?? [finding] }
    func names(of findings: [String]) -> Set<String> { Set(findings.flatMap { names(of: $0) }) }
    var allNames: Set<String> { names(of: findings) }

    package var monthlySavings: Money? {
        let savings = plan.changes.compactMap(\.monthlySavings)
        return savings.dropFirst().reduce(savings.first) { sum, more in sum.map { $0 + more } }
    }

    /// What the commit's `Bursar-Plan` trailer says. Unlike a plan document's digest it does not know the time: the same edits of the same
    /// commit by the same policies are the same plan, however often they are thought of.
    package var digest: String {
        var hash = SHA256()
        hash.update(field: subject.key)
        hash.update(field: plan.baseCommit)
        hash.update(field: plan.policyDigest)
        for change in plan.changes {
            for field in [change.id, change.file ?? "", change.baseBlob ?? "", change.newBlob ?? ""] { hash.update(field: field) }
        }
        return hash.hexDigest()
    }

    /// What the ledger keeps of it.
    package func record(made: Instant) -> PlanRecord {
        PlanRecord(
            digest: digest, baseCommit: plan.baseCommit, policyDigest: plan.policyDigest, observedDigest: plan.observedDigest, made: made,
            changes: plan.changes.map { change in
                PlanRecord.Change(
                    id: change.id, title: change.title, file: change.file ?? "", team: change.team, findings: change.findings,
                    identities: Set(change.findings.flatMap { (names[$0] ?? []).dropFirst() }).sorted(),
                    resources: resources[change.id] ?? [], monthlySavings: change.monthlySavings)
            })
    }
}
