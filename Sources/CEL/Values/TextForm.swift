/// How values are written.
enum TextForm {
    /// Between quotes, with everything escaped that does not print.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{07}": result += "\\a"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0B}": result += "\\v"
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    static func quoted(_ bytes: [UInt8]) -> String {
        var result = "b\""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "\""): result += "\\" + String(UnicodeScalar(byte))
            case 0x20..<0x7F: result += String(UnicodeScalar(byte))
            default: result += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return result + "\""
    }
}

extension CELValue: CustomStringConvertible {
    /// The value as it is written in an expression; where it cannot be written, something that a person understands.
    package var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): "\(value)u"
        case .double(let value): value.isFinite ? Self.literal(value) : "double(\"\(NumberText.special(value))\")"
        case .string(let value): TextForm.quoted(value)
        case .bytes(let value): TextForm.quoted(value)
        case .list(let list): "[" + list.elements.map(\.description).joined(separator: ", ") + "]"
        case .map(let map): "{" + zip(map.keys, map.values).map { "\($0): \($1)" }.joined(separator: ", ") + "}"
        case .object(let object):
            "\(object.type.name){"
                + zip(object.type.fields, object.values).filter { !$1.isAbsent }.map { "\($0.name): \($1)" }.joined(separator: ", ") + "}"
        case .timestamp(let value): "timestamp(\"\(value.text)\")"
        case .duration(let value): "duration(\"\(value.text)\")"
        case .money(let value): "money(\"\(value.text)\")"
        case .quantity(let value): "quantity(\"\(value.text)\")"
        case .ip(let value): "ip(\"\(value.text)\")"
        case .cidr(let value): "cidr(\"\(value.text)\")"
        case .type(let value): value.name
        case .optional(let value): value.wrapped.map { "optional.of(\($0))" } ?? "optional.none()"
        case .unknown(let value): "unknown(\(value.reasons.joined(separator: ", ")))"
        case .error(let error): "error(\(error.message))"
        case .absent: "absent"
        }
    }

    private static func literal(_ value: Double) -> String {
        let text = NumberText.general(value)
        return text.contains(where: { $0 == "." || $0 == "e" }) ? text : text + ".0"
    }

    var isAbsent: Bool {
        if case .absent = self { return true }
        return false
    }
}
