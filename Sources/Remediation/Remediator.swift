package import CostModel
package import Diagnostics

/// What the proof needs to know of a tree: its resources, and what judging them finds.
package struct JudgedTree {
    package var resources: [Resource]
    /// Those that pass may be left out.
    package var findings: [Finding]
    /// The roots that these are all resources and findings of; nil: of all roots.
    package var roots: Set<String>?
    /// What reads values of the code, wherever an edit of some files may be seen.
    package var readers: @Sendable (_ files: Set<String>) -> CodeReaders
    /// The roots that an edit of a file can reach; empty where that is not known.
    package var reach: @Sendable (_ file: String) -> Set<String>

    package init(
        resources: [Resource], findings: [Finding], roots: Set<String>? = nil,
        readers: @escaping @Sendable (_ files: Set<String>) -> CodeReaders = { _ in [:] },
        reach: @escaping @Sendable (_ file: String) -> Set<String> = { _ in [] }
    ) {
        self.resources = resources
        self.findings = findings
        self.roots = roots
        self.readers = readers
        self.reach = reach
    }
}

/// Edits of one file that fix some findings, proved; or advice where none can be offered.
package struct Proposal: Hashable, Sendable {
    /// Ids of the findings it fixes, sorted.
    package var findings: [String]
    package var title: String
    package var team: String?
    package var location: Place?
    /// The edited file and its edits; nil for advice.
    package var file: String?
    package var edits: [TextEdit]
    package var applicability: Applicability
    /// Why it is only advice.
    package var reason: String?
    package var monthlySavings: Money?
}

/// Turns findings into edits of the code that make them disappear.
///
/// Nothing is offered on trust: the edited tree is judged again, and a change whose finding stays, that causes a new finding, or that
/// changes anything nobody asked for, is taken back and listed with the reason.
package struct Remediator {
    private let before: JudgedTree
    private let policies: PolicySet
    private let sources: SourceLibrary
    private let judge: ([String: [UInt8]]) -> JudgedTree?

    /// - Parameters:
    ///   - before: the tree as it is.
    ///   - judge: judges the tree with some files replaced, or those of its roots that they reach; nil when an edited file cannot be read any
    ///     more.
    package init(
        before: JudgedTree, policies: PolicySet, sources: SourceLibrary, judge: @escaping ([String: [UInt8]]) -> JudgedTree?
    ) {
        self.before = before
        self.policies = policies
        self.sources = sources
        self.judge = judge
    }

    /// Proposals by file and place, advice without a file last.
    package func propose() -> [Proposal] {
        let resources = ResourceIndex(before.resources)
        let asked = FixRequests(findings: before.findings, policies: policies, resources: resources, sources: sources)
        var resolver = EditResolver(requests: asked.requests, users: LiteralUsers(before.resources, of: asked.requests), sources: sources)
        let proof = Proof(before: before, judge: judge, sources: sources)
        repeat { resolver.resolve() } while withdraw(proof.objections(to: resolver), from: &resolver)
        let written = WrittenTags(resolver.changes, sources)
        let advice =
            asked.refusals.map { Advice(refused: $0, alsoFixed: written.place(fixing: $0, resources)) }
            + resolver.refused.map { Advice(request: $0.request, reason: $0.reason, resources: resources) }
        return ChangeGroups.groups(resolver.changes).map { proposal(for: $0) } + advice.sorted(by: Advice.precedes).map(\.proposal)
    }

    /// Every round takes back at least one way of fulfilling a request, so the rounds end.
    private func withdraw(_ objections: [Proof.Objection], from resolver: inout EditResolver) -> Bool {
        var seen: Set<String> = []
        for objection in objections where seen.insert(objection.finding).inserted {
            resolver.withdraw(objection.finding, because: objection.reason)
        }
        return !objections.isEmpty
    }

    /// One change of the plan: a location, or the locations of one file that only fix a finding together.
    private func proposal(for group: [LocatedChange]) -> Proposal {
        var seen: Set<FixRequest> = []
        let requests = group.flatMap(\.requests).filter { seen.insert($0).inserted }
        let edits = group.flatMap(\.edits).sorted()
        let savings = requests.compactMap(\.monthlySavings)
        let teams = Set(requests.map(\.team))
        let span = group[0].location.span
        return Proposal(
            findings: Set(requests.map(\.finding)).sorted(), title: group.map(\.title).joined(separator: "; "),
            team: teams.count == 1 ? teams.first ?? nil : nil,
            location: sources.place(of: edits.min()?.range ?? span.bytes, in: span.file), file: span.file, edits: edits,
            applicability: requests.map(\.applicability).max() ?? .review, reason: nil,
            monthlySavings: savings.dropFirst().reduce(savings.first) { sum, more in sum.map { $0 + more } })
    }
}

/// A finding that is explained, not fixed.
private struct Advice {
    var proposal: Proposal

    /// - Parameter place: of a change that is made for others and fixes this as well.
    init(refused: RefusedFix, alsoFixed place: Place?) {
        let reason = place.map { "\(refused.reason); the change of \($0.file):\($0.line) fixes it as well" }
        proposal = Proposal(
            findings: [refused.finding], title: refused.title, team: refused.team, location: refused.location, file: nil, edits: [],
            applicability: .advisory, reason: reason ?? refused.reason, monthlySavings: refused.monthlySavings)
    }

    init(request: FixRequest, reason: String, resources: ResourceIndex) {
        proposal = Proposal(
            findings: [request.finding], title: request.title, team: request.team, location: resources[request.resource]?.location,
            file: nil,
            edits: [],
            applicability: .advisory, reason: reason, monthlySavings: request.monthlySavings)
    }

    static func precedes(_ a: Advice, _ b: Advice) -> Bool {
        if a.proposal.location != b.proposal.location {
            guard let left = a.proposal.location, let right = b.proposal.location else { return a.proposal.location != nil }
            return left < right
        }
        return a.proposal.findings.lexicographicallyPrecedes(b.proposal.findings)
    }
}
