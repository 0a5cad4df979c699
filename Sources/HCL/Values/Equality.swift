extension Value {
    /// Whether two known values are equal as `==` sees it: of one type, and equal inside. Element types of empty collections do not count.
    package func equals(_ other: Value) -> Bool {
        switch (kind, other.kind) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.list(let a, let x), .list(let b, let y)): x == y && a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
        case (.set(let a), .set(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
        case (.map(let a), .map(let b)):
            a.isObject == b.isObject && a.entries.count == b.entries.count
                && zip(a.entries, b.entries).allSatisfy { $0.key == $1.key && $0.value.equals($1.value) }
        default: false
        }
    }

    /// The elements of a set: without doubles, and in the order in which Terraform shows them. Unknown elements come last.
    static func set(of elements: [Value]) -> [Value] {
        var keyed: [(key: String, value: Value)] = elements.map { (sortKey($0), $0) }
        if elements.allSatisfy({ if case .number = $0.kind { true } else { false } }) {
            keyed.sort { a, b in
                guard case .number(let x) = a.value.kind, case .number(let y) = b.value.kind else { return false }
                return x < y
            }
        } else {
            keyed.sort { byBytes($0.key, $1.key) }
        }
        var result: [Value] = []
        var last: String?
        for (key, value) in keyed where key != last || value.unknownReason != nil {
            result.append(value)
            last = key
        }
        return result
    }

    /// A text that is equal for equal values only.
    private static func sortKey(_ value: Value) -> String {
        switch value.kind {
        case .null: return "\u{10FFFF}"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return number.description
        case .string(let text): return text
        case .list(let elements, _), .set(let elements): return elements.map { counted(sortKey($0)) }.joined()
        case .map(let map): return map.entries.map { counted($0.key) + counted(sortKey($0.value)) }.joined()
        case .unknown: return "\u{10FFFF}\u{10FFFF}"
        }
    }

    /// A text behind its length, so that two of them never run into each other.
    private static func counted(_ text: String) -> String { "\(text.utf8.count):\(text)" }
}
