import CostModel
import JSON

/// Reading what somebody else's client printed: a member that is missing or of another kind is nothing.
extension JSONValue {
    /// A string that is not empty.
    var textValue: String? {
        if case .string(let text) = self, !text.isEmpty { text } else { nil }
    }

    /// A number, as it is written, also where it is a string.
    var numberText: String? {
        switch self {
        case .number(let text): text
        case .string(let text): text.isEmpty ? nil : text
        default: nil
        }
    }

    var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var isObject: Bool { if case .object = self { true } else { false } }

    /// What stands at a path; `null` where nothing does.
    func at(_ path: String...) -> JSONValue { at(path) }

    func at(_ path: [String]) -> JSONValue { path.reduce(self) { $0[$1] ?? .null } }

    /// A time in ISO 8601, or in seconds since 1970 as AWS's first client writes it.
    var time: Instant? {
        switch self {
        case .string(let text): return Instant(text)
        case .number(let text):
            let whole = text.prefix { $0 != "." }
            guard whole.utf8.count <= 12, let seconds = Int64(whole) else { return nil }
            return Instant(seconds: seconds)
        default: return nil
        }
    }

    /// The member of that name whatever its case.
    func member(anyCase key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        let key = key.lowercased()
        return members.first { $0.key.lowercased() == key }?.value
    }
}
