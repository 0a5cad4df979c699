package import CostModel

/// What `estimate` says: what the resources of the code will cost in a month, or what a change does to that.
package struct EstimateReport: MarkdownReport, CSVReport {
    package enum Content: Sendable {
        case estimate(Estimate)
        case change(EstimateChange)
    }

    package var context: ReportContext
    package var content: Content
    package var problems: [Problem]
    /// Whether texts are written into CSV so that no spreadsheet takes one for a formula.
    package var isGuarded = true

    package init(context: ReportContext, content: Content, problems: [Problem] = []) {
        self.context = context
        self.content = content
        self.problems = problems.sorted()
    }

    var currency: Currency {
        switch content {
        case .estimate(let estimate): estimate.currency
        case .change(let change): change.currency
        }
    }

    /// Amounts are exact inside; to the cent is what anybody pays.
    func cents(_ amount: FixedDecimal) -> String { amount.rounded(to: 2, grouped: false) }
}

extension Estimate.Totals {
    /// `1 free, 2 by usage, 1 not priced, 1 unknown`: what has no amount; empty where everything has one.
    var withoutAmount: String {
        [
            (self[.usage], "by usage"), (self[.notPriced], "not priced"), (self[.unknown], "unknown"), (self[.free], "free"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}

extension EstimateChange {
    /// The counts of resources that the change adds or alters and that have no amount.
    var openTotals: Estimate.Totals {
        entries.compactMap(\.after).reduce(into: Estimate.Totals()) { $0.add($1) }
    }

    /// How much of the amounts that change is from where: the bill and its unit prices, or lists. By magnitude, so that what is taken away counts too.
    var shares: (own: Double, list: Double)? {
        var own = FixedDecimal.zero
        var list = FixedDecimal.zero
        for entry in entries where entry.difference != nil {
            let side = entry.after ?? entry.before
            for component in side?.components ?? [] {
                guard let amount = component.monthly, let source = component.source else { continue }
                // A billed resource that stays is in the sum on both sides.
                if source.kind == .billed, entry.before != nil, entry.after != nil { continue }
                if source.kind == .list { list += amount.magnitude } else { own += amount.magnitude }
            }
        }
        guard let share = own.ratio(to: own + list) else { return nil }
        return (share, 1 - share)
    }

    /// The two or three resources that make up most of the difference.
    var makers: [(address: String, amount: String, text: String)] {
        let known = entries.filter { !($0.difference ?? .zero).isZero }
        let shown = known.count == 3 ? 3 : min(2, known.count)
        return known.prefix(shown).compactMap { entry in
            guard let difference = entry.difference else { return nil }
            let amount = Money(difference, currency).signed
            let address = entry.resource.identity.address
            return (address, amount, "\(amount)  \(entry.resource.identity.description)")
        }
    }

    /// `2 by usage, 1 not priced`: what the change brings and what has no amount.
    var openText: String {
        let totals = openTotals
        let counts = [(totals[.usage] + totals.openUsage, "by usage"), (totals[.notPriced], "not priced"), (totals[.unknown], "unknown")]
        return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// `+$9,412/month (estimate: 83 % from your own prices, 17 % list)`
    var headline: String {
        // Nothing that is known is not nothing.
        if !entries.isEmpty, entries.allSatisfy({ $0.difference == nil || $0.goesByUse }) {
            return "what it costs a month is not known (estimate)"
        }
        let amount = "\(Money(difference, currency).signed)/month"
        guard let shares else { return "\(amount) (estimate)" }
        let parts = [(shares.own, "from your own prices"), (shares.list, "list")].filter { $0.0 >= 0.005 }
        return "\(amount) (estimate: " + parts.map { "\(percent($0.0)) \($0.1)" }.joined(separator: ", ") + ")"
    }
}

extension EstimateChange.Entry {
    /// Whether all that it adds or takes away depends on what will be used.
    var goesByUse: Bool { (difference?.isZero ?? false) && [before, after].contains { $0?.status == .usage } }

    /// `+$3,364`, by whoever writes amounts.
    func difference(_ written: (FixedDecimal) -> String) -> String {
        if goesByUse { return ResourceEstimate.Status.usage.title }
        return difference.map(written) ?? "?"
    }
}

extension EstimateChange.BudgetEffect {
    /// `search-quarterly: forecast $4,384 → $18,800 of $4,200`
    var text: String {
        let more = unsure == 0 ? "" : ", without \(counted(unsure, "resource")) of which it is not known"
        return "\(name): forecast \(before.short) → \(after.short) of \(amount.short)\(more)"
    }
}
