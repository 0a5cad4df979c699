package import Diagnostics
package import Patterns

/// A value of Terraform's language, which may be unknown before apply, and where it was written.
package struct Value: Sendable {
    package indirect enum Kind: Sendable {
        case null
        case bool(Bool)
        case number(Number)
        case string(String)
        /// A tuple or list; `isTuple` while the elements may differ in type.
        case list([Value], isTuple: Bool)
        /// In Terraform's order, without doubles.
        case set([Value])
        case map(MapValue)
        /// Cannot be known without applying, or was not evaluated: why.
        case unknown(String)
    }

    package let kind: Kind
    package var origin: Origin?
    /// Nodes and text inside, and steps of their paths, so that limits hold for values that share their parts: `[local.a, local.a]` doubles it
    /// for nothing, and each of its elements remembers by which names it came.
    private(set) var size: Int
    let depth: Int

    package init(_ kind: Kind, origin: Origin? = nil) {
        if case .string(let text) = kind { self.kind = .string(text.composed) } else { self.kind = kind }
        self.origin = origin
        switch self.kind {
        case .null, .bool, .number, .unknown: (size, depth) = (1, 1)
        case .string(let text): (size, depth) = (1 + text.utf8.count / 8, 1)
        case .list(let elements, _), .set(let elements):
            (size, depth) = elements.reduce((1, 1)) { (min(Self.sizeCeiling, $0.0 + $1.size), max($0.1, $1.depth + 1)) }
        case .map(let map):
            (size, depth) = map.entries.reduce((1, 1)) { (min(Self.sizeCeiling, $0.0 + 1 + $1.value.size), max($0.1, $1.value.depth + 1)) }
        }
    }

    private static let sizeCeiling = 1 << 40

    /// What a path takes, in nodes. A few names in a row weigh nothing.
    private static func weight(ofSteps count: Int) -> Int { count / 4 }

    package static let null = Value(.null)
    package static func bool(_ value: Bool) -> Value { Value(.bool(value)) }
    package static func number(_ value: Int) -> Value { Value(.number(Number(value))) }
    package static func number(_ value: Number) -> Value { Value(.number(value)) }
    package static func string(_ value: String) -> Value { Value(.string(value)) }
    package static func tuple(_ elements: [Value]) -> Value { Value(.list(elements, isTuple: true)) }
    package static func list(_ elements: [Value]) -> Value { Value(.list(elements, isTuple: false)) }
    package static func map(_ map: MapValue) -> Value { Value(.map(map)) }
    package static func unknown(_ reason: String) -> Value { Value(.unknown(reason)) }
}

/// A map or object: entries by key, each with the item that defines it.
package struct MapValue: Sendable {
    /// Sorted by key as Terraform iterates: by bytes.
    package private(set) var entries: [Entry]
    /// An object while the entries may differ in type, else a map.
    package var isObject: Bool
    /// Set when there may be further keys, or other values for the keys that are not here: why they cannot be known.
    package var openReason: String?
    /// What is known of the keys that may be there; nil: they may be any.
    package var openKeys: [KeyPattern]?
    /// The object literals that it is made of, in order of precedence: a later one's keys win.
    package var sources: [Origin]

    package struct Entry: Sendable {
        package let key: String
        package var value: Value
        package var item: Item?

        package init(_ key: String, _ value: Value, item: Item? = nil) {
            self.key = key.composed
            self.value = value
            self.item = item
        }
    }

    /// `key = value` in an object literal.
    package struct Item: Sendable {
        package var file: SourceFile
        package var range: Range<Int>
        package var keyRange: Range<Int>
        /// Whether the key is written out, so that it may be renamed.
        package var hasLiteralKey: Bool
        /// What lies between the object literal and its use.
        package var path: [Origin.Step]

        package init(file: SourceFile, range: Range<Int>, keyRange: Range<Int>, hasLiteralKey: Bool, path: [Origin.Step] = []) {
            self.file = file
            self.range = range
            self.keyRange = keyRange
            self.hasLiteralKey = hasLiteralKey
            self.path = path
        }
    }

    /// Of entries with one key the last counts.
    package init(
        _ entries: [Entry], isObject: Bool = true, openReason: String? = nil, openKeys: [KeyPattern]? = nil, sources: [Origin] = []
    ) {
        self.openKeys = openKeys
        self.entries = Self.sorted(entries)
        self.isObject = isObject
        self.openReason = openReason
        self.sources = sources
    }

    package subscript(key: String) -> Entry? {
        guard let index = index(of: key.composed) else { return nil }
        return entries[index]
    }

    package var keys: [String] { entries.map(\.key) }

    /// The same keys with other values.
    func mapValues<E>(_ transform: (Entry) throws(E) -> Value) throws(E) -> MapValue {
        var result = self
        for index in entries.indices { result.entries[index].value = try transform(entries[index]) }
        return result
    }

    /// The same entries without the places where they are written.
    fileprivate var withoutItems: MapValue {
        var result = self
        for index in entries.indices { result.entries[index].item = nil }
        return result
    }

    private func index(of key: String) -> Int? {
        if entries.count <= 8 { return entries.firstIndex { $0.key == key } }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if byBytes(entries[middle].key, key) { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].key == key ? low : nil
    }

    private static func sorted(_ entries: [Entry]) -> [Entry] {
        guard entries.count > 1 else { return entries }
        var result: [Entry] = []
        result.reserveCapacity(entries.count)
        // A stable sort: of equal keys the last wins.
        let order = entries.indices.sorted { a, b in
            byBytes(entries[a].key, entries[b].key) || (entries[a].key == entries[b].key && a < b)
        }
        for index in order {
            if result.last?.key == entries[index].key { result.removeLast() }
            result.append(entries[index])
        }
        return result
    }
}

