package import CostModel

extension EvaluationResult {
    /// What is to be known about exemptions and the baseline: what has ended, what soon will and what then comes back, what can go.
    ///
    /// - Parameter isPartial: where not everything was observed, nobody knows what is needed no more.
    package func agreementProblems(in currency: Currency, isPartial: Bool) -> [Problem] {
        let stakes = Stakes(self, currency)
        var problems = exemptions.compactMap { status -> Problem? in
            switch status.standing {
            case .active, .pending: nil
            case .expired: Problem(.warning, id: "expired-exemption", at: status.place, Self.expired(status, stakes))
            case .expiring: Problem(.warning, id: "expiring-exemption", at: status.place, expiring(status, stakes))
            case .unused: isPartial ? nil : Problem(.note, id: "unused-exemption", at: status.place, Self.unused(status))
            }
        }
        let byDay = Dictionary(grouping: exemptions.filter { $0.standing == .expiring }, by: \.expires)
        for (day, ending) in byDay.sorted(by: { $0.key < $1.key }) where ending.count > 1 {
            let returning = Set(ending.flatMap(\.returning))
            let message =
                "\(ending.count) exemptions end on \(day): together \(stakes.of(returning, "will fail again"))"
            problems.append(Problem(.warning, id: "expiring-exemption", message))
        }
        problems += ineffective.map {
            Problem(.warning, id: InlineExemption.problemID, at: $0.place, InlineExemption.message($0.reason))
        }
        if let baseline, !baseline.lapsed.isEmpty, !isPartial {
            problems.append(Problem(.note, id: "lapsed-baseline", at: baseline.place, Self.lapsed(baseline.lapsed.count)))
        }
        return problems
    }

    private func expiring(_ status: ExemptionResult, _ stakes: Stakes) -> String {
        let days = Int(status.expires.number) - Int(now.day.number)
        let end = days == 0 ? "ends today" : "ends in \(counted(days, "day"))"
        let head = "exemption '\(status.name)' \(end), on \(status.expires)"
        guard !status.returning.isEmpty else { return "\(head); others cover its findings longer" }
        guard !stakes.counting(status.returning).isEmpty else { return "\(head); \(Self.onlyShadow)" }
        return "\(head): \(stakes.of(Set(status.returning), "will fail again"))"
    }
}

/// What the findings are worth together that exemptions cover.
private struct Stakes {
    let findings: [String: Finding]
    let knowsSpend: Bool
    let currency: Currency

    init(_ result: EvaluationResult, _ currency: Currency) {
        let covered = Set(result.exemptions.flatMap { $0.findings + $0.returning })
        findings = covered.isEmpty ? [:] : Self.findings(covered, in: result.findings)
        knowsSpend = result.unknownSpend == nil
        self.currency = currency
    }

    private static func findings(_ ids: Set<String>, in all: [Finding]) -> [String: Finding] {
        let covered = all.lazy.filter { $0.verdict != .pass && ids.contains($0.id) }
        return Dictionary(covered.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Those that would count without their exemption: findings of shadow policies never do.
    func counting(_ ids: some Sequence<String>) -> [String] { ids.filter { findings[$0]?.enforcement.counts ?? true } }

    /// `2 findings will fail again, $411/month at stake`
    func of(_ ids: some Sequence<String>, _ verb: String) -> String {
        let ids = counting(ids)
        let failing = ids.compactMap { findings[$0] }.filter(\.weighs)
        let stake = knowsSpend ? failing.monthlyAtStake(in: currency) : nil
        return "\(counted(ids.count, "finding")) \(verb)\(stake.map { ", \($0.short)/month at stake" } ?? "")"
    }
}

// MARK: Messages

extension EvaluationResult {
    private static let onlyShadow = "only findings of shadow policies need it, and those do not count"
    /// How many findings a message names.
    private static let named = 5

    private static func expired(_ status: ExemptionResult, _ stakes: Stakes) -> String {
        let head = "exemption '\(status.name)' expired on \(status.expires)"
        guard !status.returning.isEmpty else { return "\(head) and nothing needs it any more: it can go" }
        let returning = stakes.counting(status.returning)
        guard !returning.isEmpty else { return "\(head); \(onlyShadow)" }
        let count = returning.count
        let names = returning.prefix(named).joined(separator: ", ")
        let more = count > named ? " and \(count - named) more" : ""
        return "\(head): \(stakes.of(returning, count == 1 ? "fails again" : "fail again")) (\(names)\(more))"
    }

    private static func unused(_ status: ExemptionResult) -> String { "exemption '\(status.name)' covers no finding: it can go" }

    private static func lapsed(_ count: Int) -> String {
        "\(counted(count, "entry", plural: "entries")) of the baseline can go, \(count == 1 ? "its finding is" : "their findings are") fixed: "
            + "bursar baseline"
    }
}

extension Problem {
    fileprivate init(_ severity: Severity, id: String, at place: Place, _ message: String) {
        self.init(severity, id: id, file: place.file, line: place.line, column: place.column, message)
    }
}
