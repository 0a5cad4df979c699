import CostModel

/// What is unusual about a row that counts all the same: the fields beside its money that cannot be read, and amounts that were rounded.
///
/// Money is never dropped for a field that nobody asked for. Each oddity is counted by file, with the dollars of its rows.
struct RowOddities: OptionSet {
    var rawValue: UInt8

    static let effective = RowOddities(rawValue: 1)
    static let billed = RowOddities(rawValue: 2)
    static let list = RowOddities(rawValue: 4)
    static let contracted = RowOddities(rawValue: 8)
    static let tags = RowOddities(rawValue: 16)
    static let instanceType = RowOddities(rawValue: 32)
    /// An amount has more digits than can be held: it was rounded half to even at the 18th behind the point.
    static let rounded = RowOddities(rawValue: 64)

    /// The tags are a list of keys and values, as Google has them: read all the same.
    static let tagList = RowOddities(rawValue: 128)

    /// Those that are fields which cannot be read.
    static let unreadable: [RowOddities] = [.effective, .billed, .list, .contracted, .tags, .instanceType]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A cost that cannot be read.
    init(_ cost: CostBasis) { self.init(rawValue: StatedCosts(cost).rawValue) }

    /// The cost that it makes unknown; nil: it is about another field.
    var cost: CostBasis? { CostBasis.allCases.first { RowOddities($0) == self } }
}

/// Where an oddity was met first, and what stood there.
struct OddityExample {
    var line: Int
    /// `Tags`
    var column: String
    /// What was expected, and what was found.
    var message: String
}

/// The odd rows of one file.
struct OddRows {
    private struct Tally {
        var rows = 0
        /// By the currency's number; -1 for none.
        var amounts: [Int: FixedDecimal] = [:]
    }

    private var tallies: [UInt8: Tally] = [:]

    var isEmpty: Bool { tallies.isEmpty }

    mutating func add(_ oddities: RowOddities, _ charge: Charge, rows: Int, _ basis: CostBasis?) {
        for oddity in RowOddities.unreadable + [.rounded, .tagList] where oddities.contains(oddity) {
            tallies[oddity.rawValue, default: Tally()].rows += rows
            guard let basis else { continue }
            tallies[oddity.rawValue]?.amounts[charge.currency ?? -1, default: .zero] += charge.amounts[basis]
        }
    }

    mutating func add(_ other: OddRows, _ numbers: MergeNumbers) {
        for (oddity, tally) in other.tallies {
            tallies[oddity, default: Tally()].rows += tally.rows
            for (currency, amount) in tally.amounts { tallies[oddity]?.amounts[numbers.currency(currency), default: .zero] += amount }
        }
    }

    /// Costs that some row states in a way that cannot be read.
    var unknownCosts: [CostBasis] { RowOddities.unreadable.compactMap { tallies[$0.rawValue] == nil ? nil : $0.cost } }

    /// Says each oddity once, with the count of its rows and what they cost.
    func note(
        _ problems: RowProblems, query: BillQuery, currencies: [Currency], example: (RowOddities) -> OddityExample?
    ) {
        for oddity in RowOddities.unreadable {
            guard let tally = tallies[oddity.rawValue], let example = example(oddity) else { continue }
            // Where somebody asks for the field, what rests on it is not known.
            let isAsked = oddity.cost == nil
            problems.add(
                isAsked ? .partial : .note, id: "unreadable-field", line: example.line,
                "\(example.column): \(Self.rows(tally.rows)) of \(Self.money(tally.amounts, query, currencies)) "
                    + "\(tally.rows == 1 ? "counts" : "count") with this field unknown: \(example.message)")
        }
        if let listed = tallies[RowOddities.tagList.rawValue], let example = example(.tagList) {
            problems.add(
                .note, id: "tag-list", line: example.line,
                "\(example.column): \(Self.rows(listed.rows)) of \(Self.money(listed.amounts, query, currencies)) \(listed.rows == 1 ? "has" : "have") "
                    + "a list of keys and values, which is read as tags")
        }
        guard let rounded = tallies[RowOddities.rounded.rawValue] else { return }
        problems.add(
            .note, id: "rounded-amount", line: example(.rounded)?.line,
            "\(Self.rows(rounded.rows)) of \(Self.money(rounded.amounts, query, currencies)) \(rounded.rows == 1 ? "states" : "state") more "
                + "than 18 fractional digits: rounded half to even, together off by at most \(Self.bound(rounded.rows))")
    }

    /// Half a unit of the last digit for each row: `1.5 · 10⁻¹⁸`.
    private static func bound(_ rows: Int) -> String { "\(rows / 2)\(rows % 2 == 1 ? ".5" : "") · 10⁻¹⁸ in each cost" }

    private static func rows(_ count: Int) -> String { "\(count) \(count == 1 ? "row" : "rows")" }

    private static func money(_ amounts: [Int: FixedDecimal], _ query: BillQuery, _ currencies: [Currency]) -> String {
        let known = amounts.map { number, amount in
            (code: (number < 0 ? query.currency : currencies[number])?.code ?? "", isStated: number >= 0, amount: amount)
        }
        return known.sorted { ($0.code, $0.isStated ? 1 : 0) < ($1.code, $1.isStated ? 1 : 0) }.map { known in
            known.amount.rounded(to: 2) + (known.code.isEmpty ? "" : " \(known.code)")
        }.joined(separator: " and ")
    }
}