/// The order in which Terraform iterates: by UTF-8 bytes, not by what Unicode holds equal.
func byBytes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

extension Value {
    package var isNull: Bool {
        if case .null = kind { return true }
        return false
    }

    /// Why the value itself is unknown; elements may be unknown all the same.
    package var unknownReason: String? {
        if case .unknown(let reason) = kind { return reason }
        return nil
    }

    /// Why the value or anything inside it is unknown.
    package var deepUnknownReason: String? {
        switch kind {
        case .unknown(let reason): return reason
        case .list(let elements, _), .set(let elements):
            for element in elements { if let reason = element.deepUnknownReason { return reason } }
            return nil
        case .map(let map):
            if let reason = map.openReason { return reason }
            for entry in map.entries { if let reason = entry.value.deepUnknownReason { return reason } }
            return nil
        case .null, .bool, .number, .string: return nil
        }
    }

    package var mapValue: MapValue? {
        if case .map(let map) = kind { return map }
        return nil
    }

    package var elements: [Value]? {
        switch kind {
        case .list(let elements, _), .set(let elements): elements
        default: nil
        }
    }

    package var string: String? {
        if case .string(let text) = kind { return text }
        return nil
    }

    /// Whole and known: the text a string argument gets from a string, number or bool; nil also of a number that Terraform rounds.
    package var text: String? {
        switch kind {
        case .string(let text): text
        case .number(let number): number.isRounded ? nil : number.description
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    /// The same value, seen through one more step.
    package func adding(_ step: Origin.Step) -> Value { adding([step]) }

    func adding(_ steps: [Origin.Step]) -> Value {
        guard !steps.isEmpty else { return self }
        let count = origin?.path.count ?? 0
        var origin = origin
        origin?.path += steps
        var result: Value
        if case .map(var map) = kind {
            for index in map.sources.indices { map.sources[index].path += steps }
            result = Value(.map(map), origin: origin)
            result.size = size
        } else {
            result = self
            result.origin = origin
        }
        result.size += Self.weight(ofSteps: origin?.path.count ?? 0) - Self.weight(ofSteps: count)
        return result
    }

    /// An element or entry taken out of this value: it inherits the path by which this value came.
    package func inheriting(from container: Value) -> Value {
        guard let steps = container.origin?.path, !steps.isEmpty else { return self }
        return adding(steps)
    }

    /// The same value as the result of a computation at this place, of which no part may be edited.
    package func unplaced(_ reason: String, _ file: SourceFile, _ range: Range<Int>) -> Value {
        guard case .map(var map) = kind else { return computed(reason, file, range) }
        map.sources = []
        map = map.withoutItems
        return Value(.map(map), origin: Origin(file: file, range: range, computed: reason))
    }

    /// The same value as the result of a computation at this place.
    package func computed(_ reason: String, _ file: SourceFile, _ range: Range<Int>) -> Value {
        var result = self
        result.origin = Origin(file: file, range: range, computed: reason)
        return result
    }
}
