package import CostModel
import Diagnostics
import Evaluation
import Git
import Observation

extension EvaluatedWorkspace {
    /// The findings whose id starts with a text; the whole id finds one.
    package func findings(withPrefix text: String) -> [Finding] {
        evaluation.findings.filter { $0.id.hasPrefix(text) }
    }

    /// What a finding rests on.
    package func evidence(for finding: Finding) -> Evidence {
        let resource = finding.resource.flatMap { reference in observed.resources.first { $0.identity == reference.identity } }
        var evidence = Evidence(finding: finding, policy: policies.header(of: finding.policy))
        evidence.lines = lines(at: finding.location)
        evidence.anomaly = finding.anomaly.flatMap { id in evaluation.anomalies.first { $0.id == id } }
        switch finding.policy.kind {
        case .tagging, .drift, .schedule: evidence.tags = resource?.tags.tags ?? [:]
        case .rightsizing: if let resource { addMeasurements(of: resource, to: &evidence) }
        case .serviceLevel: addObjective(of: resource, to: &evidence)
        // The rows of the bill say all that is to be said.
        case .budget, .anomaly, .commitment, .egress, .guardrail, .rule, .workspace, .team, .allocation, .metric, .tagRule, .exemption,
            .baseline,
            .notification,
            .scenario,
            .campaign,
            .test:
            break
        }
        if let resource {
            evidence.costs = costs(of: resource)
            addRows(of: resource, to: &evidence)
        } else if let budget = policies.policy(finding.policy, Budget.self) {
            evidence.shares = shares(of: budget)
        }
        return evidence
    }

    /// How many rows of the bill are shown.
    private static var rowLimit: Int { 10 }

    private func addRows(of resource: Resource, to evidence: inout Evidence) {
        guard observations.holdsRows else { return }
        let reader = BillReader(sources: policies.workspace.cost, directory: workspace.folder, now: now)
        let window = now.day.advanced(by: -28)..<now.day
        (evidence.rows, evidence.rowCount) = reader.rows(of: billedNames(of: resource), days: window, limit: Self.rowLimit)
    }

    private func shares(of budget: Budget) -> [Evidence.Share] {
        struct Key: Hashable {
            var service: Int32
            var category: ChargeCategory
        }
        let table = observed.cost
        var sums: [Key: FixedDecimal] = [:]
        for line in PolicyEvaluator.lines(of: budget, policies: policies, state: observed, now: now).lines {
            sums[Key(service: line.key.service, category: line.key.category), default: .zero] += line.amounts[budget.cost]
        }
        return sums.map { key, amount in
            Evidence.Share(service: table.name(key.service), category: key.category, amount: Money(amount, table.currency))
        }.sorted { a, b in
            a.amount.amount == b.amount.amount ? (a.service, a.category) < (b.service, b.category) : a.amount.amount > b.amount.amount
        }
    }

    private func lines(at place: Place?) -> [Evidence.Line] {
        guard let place, let source = source(place.file) else { return [] }
        let last = min(max(place.endLine, place.line), source.lineCount)
        guard place.line <= last else { return [] }
        let hidden = estate.secretLines(of: place.file)
        return (place.line...last).map { line in
            let text = hidden.contains(line) ? "(hidden: a secret is written here)" : source.text(source.contentRange(ofLine: line))
            return Evidence.Line(number: line, text: text)
        }
    }

    private func source(_ path: String) -> SourceFile? {
        if let (file, _) = estate.file(path) { return file }
        do throws(GitError) { return SourceFile(path: path, bytes: try workspace.tree.read(path)) } catch { return nil }
    }

    private func addMeasurements(of resource: Resource, to evidence: inout Evidence) {
        guard let policy = policies.policy(evidence.finding.policy, RightsizingPolicy.self) else { return }
        let now = (resource.deployed?.size ?? resource.size?.value).flatMap { observed.catalog[$0] }
        let proposed = evidence.finding.proposal.values.first.flatMap { observed.catalog[$0] }
        evidence.sizeNow = now
        evidence.sizeProposed = proposed
        evidence.catalogSource = observed.catalog.source
        for (metric, target) in [(Metric.cpu, policy.cpu), (.memory, policy.memory)] {
            guard let target else { continue }
            let samples = observed.utilization.summary(of: resource, metric, over: policy.lookback, until: self.now)
            let value = samples?.percentile(target.percentile)
            var scale: Double?
            if let now, let proposed {
                scale =
                    metric == .cpu
                    ? Double(now.vcpu) / Double(proposed.vcpu) : Double(now.memoryMiB) / Double(proposed.memoryMiB)
            }
            evidence.measurements.append(
                Evidence.Measurement(
                    metric: metric, samples: samples?.count ?? 0, first: samples?.first, last: samples?.last,
                    percentile: target.percentile, value: value, target: target.target,
                    projected: value.flatMap { value in scale.map { value * $0 } }))
        }
    }

    /// The samples of a machine, or the days that a metric was counted.
    private func addObjective(of resource: Resource?, to evidence: inout Evidence) {
        guard let policy = policies.policy(evidence.finding.policy, ServiceLevel.self) else { return }
        if let resource, let wanted = policy.headroom {
            for metric in wanted.metrics {
                let samples = observed.utilization.summary(of: resource, metric, over: policy.timeWindow, until: now)
                evidence.measurements.append(
                    Evidence.Measurement(
                        metric: metric, samples: samples?.count ?? 0, first: samples?.first, last: samples?.last,
                        percentile: wanted.percentile, value: samples?.percentile(wanted.percentile),
                        target: FixedDecimal(100) - (wanted[metric] ?? .zero), projected: nil))
            }
            return
        }
        let first = now.day.advanced(by: -policy.days)
        let objective = evidence.finding.subject.flatMap { ServiceLevel.Objective(rawValue: $0) }
        for name in objective.map(policy.metrics) ?? [] {
            for (day, values) in (observed.metrics[name]?.counts.days ?? [:]).sorted(by: { $0.key < $1.key }) where first <= day {
                guard day < now.day else { break }
                evidence.counted += values.sorted { $0.key < $1.key }.map {
                    Evidence.Counted(metric: name, key: $0.key, day: day, value: $0.value)
                }
            }
        }
    }

    /// The names that the bill writes for a resource.
    private func billedNames(of resource: Resource) -> Set<String> {
        let names = Set(resource.deployed?.comparableNames ?? [])
        return names.isEmpty ? [] : Set(observed.cost.names.filter { names.contains(BilledName.comparable($0)) })
    }

    /// The resource's cost of the 28 closed days, by day, service and category.
    private func costs(of resource: Resource) -> [Evidence.DailyCost] {
        let table = observed.cost
        let billed = billedNames(of: resource)
        let names = Set(table.names.indices.filter { billed.contains(table.names[$0]) }.map { Int32($0) })
        let window = now.day.advanced(by: -28)..<now.day
        struct Key: Hashable {
            var day: Day
            var service: Int32
            var category: ChargeCategory
        }
        var sums: [Key: CostAmounts] = [:]
        for line in table.lines where names.contains(line.key.resource) && window.contains(line.key.day) {
            sums[Key(day: line.key.day, service: line.key.service, category: line.key.category), default: CostAmounts()] += line.amounts
        }
        return sums.map { key, amounts in
            Evidence.DailyCost(
                day: key.day, service: table.name(key.service), category: key.category, effective: Money(amounts.effective, table.currency),
                billed: Money(amounts.billed, table.currency))
        }.sorted()
    }
}
