/// What a price is looked up by, exactly as lists write it.
package struct PriceKey: Hashable, Sendable {
    /// `aws`, `azure`, `google`.
    package var provider: String
    /// `AmazonEC2`; a Terraform type where a price was read from a published estimate.
    package var service: String
    /// `m5.large`, `ebs:gp3`.
    package var product: String
    /// `us-east-1`; `*` for every commercial region.
    package var region: String

    package init(provider: String, service: String, product: String, region: String) {
        self.provider = provider
        self.service = service
        self.product = product
        self.region = region
    }
}

/// One published price.
package struct PriceRow: Hashable, Sendable {
    /// `os=Linux;tenancy=Shared`, by key.
    package var attributes: [String: String]
    /// `hour`, `GB-month`.
    package var unit: String
    package var price: FixedDecimal
    package var currency: Currency
    /// The list that it is from: an id of the built-in list's sources, or the path of an own file.
    package var source: String
    /// When it was published; nil: nobody says.
    package var date: Day?
    /// Whether it is of a list of the workspace.
    package var isOwn = false

    package init(
        attributes: [String: String], unit: String, price: FixedDecimal, currency: Currency, source: String, date: Day?
    ) {
        self.attributes = attributes
        self.unit = unit
        self.price = price
        self.currency = currency
        self.source = source
        self.date = date
    }

    /// By which rule it was computed from other prices; nil: it was published itself.
    package var derivation: String? { attributes["derived"] }

    /// `a=1;b=2`; a part without `=` is a key without a value.
    package static func attributes(of text: some StringProtocol) -> [String: String] {
        var result: [String: String] = [:]
        for part in text.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            result[String(pair[0])] = pair.count > 1 ? String(pair[1]) : ""
        }
        return result
    }
}

/// Where prices are looked up.
package protocol PriceSource: Sendable {
    /// All prices of a key, those of the workspace's own list apart from the built-in ones: where there are own ones, only they count.
    func rows(of key: PriceKey) -> (own: [PriceRow], builtIn: [PriceRow])

    /// Whether any price of some product of a service is known in a region: to say whether it is the region that the list lacks.
    func knowsRegion(_ region: String, provider: String) -> Bool
}

/// A question for one price: a key, and what the price must be for.
package struct PriceQuery: Hashable, Sendable {
    package var key: PriceKey
    /// What a row's attributes must say: one of these values, nil for a row that does not have the attribute.
    package var attributes: [String: [String?]]
    /// The units that are understood; others do not answer.
    package var units: Set<String>

    package init(_ key: PriceKey, attributes: [String: [String?]] = [:], units: Set<String>) {
        self.key = key
        self.attributes = attributes
        self.units = units
    }

    /// What says how a price came about, not what it is for.
    private static let remarks: Set<String> = ["precision", "derived", "family", "usage_type", "address", "in", "meter"]

    /// Whether a row is for what is asked. An attribute that nobody asks for makes it a price of something else.
    package func isAnswered(by row: PriceRow) -> Bool {
        guard units.contains(row.unit) else { return false }
        for (name, allowed) in attributes {
            guard allowed.contains(row.attributes[name]) else { return false }
        }
        return row.attributes.keys.allSatisfy { attributes[$0] != nil || Self.remarks.contains($0) }
    }
}

/// What a list says to a question.
package enum PriceAnswer: Hashable, Sendable {
    case price(PriceRow)
    /// Two prices of one day for one thing: neither is taken.
    case contradiction(PriceRow, PriceRow)
    case none
}

extension PriceSource {
    /// The newest price that is not derived, else the newest derived one. Own prices go before built-in ones, whatever their dates.
    package func answer(_ query: PriceQuery) -> PriceAnswer {
        let here = rows(of: query.key)
        var anywhere = query.key
        anywhere.region = "*"
        // `*` is every commercial region: not China's, whose lists are in another currency, and not the governments'.
        let everywhere = ResourceRegion.isCommercial(query.key.region) ? rows(of: anywhere) : (own: [], builtIn: [])
        for rows in [here.own, everywhere.own, here.builtIn, everywhere.builtIn] {
            let answer = Self.newest(rows.filter(query.isAnswered))
            if answer != .none { return answer }
        }
        return .none
    }

    private static func newest(_ rows: [PriceRow]) -> PriceAnswer {
        let published = rows.filter { $0.derivation == nil }
        let candidates = published.isEmpty ? rows : published
        guard let newest = candidates.map({ $0.date ?? Day(.min) }).max() else { return .none }
        let current = candidates.filter { ($0.date ?? Day(.min)) == newest }
        // Prices that were computed from rounded amounts say how rough they are: the finest one counts.
        let finest = current.map(\.roughness).min() ?? .zero
        let exact = current.filter { $0.roughness == finest }.sorted { ($0.price, $0.source) < ($1.price, $1.source) }
        guard let first = exact.first else { return .none }
        // What two of them differ by must be no more than they are rough: else they are prices of two things that nobody told apart.
        if let other = current.first(where: { !$0.agrees(with: first) }) { return .contradiction(first, other) }
        return .price(first)
    }
}

extension PriceRow {
    /// Whether it goes before another answer to the same question: own prices first, then published ones, then the newest.
    package func goes(before other: PriceRow) -> Bool {
        if isOwn != other.isOwn { return isOwn }
        if (derivation == nil) != (other.derivation == nil) { return derivation == nil }
        // Of two that agree the one that was rounded less.
        if roughness != other.roughness, agrees(with: other) { return roughness < other.roughness }
        return date ?? Day(.min) > other.date ?? Day(.min)
    }

    /// In per cent: of `precision=±0.5%`; half of the last digit of `precision=2 digits`, which is 5 at most.
    fileprivate var roughness: FixedDecimal {
        guard let text = attributes["precision"] else { return .zero }
        if text == "2 digits" { return FixedDecimal(5) }
        guard text.hasSuffix("%") else { return .zero }
        // More than all of it says nothing.
        return min(FixedDecimal(exactly: String(text.dropLast().drop { $0 == "±" }))?.magnitude ?? .zero, FixedDecimal(100))
    }

    fileprivate func agrees(with other: PriceRow) -> Bool {
        guard currency == other.currency else { return false }
        let allowed = (price.times(roughness) + other.price.times(other.roughness)).scaled(by: 1, over: 100)
        return (price - other.price).magnitude <= allowed
    }
}
