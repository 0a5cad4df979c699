package import JSON
internal import WebClient

// JSON as code hosts answer and take it.

extension JSONValue {
    /// - Throws: `.invalid` for what is no JSON, or is more than the limits allow.
    package init(parsing bytes: [UInt8]) throws(ForgeError) {
        do throws(JSONError) {
            self = try JSONReader.read(bytes)
        } catch {
            throw error.isLimit ? .tooMuch(error) : .noJSON(error)
        }
    }

    /// Compact, members by key.
    package var bytes: [UInt8] { JSONWriter.bytes(of: sorted, .compact, escaping: .standard) }

    private var sorted: JSONValue {
        switch self {
        case .array(let items): .array(items.map(\.sorted))
        case .object(let members): .object(members.sorted { $0.key < $1.key }.map { Member($0.key, $0.value.sorted) })
        default: self
        }
    }
}

/// Reading an answer: each asks for one member by its path, and says which one is missing or of another kind.
extension JSONValue {
    /// What stands there; `null` where nothing does.
    package func at(_ path: String...) -> JSONValue { at(path) }

    func at(_ path: [String]) -> JSONValue {
        path.reduce(self) { value, key in value[key] ?? .null }
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
        guard case .number(let text) = at(path), let number = Int(text) else { throw .missing(path, "number") }
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
    package func list(_ path: String...) throws(ForgeError) -> [JSONValue] {
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
    fileprivate static func noJSON(_ error: JSONError) -> ForgeError {
        ForgeError(.invalid, "the code host's answer is no JSON, or was cut off: \(error)")
    }
    fileprivate static func tooMuch(_ error: JSONError) -> ForgeError {
        ForgeError(.invalid, "the code host's answer nests too deep or is too large: \(error)")
    }
    fileprivate static func missing(_ path: [String], _ kind: String) -> ForgeError {
        ForgeError(.invalid, "the code host's answer has no \(kind) '\(path.joined(separator: "."))'")
    }
}
