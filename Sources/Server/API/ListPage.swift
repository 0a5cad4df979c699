internal import JSON
internal import Reporting

/// A part of a list, and where the next part begins.
///
/// A cursor names the last item that was sent, so what is added at the front in between shifts nothing.
struct ListPage<Element> {
    var items: [Element]
    var next: String?

    func json(_ shape: RecordShape<Element>) -> JSONValue {
        ["items": .array(items.map(shape.json)), "next": JSONValue(next)]
    }
}

extension ListPage {
    /// - Parameters:
    ///   - key: what tells an item from all others; it never changes.
    ///   - isWanted: what of the list is shown. The last item that was sent is looked for in all of it, because it may have changed since.
    init(
        of list: [Element], _ query: [String: String], where isWanted: (Element) -> Bool = { _ in true }, key: (Element) -> String
    ) throws(Refusal) {
        let limit = query.pageLimit
        var rest = list[...]
        if let cursor = query["cursor"] {
            guard let index = list.firstIndex(where: { key($0) == cursor }) else { throw .unknownCursor }
            rest = list[(index + 1)...]
        }
        let wanted = rest.filter(isWanted)
        self.init(items: Array(wanted.prefix(limit)), next: nil)
        if wanted.count > limit { next = items.last.map(key) }
    }
}

extension RecordShape {
    /// The schema of its pages, and the name of that.
    var page: (name: String, schema: Schema) {
        (name + "Page", .object([("items", .list(reference)), ("next", .optional(.text))]))
    }
}

extension [String: String] {
    var pageLimit: Int { self["limit"].flatMap { Int($0) } ?? QueryParameter.standardPage }
}

extension Refusal {
    /// Also where the item has been pruned since.
    static let unknownCursor = Refusal(404, "the cursor is not one of this list")
}
