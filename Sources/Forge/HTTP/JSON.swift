internal import Foundation

/// A JSON document as code hosts answer and take it.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    private static let depthLimit = 64

    /// - Throws: `.invalid` for what is no JSON, or nests too deep.
    package init(parsing bytes: [UInt8]) throws(ForgeError) {
        guard Self.depth(of: bytes) <= Self.depthLimit else { throw .tooDeep }
        do {
            self = try JSONDecoder().decode(JSON.self, from: Data(bytes))
        } catch {
            throw .noJSON
        }
    }

    /// Compact, members by key.
    package var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(self))
        } catch {
            preconditionFailure("a JSON value cannot be written: \(error)")
        }
    }

    /// How deep it would nest, found before anything is built.
    private static func depth(of bytes: [UInt8]) -> Int {
        var (depth, deepest, isText, isEscaped) = (0, 0, false, false)
        for byte in bytes {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        return deepest
    }
}

extension JSON: Codable {
    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        // Each asks whether the value is of that kind; the last one's error is the document's.
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? value.decode(Int.self) {
            self = .int(number)
        } else if let number = try? value.decode(Double.self) {
            self = .double(number)
        } else if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let items = try? value.decode([JSON].self) {
            self = .array(items)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let flag): try container.encode(flag)
        case .int(let number): try container.encode(number)
        case .double(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let items): try container.encode(items)
        case .object(let members): try container.encode(members)
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .string(text) }
    package init(integerLiteral number: Int) { self = .int(number) }
    package init(booleanLiteral flag: Bool) { self = .bool(flag) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral items: JSON...) { self = .array(items) }
    package init(dictionaryLiteral members: (String, JSON)...) { self = .object(Dictionary(members) { $1 }) }
}

/// Reading an answer: each asks for one member by its path, and says which one is missing or of another kind.
extension JSON {
    /// What stands there; `null` where nothing does.
    package subscript(path: String...) -> JSON { at(path) }

    private func at(_ path: [String]) -> JSON {
        path.reduce(self) { value, key in
            guard case .object(let members) = value else { return .null }
            return members[key] ?? .null
        }
    }

    package func text(_ path: String...) throws(ForgeError) -> String {
        guard case .string(let text) = at(path) else { throw .missing(path, "text") }
        return text
    }

    /// Nil where it is missing or `null`.
    package func optionalText(_ path: String...) throws(ForgeError) -> String? {
        switch at(path) {
        case .null: return nil
        case .string(let text): return text
        default: throw .missing(path, "text")
        }
    }

    package func integer(_ path: String...) throws(ForgeError) -> Int {
        guard case .int(let number) = at(path) else { throw .missing(path, "number") }
        return number
    }

    /// False where it is missing or `null`.
    package func flag(_ path: String...) throws(ForgeError) -> Bool {
        switch at(path) {
        case .null: return false
        case .bool(let flag): return flag
        default: throw .missing(path, "true or false")
        }
    }

    /// Empty where it is missing or `null`, as Gitea writes lists without items.
    package func list(_ path: String...) throws(ForgeError) -> [JSON] {
        switch at(path) {
        case .null: return []
        case .array(let items): return items
        default: throw .missing(path, "list")
        }
    }

    /// Seconds since 1970.
    package func time(_ path: String...) throws(ForgeError) -> Int64 {
        guard case .string(let text) = at(path), let time = WebTime.seconds(iso: text) else { throw .missing(path, "time") }
        return time
    }

    package func optionalTime(_ path: String...) throws(ForgeError) -> Int64? {
        switch at(path) {
        case .null: return nil
        case .string(let text):
            guard let time = WebTime.seconds(iso: text) else { throw .missing(path, "time") }
            // Gitea writes the year 1 for never.
            return time > 0 ? time : nil
        default: throw .missing(path, "time")
        }
    }
}

extension ForgeError {
    fileprivate static var noJSON: ForgeError { ForgeError(.invalid, "the code host's answer is no JSON, or was cut off") }
    fileprivate static var tooDeep: ForgeError { ForgeError(.invalid, "the code host's answer nests too deep") }
    fileprivate static func missing(_ path: [String], _ kind: String) -> ForgeError {
        ForgeError(.invalid, "the code host's answer has no \(kind) '\(path.joined(separator: "."))'")
    }
}
