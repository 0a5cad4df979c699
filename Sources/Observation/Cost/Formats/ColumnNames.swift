import CostModel

/// Finds the columns of a header by name, whatever its case and its marks: `lineItem/UsageType`, `line_item_usage_type` and
/// `LineItemUsageType` are one.
struct ColumnNames {
    private var indices: [String: Int] = [:]
    private var repeated: [String: String] = [:]
    let columns: [String]

    init(_ columns: [String]) {
        self.columns = columns
        for (index, name) in columns.enumerated() {
            let plain = Self.plain(name)
            if indices[plain] == nil { indices[plain] = index } else { repeated[plain] = name }
        }
    }

    /// Only letters and digits, in lower case. Of `Kosten in Abrechnungswährung (CostInBillingCurrency)` the name in parentheses.
    static func plain(_ name: String) -> String {
        var name = name[...]
        while name.last == " " { name.removeLast() }
        if name.last == ")", let open = name.lastIndex(of: "(") { name = name[name.index(after: open)...] }
        return String(decoding: name.lowercased().utf8.filter { $0 &- 48 < 10 || $0 &- 97 < 26 }, as: UTF8.self)
    }

    /// The first of some names that is there.
    subscript(names: String...) -> Int? { names.lazy.compactMap { indices[$0] }.first }

    /// Each of some names that is there, in their order.
    func all(_ names: String...) -> [Int] { names.compactMap { indices[$0] } }

    func contains(_ name: String) -> Bool { indices[name] != nil }

    /// Says which columns are missing, or stand twice so that nobody can tell which one counts.
    ///
    /// - Parameter required: for each the names that do, the first as the provider spells it.
    func complain(_ required: [[String]], of format: String, _ problems: RowProblems) -> Bool {
        var isUsable = true
        for names in required {
            let plain = names.map(Self.plain)
            guard let found = plain.first(where: { indices[$0] != nil }) else {
                problems.add(.partial, id: "missing-column", line: 1, "the column '\(names[0])' of \(format) is missing")
                isUsable = false
                continue
            }
            guard let name = repeated[found] else { continue }
            problems.add(.partial, id: "repeated-column", line: 1, "the column '\(name)' stands twice in the header")
            isUsable = false
        }
        return isUsable
    }
}
