import CostModel

extension EstimateReport {
    package func text(_ style: TextStyle) -> String {
        let parts =
            switch content {
            case .estimate(let estimate): [resources(estimate, style), sums(estimate, style), summary(estimate, style)]
            case .change(let change): [changes(change, style), judgements(change, style), summary(change, style)]
            }
        return ([problems.besideSums(context, style)] + parts).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    // MARK: One side

    private func resources(_ estimate: Estimate, _ style: TextStyle) -> String {
        // What is free is counted, and not listed.
        let shown = estimate.resources.filter { $0.status != .free }
        return list(shown.map { EstimateChange.Entry(before: nil, after: $0) }, isChange: false, style)
    }

    private func summary(_ estimate: Estimate, _ style: TextStyle) -> String {
        let totals = estimate.totals
        let open = totals.withoutAmount.isEmpty ? "" : " · \(totals.withoutAmount)"
        // Nothing with an amount is not nothing to pay.
        guard totals[.priced] > 0 else {
            return StyledText("nothing priced\(open)", .bold).lines(style).joined()
        }
        let line =
            StyledText(Money(totals.monthly, currency).cents, .bold)
            + StyledText(" a month of 730 hours · \(counted(totals[.priced], "resource")) priced\(open)")
        return line.lines(style).joined()
    }

    /// Sums of teams and of roots.
    private func sums(_ estimate: Estimate, _ style: TextStyle) -> String {
        func table(_ title: String, _ key: (ResourceEstimate) -> String) -> String {
            var sums: [String: FixedDecimal] = [:]
            for resource in estimate.resources {
                guard let amount = resource.monthly else { continue }
                sums[key(resource), default: .zero] += amount
            }
            guard sums.count > 1 else { return "" }
            var table = TextTable([.init(title, .leading, .shrinks), .init("monthly", .trailing)])
            for (name, amount) in sums.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                table.append([StyledText(name), StyledText(Money(amount, currency).cents)])
            }
            return table.render(style)
        }
        return [table("team", { $0.team ?? "unowned" }), table("root", { $0.identity.root.isEmpty ? "." : $0.identity.root })]
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    // MARK: A change

    private func changes(_ change: EstimateChange, _ style: TextStyle) -> String { list(change.entries, isChange: true, style) }

    /// What it does to budgets, and what policies about changes say of it.
    private func judgements(_ change: EstimateChange, _ style: TextStyle) -> String {
        let budgets = change.budgets.flatMap { StyledText($0.text).lines(style, indent: 2) }
        let findings = change.findings.filter { $0.verdict != .pass }.flatMap { finding in
            let look: StyledText.Look = finding.exemption == nil && finding.verdict == .fail ? finding.severity.look : .dim
            let word = finding.exemption != nil ? "exempt" : finding.verdict == .fail ? finding.severity.rawValue : finding.verdict.rawValue
            let text = StyledText("\(word) ", look) + StyledText(finding.statement)
            return (finding.exemption.map { text + StyledText(" · exempt by \($0)", .dim) } ?? text).lines(style, indent: 2)
        }
        return (budgets + findings).joined()
    }

    private func summary(_ change: EstimateChange, _ style: TextStyle) -> String {
        let before = Money(change.before.monthly, currency).cents
        let after = Money(change.after.monthly, currency).cents
        let open = change.openTotals.withoutAmount
        let line =
            StyledText(change.headline, .bold)
            + StyledText(" · \(before) → \(after)\(open.isEmpty ? "" : " · of what changes: \(open)")")
        return line.lines(style).joined()
    }

    // MARK: Rows

    private func list(_ entries: [EstimateChange.Entry], isChange: Bool, _ style: TextStyle) -> String {
        guard !entries.isEmpty else { return isChange ? "No resource's cost changes.\n" : "" }
        var table = TextTable([
            .init("resource", .leading, .shrinks), .init("quantity", .trailing), .init("unit", .leading, .shrinks),
            .init("price", .trailing),
            .init("from", .leading), .init("monthly", .trailing),
        ])
        for entry in entries {
            let resource = entry.resource
            table.append([
                StyledText(title(of: entry, isChange: isChange), .bold) + StyledText(resource.region.map { "  \($0)" } ?? "", .dim),
                StyledText(""), StyledText(""),
                StyledText(""), StyledText(isChange ? move(of: entry) : word(resource), .dim),
                StyledText(amount(of: entry, isChange: isChange), .bold),
            ])
            for component in (entry.after ?? resource).components where !isPlainBill(component, of: resource, isChange) {
                table.append(row(component))
            }
        }
        return table.render(style) + notes(entries.map(\.resource), style)
    }

    /// The only line of what is billed says nothing that the resource's own does not.
    private func isPlainBill(_ component: EstimateComponent, of resource: ResourceEstimate, _ isChange: Bool) -> Bool {
        component.source?.kind == .billed && resource.components.count == 1
    }

    private func title(of entry: EstimateChange.Entry, isChange: Bool) -> String {
        let name = entry.resource.identity.root.isEmpty ? entry.resource.identity.address : entry.resource.identity.description
        guard isChange else { return name }
        let sign = entry.before == nil ? "+" : entry.after == nil ? "−" : "~"
        return "\(sign) \(name)"
    }

    /// `$117.00 → $234.00`
    private func move(of entry: EstimateChange.Entry) -> String {
        guard let before = entry.before, let after = entry.after else { return word(entry.resource) }
        return "\(shown(before)) → \(shown(after))"
    }

    private func shown(_ resource: ResourceEstimate) -> String {
        resource.monthly.map { Money($0, currency).cents } ?? resource.status.title
    }

    private func word(_ resource: ResourceEstimate) -> String {
        guard resource.status == .priced else { return resource.status.title }
        let kinds = Set(resource.components.compactMap { $0.monthly == nil ? nil : $0.source?.kind })
        return kinds.count == 1 ? kinds.first.map(\.title) ?? "" : ""
    }

    private func amount(of entry: EstimateChange.Entry, isChange: Bool) -> String {
        if !isChange { return entry.resource.monthly.map { Money($0, currency).cents } ?? "–" }
        return entry.difference { ($0.isNegative ? "" : "+") + Money($0, currency).cents }
    }

    private func row(_ component: EstimateComponent) -> [StyledText] {
        let source = component.source.map { $0.kind == .list ? "list \($0.date?.description ?? "")" : $0.kind.title } ?? "no price"
        return [
            StyledText("    \(component.name)"), StyledText(component.quantity.map { $0.trimmed(to: 3) } ?? "–"),
            StyledText(component.unit, .dim),
            StyledText(component.unitPrice.map { $0.trimmed(to: 10) } ?? "–"),
            StyledText(source + (component.source?.derived == nil ? "" : ", derived"), .dim),
            StyledText(component.monthly.map { Money($0, currency).cents } ?? (component.isUsageBased ? "by usage" : "–")),
        ]
    }

    /// Why amounts are not there, or not whole: each reason once.
    private func notes(_ resources: [ResourceEstimate], _ style: TextStyle) -> String {
        var found: [String: (first: String, count: Int)] = [:]
        for resource in resources where resource.status != .usage {
            let reasons = [resource.reason].compactMap(\.self) + Set(resource.components.compactMap(\.note)).sorted()
            for reason in reasons { found[reason, default: (resource.identity.address, 0)].count += 1 }
        }
        guard !found.isEmpty else { return "" }
        return "\n"
            + found.sorted { ($0.value.first, $0.key) < ($1.value.first, $1.key) }.flatMap { reason, place in
                let more = place.count > 1 ? " and \(place.count - 1) more" : ""
                return (StyledText("\(place.first)\(more): ", .dim) + StyledText(reason)).lines(style, indent: 2)
            }.joined()
    }
}

extension ResourceEstimate.Status {
    /// For people.
    var title: String {
        switch self {
        case .priced: "priced"
        case .free: "free"
        case .usage: "by usage"
        case .notPriced: "not priced"
        case .unknown: "unknown"
        }
    }
}

extension EstimateSource.Kind {
    /// For people.
    var title: String {
        switch self {
        case .billed: "billed"
        case .ownPrice: "own price"
        case .list: "list"
        }
    }
}

extension FixedDecimal {
    /// Rounded, and without zeros at its end: `730`, `0.0403`.
    func trimmed(to digits: Int) -> String {
        var text = rounded(to: digits)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
