/// The tags of one resource, by key, in the order of their keys.
///
/// An array and no dictionary: an estate has one for each resource, few of them hold more than ten tags, and a dictionary of four takes twice
/// the memory and a hash for each look-up.
package struct Tags: Hashable, Sendable {
    private struct Entry: Hashable {
        var key: String
        var tag: Tag
    }

    private var entries: [Entry] = []

    package init() {}

    package init(_ tags: [String: Tag]) {
        entries = tags.map { Entry(key: $0, tag: $1) }.sorted { $0.key < $1.key }
    }

    package mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

    /// Nil: there is no tag of this key.
    package subscript(key: String) -> Tag? {
        get { entries.first { $0.key == key }?.tag }
        set {
            let index = firstIndex(notBefore: key)
            let isThere = index < entries.count && entries[index].key == key
            switch newValue {
            case let tag? where isThere: entries[index].tag = tag
            case let tag?: entries.insert(Entry(key: key, tag: tag), at: index)
            case nil: if isThere { entries.remove(at: index) }
            }
        }
    }

    package var keys: [String] { entries.map(\.key) }

    /// Whether both have the same keys with the same values, wherever they are written.
    package func hasSameValues(as other: Tags) -> Bool {
        entries.elementsEqual(other.entries) { $0.key == $1.key && $0.tag.value == $1.tag.value }
    }

    private func firstIndex(notBefore key: String) -> Int {
        // Code is read in the order of the keys.
        guard let last = entries.last, key <= last.key else { return entries.count }
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Tags: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { entries.count }
    package subscript(index: Int) -> (key: String, value: Tag) { (entries[index].key, entries[index].tag) }
}

extension Tags: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral tags: (String, Tag)...) {
        for (key, tag) in tags { self[key] = tag }
    }
}
