package import CostModel
package import Diagnostics

/// What the proof needs to know of a tree: its resources, and what judging them finds.
package struct Judgement: Sendable {
    package var resources: [Resource]
    package var findings: [Finding]

    package init(resources: [Resource], findings: [Finding]) {
        self.resources = resources
        self.findings = findings
    }
}

/// A change of one site, proved; or advice where none can be offered.
package struct Proposal: Hashable, Sendable {
    /// Ids of the findings it mends, sorted.
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
    private let before: Judgement
    private let policies: PolicySet
    private let sources: SourceLibrary
    private let judge: ([String: [UInt8]]) -> Judgement?

    /// - Parameters:
    ///   - before: the tree as it is.
    ///   - judge: judges the tree with some files replaced; nil when an edited file cannot be read any more.
    package init(
        before: Judgement, policies: PolicySet, sources: SourceLibrary, judge: @escaping ([String: [UInt8]]) -> Judgement?
    ) {
        self.before = before
        self.policies = policies
        self.sources = sources
        self.judge = judge
    }

    /// Proposals by file and place, advice without a file last.
    package func propose() -> [Proposal] {
        let resources = Dictionary(before.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        let list = WishList(findings: before.findings, policies: policies, resources: resources, sources: sources)
        var draft = Draft(wishes: list.wishes, users: LiteralUsers(before.resources), sources: sources)
        let proof = Proof(before: before, judge: judge, sources: sources)
        repeat { draft.settle() } while withdraw(proof.objections(to: draft), from: &draft)
        let advice =
            list.refusals.map { Advice(refusal: $0) } + draft.refused.map { Advice(wish: $0.wish, reason: $0.reason, resources: resources) }
        return ChangeGroups.groups(draft.changes).map { proposal(for: $0) } + advice.sorted(by: Advice.precedes).map(\.proposal)
    }

    /// Every round takes back at least one way of fulfilling a wish, so the rounds end.
    private func withdraw(_ objections: [Proof.Objection], from draft: inout Draft) -> Bool {
        for objection in objections { draft.withdraw(objection.wish, because: objection.reason) }
        return !objections.isEmpty
    }

    /// One change of the plan: a site, or the sites of one file that only mend together.
    private func proposal(for group: [SiteChange]) -> Proposal {
        let wishes = group.flatMap(\.wishes)
        let edits = group.flatMap(\.edits).sorted()
        let savings = wishes.compactMap(\.monthlySavings)
        let teams = Set(wishes.map(\.team))
        let span = group[0].site.span
        return Proposal(
            findings: Set(wishes.map(\.finding)).sorted(), title: group.map(\.title).joined(separator: "; "),
            team: teams.count == 1 ? teams.first ?? nil : nil,
            location: sources.place(of: edits.min()?.range ?? span.bytes, in: span.file), file: span.file, edits: edits,
            applicability: wishes.map(\.applicability).max() ?? .review, reason: nil,
            monthlySavings: savings.dropFirst().reduce(savings.first) { sum, more in sum.map { $0 + more } })
    }
}

/// A finding that is explained, not mended.
private struct Advice {
    var proposal: Proposal

    init(refusal: Refusal) {
        proposal = Proposal(
            findings: [refusal.finding], title: refusal.title, team: refusal.team, location: refusal.location, file: nil, edits: [],
            applicability: .advisory, reason: refusal.reason, monthlySavings: refusal.monthlySavings)
    }

    init(wish: Wish, reason: String, resources: [ResourceIdentity: Resource]) {
        proposal = Proposal(
            findings: [wish.finding], title: wish.title, team: wish.team, location: resources[wish.resource]?.location, file: nil,
            edits: [],
            applicability: .advisory, reason: reason, monthlySavings: wish.monthlySavings)
    }

    static func precedes(_ a: Advice, _ b: Advice) -> Bool {
        if a.proposal.location != b.proposal.location {
            guard let left = a.proposal.location, let right = b.proposal.location else { return a.proposal.location != nil }
            return left < right
        }
        return a.proposal.findings.lexicographicallyPrecedes(b.proposal.findings)
    }
}
