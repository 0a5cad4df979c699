/// A value inside a JSON column. Numbers do not occur: money is text there too.
enum StoredJSON {
    case null
    case text(String)
    case list([StoredJSON])
    /// In the order in which the members are written.
    case object([(key: String, value: StoredJSON)])

    init(_ text: String?) {
        self = text.map(StoredJSON.text) ?? .null
    }

    var written: String {
        switch self {
        case .null: "null"
        case .text(let text): StoredJSON.quoted(text)
        case .list(let items): "[" + items.map(\.written).joined(separator: ",") + "]"
        case .object(let members): "{" + members.map { "\(StoredJSON.quoted($0.key)):\($0.value.written)" }.joined(separator: ",") + "}"
        }
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension StoredJSON {
    subscript(key: String) -> StoredJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    var string: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var items: [StoredJSON]? {
        guard case .list(let items) = self else { return nil }
        return items
    }

    /// The texts of a list of nothing else.
    var strings: [String]? {
        guard let items else { return nil }
        let strings = items.compactMap(\.string)
        return strings.count == items.count ? strings : nil
    }

    /// Reads what `written` writes, and nothing more of JSON than that; nil for anything else.
    init?(reading text: String) {
        var reader = Reader(rest: Array(text.unicodeScalars)[...])
        guard let value = reader.value(depth: 0), reader.rest.isEmpty else { return nil }
        self = value
    }

    private struct Reader {
        var rest: ArraySlice<Unicode.Scalar>

        mutating func value(depth: Int) -> StoredJSON? {
            // Ours are four deep.
            guard depth < 8 else { return nil }
            switch rest.first {
            case "\"": return string().map(StoredJSON.text)
            case "[":
                return sequence(until: "]") { reader in reader.value(depth: depth + 1) }.map(StoredJSON.list)
            case "{":
                return sequence(until: "}") { reader in
                    guard let key = reader.string(), reader.takes(":"), let value = reader.value(depth: depth + 1) else { return nil }
                    return (key: key, value: value)
                }.map(StoredJSON.object)
            default:
                guard rest.starts(with: "null".unicodeScalars) else { return nil }
                rest = rest.dropFirst(4)
                return .null
            }
        }

        private mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
            guard rest.first == scalar else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func sequence<Item>(until end: Unicode.Scalar, _ item: (inout Reader) -> Item?) -> [Item]? {
            rest.removeFirst()
            if takes(end) { return [] }
            var items: [Item] = []
            repeat {
                guard let next = item(&self) else { return nil }
                items.append(next)
            } while takes(",")
            return takes(end) ? items : nil
        }

        private mutating func string() -> String? {
            guard takes("\"") else { return nil }
            var text = String.UnicodeScalarView()
            while let scalar = rest.popFirst() {
                if scalar == "\"" { return String(text) }
                guard scalar == "\\" else {
                    text.append(scalar)
                    continue
                }
                guard let escaped = escape() else { return nil }
                text.append(escaped)
            }
            return nil
        }

        private mutating func escape() -> Unicode.Scalar? {
            switch rest.popFirst() {
            case "\"": return "\""
            case "\\": return "\\"
            case "n": return "\n"
            case "r": return "\r"
            case "t": return "\t"
            case "u":
                let digits = String(String.UnicodeScalarView(rest.prefix(4)))
                rest = rest.dropFirst(4)
                return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
            default: return nil
            }
        }
    }
}
