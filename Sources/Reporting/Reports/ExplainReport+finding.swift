package import CostModel

extension ExplainReport {
    /// A finding down to what it rests on: lines of code, tags, samples, the bill.
    ///
    /// - Parameter penalty: what it costs its team's score.
    package init(context: ReportContext, evidence: Evidence, penalty: Scorecard.Penalty? = nil, problems: [Problem] = []) {
        let finding = evidence.finding
        self.init(
            context: context, subject: .finding, name: finding.id, summary: finding.message,
            sections: [Self.facts(of: finding, penalty)] + Self.event(evidence.anomaly) + [
                Self.policy(evidence.policy), Self.code(evidence), Self.tags(evidence), Self.utilization(evidence), Self.metrics(evidence),
                Self.advice(finding.advice), Self.costs(evidence), Self.shares(evidence), Self.rows(evidence),
            ],
            finding: finding, problems: problems)
    }

    private static func facts(of finding: Finding, _ penalty: Scorecard.Penalty?) -> Section {
        let resource = finding.resource
        return Section(
            "Finding",
            [
                (
                    "result",
                    finding.verdict.rawValue + (finding.exemption.map { ", exempt by \($0)" } ?? "")
                        + (finding.baseline ? ", in the baseline" : "")
                        + (finding.status == .shadow ? ", in shadow: it does not count" : "")
                ), ("rule", finding.rule),
                ("severity", finding.severity.rawValue), ("team", finding.team ?? "unowned"),
                ("resource", resource.map { $0.identity.address }), ("root", resource.map { $0.identity.root }), ("id", resource?.id),
                ("place", finding.location?.description), ("subject", finding.subject), ("reason", finding.reason),
                (
                    "proposal",
                    finding.proposal.isEmpty
                        ? nil : finding.proposal.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
                ),
                ("fix", finding.fix.rawValue), ("costs", finding.monthlyCost.map { "\($0.short)/month" }),
                ("saves", finding.monthlySavings.map { "\($0.short)/month" }),
                ("at stake", finding.atStake.flatMap { $0.amount.isZero ? nil : "\($0.short) in 28 days" }),
                ("score", penalty.map { "−\($0.points) points" }),
            ])
    }

    private static func policy(_ header: PolicyHeader?) -> Section {
        Section(
            "Policy",
            [
                ("name", header?.reference.description), ("place", header?.place.description), ("why", header?.description),
                ("docs", header?.docs), ("owner", header?.owner), ("enforcement", header?.enforcement.rawValue),
                ("fix within", header?.fixWithin?.description),
            ])
    }

    private static func code(_ evidence: Evidence) -> Section {
        Section(
            evidence.finding.location?.file ?? "Code",
            evidence.lines.map { line in
                (String(line.number), line.text.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "    "))
            })
    }

    private static func tags(_ evidence: Evidence) -> Section {
        Section(
            "Effective tags",
            evidence.tags.map { key, tag in
                let value = tag.value.map { "'\($0)'" } ?? "unknown" + (tag.unknownReason.map { ": \($0)" } ?? "")
                return (key, value + (tag.from.map { ", from \($0)" } ?? "") + (tag.isProviderDefault ? ", a provider's default" : ""))
            })
    }

    private static func utilization(_ evidence: Evidence) -> Section {
        func size(_ entry: InstanceCatalog.Entry?) -> String? {
            entry.map { "\($0.name): \($0.vcpu) vCPU, \($0.memoryMiB) MiB, \($0.hourly) USD an hour" }
        }
        var lines: [(label: String, text: String?)] = evidence.measurements.map { item in
            guard let value = item.value, let first = item.first, let last = item.last else {
                return (item.metric.rawValue, "no samples, target \(item.target) %")
            }
            let projected = item.projected.map { ", on the proposed size \(oneDecimal($0)) %" } ?? ""
            return (
                item.metric.rawValue,
                "p\(item.percentile) is \(oneDecimal(value)) %\(projected), target \(item.target) % · \(counted(item.samples, "sample")), "
                    + "\(first) to \(last)"
            )
        }
        lines += [("runs as", size(evidence.sizeNow)), ("proposed", size(evidence.sizeProposed)), ("prices", evidence.catalogSource)]
        return Section("Utilisation", lines)
    }

    /// How many days of a metric are shown.
    private static var countedLimit: Int { 62 }

    private static func metrics(_ evidence: Evidence) -> Section {
        let shown = evidence.counted.suffix(countedLimit)
        var lines: [(label: String, text: String?)] = shown.map { item in
            ("\(item.day)", "\(item.metric)\(item.key.isEmpty ? "" : " of \(item.key)"): \(item.value)")
        }
        if evidence.counted.count > shown.count { lines.append(("…", "\(counted(evidence.counted.count, "value")) in all")) }
        return Section("What was counted", lines)
    }

    /// What providers advise, each with what it assumes and what it would save by the provider's own estimate.
    static func advice(_ advice: [ProviderAdvice]) -> Section {
        Section(
            "Advice of the provider",
            advice.map { advice in
                var parts = [advice.sentence]
                if let current = advice.current { parts[0] += " in the place of \(current)" }
                if let savings = advice.monthlySavings { parts.append("by its own estimate \(savings.short)/month less") }
                parts += advice.assumptions
                if let refreshed = advice.refreshed { parts.append("of \(refreshed)") }
                if let summary = advice.summary { parts.append("'\(summary)'") }
                return (advice.format.title, parts.joined(separator: " · "))
            })
    }

    /// Days in a row that cost the same are one line.
    private static func costs(_ evidence: Evidence) -> Section {
        var runs: [(first: Day, last: Day, text: String)] = []
        for cost in evidence.costs.sorted(by: { ($0.service, $0.category, $0.day) < ($1.service, $1.category, $1.day) }) {
            let text = "\(cost.effective.cents) effective, \(cost.billed.cents) billed · \(cost.service), \(cost.category.name)"
            if let run = runs.last, run.text == text, run.last.advanced(by: 1) == cost.day {
                runs[runs.count - 1].last = cost.day
            } else {
                runs.append((cost.day, cost.day, text))
            }
        }
        return Section(
            "Cost of a day",
            runs.map { run in
                let days = run.first == run.last ? "\(run.first)" : "\(run.first) to \(run.last)"
                return (days, run.text)
            })
    }

    private static func shares(_ evidence: Evidence) -> Section {
        Section("What it is made of", evidence.shares.map { ($0.amount.cents, "\($0.service), \($0.category.name)") })
    }

    private static func rows(_ evidence: Evidence) -> Section {
        var lines: [(label: String, text: String?)] = evidence.rows.map { row in
            (
                "\(row.file):\(row.line)",
                "\(row.day) \(row.category.name) \(row.effective) effective, \(row.billed) billed · \(row.description)"
            )
        }
        if evidence.rowCount > evidence.rows.count, !evidence.rows.isEmpty {
            lines.append(("…", "\(counted(evidence.rowCount, "row")) in all"))
        }
        return Section("Rows of the bill", lines)
    }

    /// A percentage for people: `42.5`.
    private static func oneDecimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        return FixedDecimal(Int((value * 10).rounded())).scaled(by: 1, over: 10).rounded(to: 1)
    }
}
