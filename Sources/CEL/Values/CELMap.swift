/// Entries in the order in which they were written, found by key.
///
/// Numbers that are equal are one key, whatever their type: `1`, `1u` and `1.0`.
package final class CELMap: Sendable {
    package let keys: [CELValue]
    package let values: [CELValue]
    let depth: Int
    /// Small maps are searched from front to back, which is faster than hashing.
    private let index: [CELKey: Int]?
    private static let scanLimit = 8

    /// Of equal keys the last value counts.
    package init(_ entries: [(CELValue, CELValue)]) {
        var keys: [CELValue] = []
        var values: [CELValue] = []
        keys.reserveCapacity(entries.count)
        values.reserveCapacity(entries.count)
        var places: [CELKey: Int] = [:]
        for (key, value) in entries {
            if let found = CELKey(key) {
                if let place = places[found] {
                    values[place] = value
                    continue
                }
                places[found] = keys.count
            }
            keys.append(key)
            values.append(value)
        }
        self.keys = keys
        self.values = values
        depth = 1 + values.depth
        index = keys.count > Self.scanLimit ? places : nil
    }

    /// - Precondition: the keys differ.
    init(distinct keys: [CELValue], _ values: [CELValue], _ places: @autoclosure () -> [CELKey: Int]) {
        self.keys = keys
        self.values = values
        depth = 1 + values.depth
        index = keys.count > Self.scanLimit ? places() : nil
    }

    package var count: Int { keys.count }

    package func value(_ key: CELValue) -> CELValue? {
        if case .string(let text) = key { return value(text) }
        guard let key = CELKey(key) else { return nil }
        if let index { return index[key].map { values[$0] } }
        return keys.firstIndex { CELKey($0) == key }.map { values[$0] }
    }

    package func value(_ name: String) -> CELValue? {
        place(name).map { values[$0] }
    }

    func contains(_ name: String) -> Bool { place(name) != nil }

    private func place(_ name: String) -> Int? {
        if let index { return index[.string(name)] }
        for place in keys.indices {
            if case .string(let key) = keys[place], sameText(key, name) { return place }
        }
        return nil
    }
}

/// What makes two keys of a map the same.
enum CELKey: Hashable {
    case bool(Bool)
    case int(Int64)
    /// Beyond `Int64`.
    case uint(UInt64)
    case string(String)

    /// Nil for what can be no key. A double is one only to look up: it has to be whole.
    init?(_ value: CELValue) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = Int64(exactly: value).map { .int($0) } ?? .uint(value)
        case .double(let value):
            if let whole = Int64(exactly: value) {
                self = .int(whole)
            } else if let whole = UInt64(exactly: value) {
                self = .uint(whole)
            } else {
                return nil
            }
        case .string(let value): self = .string(value)
        default: return nil
        }
    }

    static func == (a: CELKey, b: CELKey) -> Bool {
        switch (a, b) {
        case (.string(let a), .string(let b)): sameText(a, b)
        case (.int(let a), .int(let b)): a == b
        case (.uint(let a), .uint(let b)): a == b
        case (.bool(let a), .bool(let b)): a == b
        default: false
        }
    }
}

/// Whether two texts are the same code points. Swift also calls texts equal that only look the same, as `é` and `e` with an accent.
@inline(__always)
func sameText(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    return withBytes(a, b) { a, b in
        for index in a.indices where a[index] != b[index] { return false }
        return true
    }
}
