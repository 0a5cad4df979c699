internal import JSON

// A value inside a JSON column. Numbers do not occur: money is text there too.

extension JSONValue {
    /// As a column holds it.
    var stored: String { String(decoding: JSONWriter.bytes(of: self, .compact, escaping: .stored), as: UTF8.self) }

    /// Nil for what is no JSON: the row is damaged.
    init?(stored text: String) {
        // Whatever is wrong with it, the row cannot be used, and the ledger says which one it is.
        do throws(JSONError) { self = try JSONReader.read(Array(text.utf8)) } catch { return nil }
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var items: [JSONValue]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    /// The texts of a list of nothing else.
    var strings: [String]? {
        guard let items else { return nil }
        let strings = items.compactMap(\.string)
        return strings.count == items.count ? strings : nil
    }
}

extension JSONEscaping {
    /// As rows have always been written: the same row is the same bytes in every version.
    fileprivate static let stored = JSONEscaping(letters: "nrt") { $0 == "\u{7F}" }
}
