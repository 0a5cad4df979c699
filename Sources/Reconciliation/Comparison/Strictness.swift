import CostModel

/// How strictly a change's findings are judged: at least as strictly as the base does.
struct Strictness {
    private struct Weakened {
        var header: PolicyHeader
        var base: PolicyHeader
    }

    private let weakened: [PolicyReference: Weakened]
    private static let order: [Enforcement] = [.shadow, .warn, .block]

    /// The head's word counts.
    static let asTheHead = Strictness(weakened: [:])

    private init(weakened: [PolicyReference: Weakened]) {
        self.weakened = weakened
    }

    init(_ head: PolicySet, base: PolicySet) {
        let known = Dictionary(base.headers.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
        var weakened: [PolicyReference: Weakened] = [:]
        for header in head.headers {
            guard let old = known[header.reference] else { continue }
            if (old.blockUnknown && !header.blockUnknown) || header.severity < old.severity
                || Self.rank(header.enforcement) < Self.rank(old.enforcement)
            {
                weakened[header.reference] = Weakened(header: header, base: old)
            }
        }
        self.weakened = weakened
    }

    private static func rank(_ enforcement: Enforcement) -> Int { order.firstIndex(of: enforcement) ?? 0 }

    /// The finding of a change as it decides, where it is new.
    func strict(_ finding: Finding) -> Finding {
        var finding = finding
        let found = weakened[finding.policy]
        finding.blocksUnknown = finding.blocksUnknown || found?.base.blockUnknown ?? false
        finding.isNewUnknown = finding.verdict == .unknown && finding.blocksUnknown
        guard let found else { return finding }
        if Self.rank(finding.enforcement) < Self.rank(found.base.enforcement) { finding.enforcement = found.base.enforcement }
        if found.header.severity < found.base.severity { finding.severity = max(finding.severity, found.base.severity) }
        return finding
    }

    var pending: [Comparison.Pending] {
        weakened.values.sorted { $0.header.reference < $1.header.reference }.flatMap { found -> [Comparison.Pending] in
            var entries: [Comparison.Pending] = []
            func add(_ what: String, _ before: String, _ after: String) {
                entries.append(
                    Comparison.Pending(
                        what: "\(found.header.reference) \(what) \(before) → \(after)", place: found.header.place,
                        effect: "its new findings are judged as \(before) until this is merged"))
            }
            if Self.rank(found.header.enforcement) < Self.rank(found.base.enforcement) {
                add("enforcement", found.base.enforcement.rawValue, found.header.enforcement.rawValue)
            }
            if found.base.blockUnknown, !found.header.blockUnknown { add("blockUnknown", "true", "false") }
            if found.header.severity < found.base.severity {
                add("severity", found.base.severity.rawValue, found.header.severity.rawValue)
            }
            return entries
        }
    }
}

/// The findings by which a check of a change ends.
///
/// The new ones; those that are gone with a root of which something may be deployed; and those that the head's code would bring by the base's policies and that the head's policies do not show, such as where
/// a change takes away the policy that it breaks.
struct Deciding {
    private(set) var findings: [Finding]
    private(set) var pending: [Comparison.Pending] = []

    /// - Parameters:
    ///   - trustsHead: what is gone with its root is taken for fixed.
    ///   - crossed: the head's code judged by the base's policies, where both differ.
    init(
        _ changes: [Comparison.FindingChange], _ strictness: Strictness, before: EvaluationResult?, crossed: EvaluationResult?,
        trustsHead: Bool = false
    ) {
        findings = changes.filter { $0.change == .new }.compactMap(\.after).map(strictness.strict)
        if !trustsHead { findings += changes.filter { $0.change == .gone }.compactMap(\.before).filter { $0.mayFailCheck() } }
        guard let crossed else { return }
        let known = (before?.findings ?? []).filter { $0.verdict != .pass }
        let shown = changes.compactMap(\.after)
        func keys(_ findings: [Finding], _ isWanted: (Finding) -> Bool) -> Set<FindingKey> {
            Set(findings.lazy.filter(isWanted).map(\.key.atAddress))
        }
        let failing = keys(known) { $0.mayFailCheck() }.union(keys(shown) { $0.verdict == .fail || $0.verdict == .error })
        // A new unknown is none where the base, or the head's own policies, had the question open in any way.
        let open = keys(known) { $0.mayFailCheck(isStrict: true) }.union(keys(shown) { _ in true })
        let hidden = crossed.findings.lazy.filter { $0.verdict != .pass }.map(Strictness.asTheHead.strict).filter { finding in
            finding.mayFailCheck() && !(finding.isNewUnknown ? open : failing).contains(finding.key.atAddress)
        }
        for (policy, hidden) in Dictionary(grouping: hidden, by: \.policy).sorted(by: { $0.key < $1.key }) {
            guard let place = hidden[0].location else { continue }
            let count = "\(hidden.count) finding\(hidden.count == 1 ? "" : "s")"
            pending.append(
                Comparison.Pending(
                    what: "\(policy) of the base", place: place,
                    effect: "makes \(count) of this change's code that its own policies do not; the check ends by them until this is merged"
                ))
        }
        findings += hidden
    }
}
