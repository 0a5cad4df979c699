import CostModel

/// The numbers by which all rows of a scan are compared, whatever file and format they come from: of names, currencies and sets of tags.
final class BillNumbers {
    let names = NameTable()
    let tagSets: TagSets
    /// In the order of first sight.
    private(set) var currencies: [Currency] = []

    /// - Parameters:
    ///   - tagKeys: the keys that are asked for, distinct.
    ///   - seeingAllTags: whether rows tell of their other tags, too.
    init(tagKeys: [String], seeingAllTags: Bool = false) {
        tagSets = TagSets(keys: tagKeys, names: names, isWitness: seeingAllTags)
    }

    /// Takes everything of another one for the same keys in exchange for what is here.
    func exchange(with other: BillNumbers) {
        names.exchange(with: other.names)
        tagSets.exchange(with: other.tagSets)
        swap(&currencies, &other.currencies)
    }

    func number(of currency: Currency) -> Int32 {
        if let known = currencies.firstIndex(of: currency) { return Int32(known) }
        currencies.append(currency)
        return Int32(currencies.count - 1)
    }
}

/// The distinct sets of asked tags, each by a number; 0 is no tags at all.
final class TagSets {
    /// A set that is being put together: for each asked key the number of the value's name, -1 for none.
    struct Values {
        fileprivate var values: [Int32]
        private let sets: TagSets

        fileprivate init(_ sets: TagSets) {
            self.sets = sets
            values = Array(repeating: -1, count: sets.keys.count)
        }

        /// Whether tags that nobody asks for are told of, too.
        var takesAll: Bool { sets.isWitness }

        /// Takes a tag where its key is asked for; of a repeated key the last value counts.
        mutating func add<Bytes: Collection<UInt8>>(key: Bytes, value: Bytes?) {
            if sets.isWitness { sets.seen[String(decoding: key, as: UTF8.self)] = value.map { String(decoding: $0, as: UTF8.self) } }
            guard let at = sets.keys.firstIndex(where: { $0.utf8.elementsEqual(key) }) else { return }
            values[at] = value.map { sets.names.number(of: Array($0)) } ?? -1
        }
    }

    let keys: [String]
    private let names: NameTable
    @exclusivity(unchecked) private var sets: TupleTable
    fileprivate let isWitness: Bool
    /// All tags that rows had, whoever asks, where somebody looks at them.
    fileprivate(set) var seen: [String: String] = [:]

    fileprivate init(keys: [String], names: NameTable, isWitness: Bool) {
        self.keys = keys
        self.names = names
        self.isWitness = isWitness
        sets = TupleTable(width: keys.count)
        _ = sets.insert(Array(repeating: -1, count: max(keys.count, 1)))
    }

    /// Whether nobody looks at tags: then none are read.
    var isUnasked: Bool { keys.isEmpty && !isWitness }

    /// Whether a tag of a column of its own is looked at.
    func asks(for key: String) -> Bool { isWitness || keys.contains(key) }

    func draft() -> Values { Values(self) }

    func number(of draft: Values) -> Int32 { Int32(sets.insert(draft.values).index) }

    var count: Int { sets.count }

    fileprivate func exchange(with other: TagSets) { swap(&sets, &other.sets) }

    /// For each key the number of its value's name, -1 for none.
    func values(of set: Int32) -> UnsafeBufferPointer<Int32> { sets[Int(set)] }

    func number(of values: [Int32]) -> Int32 { Int32(sets.insert(values.isEmpty ? [-1] : values).index) }

    /// The number of a key's value in a set, -1 for none.
    @inline(__always)
    func value(of key: Int, in set: Int32) -> Int32 { sets[Int(set)][key] }

    /// The asked tags of a set that are there.
    func tags(of set: Int32) -> [String: String] {
        var tags: [String: String] = [:]
        for (at, number) in sets[Int(set)].enumerated() where number >= 0 { tags[keys[at]] = names[number] }
        return tags
    }

    var all: [[String: String]] { (0..<sets.count).map { tags(of: Int32($0)) } }
}
