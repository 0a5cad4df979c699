package import CostModel

/// What `blame` says: code with what it costs beside it.
package struct BlameReport: Report {
    package var context: ReportContext
    package var currency: Currency
    /// The file or folder that was asked for.
    package var path: String
    /// Whether one file was asked for, whose code is shown.
    package var showsCode: Bool
    /// By path.
    package var files: [CodeFile]
    package var problems: [Problem]

    package init(
        context: ReportContext, currency: Currency, path: String, showsCode: Bool, files: [CodeFile], problems: [Problem] = []
    ) {
        self.context = context
        self.currency = currency
        self.path = path
        self.showsCode = showsCode
        self.files = files
        self.problems = problems.sorted()
    }

    /// Of all files together: what two of them are about counts once.
    package var total: CodeCost { CodeCost(files.flatMap(\.resources)) }
}

/// What one resource costs in a month, and where that is from.
package struct ResourceCost: Hashable, Sendable {
    package var identity: ResourceIdentity
    /// Nil: nobody knows.
    package var monthly: FixedDecimal?
    /// Whether it is billed; else it is an estimate.
    package var isBilled: Bool
    /// What it was billed in a month in the 28 days before the newest, and in those before these; nil: the bill does not say.
    package var earlier: FixedDecimal?
    package var earliest: FixedDecimal?

    package init(
        identity: ResourceIdentity, monthly: FixedDecimal?, isBilled: Bool, earlier: FixedDecimal? = nil, earliest: FixedDecimal? = nil
    ) {
        self.identity = identity
        self.monthly = monthly
        self.isBilled = isBilled
        self.earlier = earlier
        self.earliest = earliest
    }
}

/// What some resources cost in a month, each counted once.
package struct CodeCost: Hashable, Sendable {
    package private(set) var billed = FixedDecimal.zero
    /// Of those without a bill.
    package private(set) var estimated = FixedDecimal.zero
    /// Resources of which nobody knows what they cost.
    package private(set) var unknown = 0
    /// Billed in a month in three runs of 28 days, the oldest first; nil where the bill does not reach.
    package private(set) var trend: [FixedDecimal?] = [nil, nil, nil]
    /// Whether some of it is billed.
    package private(set) var hasBill = false

    package init(_ resources: [ResourceCost]) {
        var counted: Set<ResourceIdentity> = []
        var sums: [FixedDecimal?] = [.zero, .zero, .zero]
        for resource in resources where counted.insert(resource.identity).inserted {
            guard let amount = resource.monthly else {
                unknown += 1
                continue
            }
            guard resource.isBilled else {
                estimated += amount
                continue
            }
            hasBill = true
            billed += amount
            for (index, part) in [resource.earliest, resource.earlier, amount].enumerated() {
                sums[index] = sums[index].flatMap { sum in part.map { sum + $0 } }
            }
        }
        if hasBill { trend = sums }
    }

    package var monthly: FixedDecimal { billed + estimated }
    package var isEstimated: Bool { !estimated.isZero || (!hasBill && unknown == 0) }
}

/// A block of code with what it costs.
package struct CodeBlock: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable { case resource, module }

    /// The commit that brought the block, or last changed its size.
    package struct Origin: Hashable, Sendable {
        package var commit: String
        package var day: Day
        package var summary: String
        /// `#123`, where the commit's subject names the request by which it came.
        package var request: String?
        package var isResize: Bool

        package init(commit: String, day: Day, summary: String, request: String?, isResize: Bool) {
            self.commit = commit
            self.day = day
            self.summary = summary
            self.request = request
            self.isResize = isResize
        }
    }

    package var kind: Kind
    /// `aws_instance.web`, `module.ledger`
    package var name: String
    package var place: Place
    package var resources: [ResourceCost]
    /// Ids of open findings about its resources, the first first.
    package var findings: [String]
    /// Nil: it is not committed yet.
    package var origin: Origin?

    package init(kind: Kind, name: String, place: Place, resources: [ResourceCost], findings: [String], origin: Origin?) {
        self.kind = kind
        self.name = name
        self.place = place
        self.resources = resources
        self.findings = findings
        self.origin = origin
    }

    package var cost: CodeCost { CodeCost(resources) }
}

/// A file of code with what its blocks cost.
package struct CodeFile: Hashable, Sendable {
    package var path: String
    /// What stands in it; without lines on which secrets are written out.
    package var lines: [String]
    /// By place.
    package var blocks: [CodeBlock]

    package init(path: String, lines: [String], blocks: [CodeBlock]) {
        self.path = path
        self.lines = lines
        self.blocks = blocks
    }

    package var resources: [ResourceCost] { blocks.flatMap(\.resources) }
    package var cost: CodeCost { CodeCost(resources) }
}

extension CodeCost {
    /// `$231`; where some of it is an estimate `~$231`; nil where nothing is known.
    package func amount(in currency: Currency) -> String? {
        let isKnown = hasBill || !estimated.isZero || unknown == 0
        guard isKnown else { return nil }
        return (isEstimated && !monthly.isZero ? "~" : "") + Money(monthly, currency).short
    }

    /// How the bill moved over three months: `+12 %`, `=`, `new`; nil: the bill does not reach back.
    package var course: String? {
        guard let first = trend[0] ?? trend[1], let last = trend[2] else { return nil }
        guard let ratio = last.ratio(to: first) else { return last > .zero ? "new" : nil }
        let change = Int(((ratio - 1) * 100).rounded())
        if change == 0 { return "=" }
        return change > 999 ? "×\(Int(ratio.rounded()))" : "\(change > 0 ? "+" : "−")\(abs(change)) %"
    }
}
