package import CostModel
package import JSON

extension JSONValue {
    /// What a column holds, as every document spells it.
    package init(_ value: ColumnValue?) {
        switch value {
        case nil: self = .null
        case .text(let text): self = .string(text)
        case .integer(let number): self.init(number)
        case .flag(let flag): self.init(flag)
        case .time(let time): self = .string(time.description)
        case .day(let day): self = .string(day.description)
        case .points(let points): self.init(Optional(points))
        case .money(let money): self.init(Optional(money))
        case .policy(let policy): self.init(policy)
        case .change(let change): self.init(change)
        case .changes(let changes): self = .array(changes.map(JSONValue.init))
        }
    }

    /// A record with what its columns show.
    ///
    /// - Parameters:
    ///   - others: members that are no columns. They stand at the end.
    ///   - first: the keys that stand before all others, where a document has another order than the columns.
    init<Record: ColumnRecord>(columns record: Record, adding others: [(String, JSONValue)] = [], first: [String] = []) {
        let members = Record.columns.compactMap { column in column.key.map { Member($0, JSONValue(column.value(record))) } }
        self = .object((members + others.map { Member($0.0, $0.1) }).putting(first: first, by: \.key))
    }
}

extension Array {
    /// In the same order, but for those of some keys, which go to the front in the order of the keys.
    ///
    /// - Precondition: each key is one of an element.
    package func putting(first keys: [String], by key: (Element) -> String) -> [Element] {
        guard !keys.isEmpty else { return self }
        let front = keys.map { wanted in
            guard let element = first(where: { key($0) == wanted }) else { preconditionFailure("nothing has the key '\(wanted)'") }
            return element
        }
        return front + filter { !keys.contains(key($0)) }
    }
}
