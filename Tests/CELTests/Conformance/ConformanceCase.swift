import CEL
import Foundation

/// One case of the language's conformance suite, as `conformance.jsonl` keeps it.
struct ConformanceCase {
    let file: String
    let name: String
    let expression: String
    let bindings: [String: Any]
    let types: [[String: Any]]
    let value: Any?
    let expectsError: Bool
    let deducedType: String?
    let container: String
    let isCheckedOnly: Bool
    let isChecked: Bool

    init(_ json: [String: Any]) {
        file = json["file"] as? String ?? ""
        name = "\(json["section"] as? String ?? "")/\(json["name"] as? String ?? "")"
        expression = json["expr"] as? String ?? ""
        bindings = json["bindings"] as? [String: Any] ?? [:]
        types = json["type_env"] as? [[String: Any]] ?? []
        value = Self.corrections["\(file)/\(name)"] ?? json["value"]
        expectsError = json["error"] != nil
        deducedType = json["deduced_type"] as? String
        container = json["container"] as? String ?? ""
        isCheckedOnly = json["check_only"] as? Bool ?? false
        isChecked = !(json["disable_check"] as? Bool ?? false)
    }

    /// Values that `conformance.jsonl` has wrong. In the suite this one is `" \? …"` in the text form of protocol buffers, where `\?` means
    /// `?`; the file took the backslash for a part of the value, although there is none in the expression.
    private static let corrections: [String: [String: String]] = [
        "parse/bytes_literals/triple_single_quoted_unescaped_punctuation": ["bytes": "ID8gIiAnIGAg"]
    ]

    static func all(in folder: String) throws -> [ConformanceCase] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }.sorted()
        return try names.flatMap { name in
            try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n").map { line in
                let json = try JSONSerialization.jsonObject(with: Data(line.utf8))
                return ConformanceCase(json as? [String: Any] ?? [:])
            }
        }
    }

    /// What is wrong, or nil when the case passes.
    func failure() -> String? {
        var variables: [CELVariable] = []
        var values: [CELValue] = []
        var declarations: [CELDeclaration] = []
        for type in types {
            let name = type["name"] as? String ?? ""
            if let text = type["type"] as? String {
                variables.append(CELVariable(name, CELType(conformance: text)))
                values.append(bindings[name].map { CELValue(conformance: $0) } ?? .absent)
            }
            for overload in type["overloads"] as? [[String: Any]] ?? [] {
                let parameters = (overload["params"] as? [String] ?? []).map { CELType(conformance: $0) }
                let result = CELType(conformance: overload["result"] as? String ?? "dyn")
                declarations.append(CELDeclaration(name, parameters, result: result, isMethod: overload["receiver"] as? Bool ?? false))
            }
        }
        for (name, value) in bindings where !variables.contains(where: { $0.name == name }) {
            variables.append(CELVariable(name, .dyn))
            values.append(CELValue(conformance: value))
        }
        let environment = CELEnvironment(
            variables: variables, declarations: declarations, container: container, isChecked: isChecked)
        switch environment.compile(expression) {
        case .problems(let problems):
            return expectsError ? nil : "problem: " + problems.map(\.message).joined(separator: "; ")
        case .program(let program):
            if let deducedType, program.resultType.description != deducedType {
                return "type \(program.resultType), and expected \(deducedType)"
            }
            return isCheckedOnly ? nil : failure(of: program, values)
        }
    }

    private func failure(of program: CELProgram, _ values: [CELValue]) -> String? {
        let result = program.evaluate(values)
        if case .error(let error) = result.value { return expectsError ? nil : "error: \(error)" }
        if expectsError { return "value \(result.value), and expected an error" }
        let expected = value.map { CELValue(conformance: $0) } ?? .bool(true)
        guard program.estimatedCost.contains(result.cost) else {
            return "cost \(result.cost), and the estimate is \(program.estimatedCost)"
        }
        return result.value.isSame(as: expected) ? nil : "value \(result.value), and expected \(expected)"
    }
}

extension CELType {
    init(conformance text: String) {
        let names: [CELType] = [
            .dyn, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .ip, .cidr, .type(nil), .list(.dyn),
            .map(.dyn, .dyn),
        ]
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
            self = names.first { $0.name == text } ?? (text.count == 1 ? .parameter(text) : .opaque(text, []))
            return
        }
        var parts = [""]
        var depth = 0
        for character in text[text.index(after: open)...].dropLast() {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        let types = parts.map { CELType(conformance: $0.trimmingCharacters(in: .whitespaces)) }
        switch text[..<open] {
        case "list": self = .list(types[0])
        case "map": self = .map(types[0], types[1])
        case "optional_type": self = .optional(types[0])
        case "type": self = .type(types[0])
        case let name: self = .opaque(String(name), types)
        }
    }
}

extension CELValue {
    init(conformance json: Any) {
        guard let (kind, value) = (json as? [String: Any])?.first else { preconditionFailure("not a value: \(json)") }
        let text = value as? String ?? ""
        switch kind {
        case "null": self = .null
        case "bool": self = .bool(value as? Bool ?? false)
        case "int": self = .int(Int64(text) ?? 0)
        case "uint": self = .uint(UInt64(text) ?? 0)
        case "double": self = .double(Double(text) ?? .nan)
        case "string": self = .string(text)
        case "bytes": self = .bytes(Array(Data(base64Encoded: text) ?? Data()))
        case "list": self = .list((value as? [Any] ?? []).map { CELValue(conformance: $0) })
        case "map":
            let entries = (value as? [[Any]] ?? []).map { (CELValue(conformance: $0[0]), CELValue(conformance: $0[1])) }
            self = .map(CELMap(entries))
        case "type": self = .type(CELType(conformance: text))
        case "timestamp", "duration":
            let parts = text.split(separator: " ")
            let (seconds, nanoseconds) = (Int64(parts[0]) ?? 0, Int32(parts[1]) ?? 0)
            self =
                kind == "timestamp"
                ? .timestamp(secondsSinceEpoch: seconds, nanoseconds: nanoseconds) : .duration(seconds: seconds, nanoseconds: nanoseconds)
        default: preconditionFailure("unknown kind of value: \(kind)")
        }
    }

    /// Stricter than the language: of the same type, and not-a-number is itself. The order of a map's entries does not matter.
    func isSame(as other: CELValue) -> Bool {
        switch (self, other) {
        case (.double(let a), .double(let b)): a == b && a.sign == b.sign || a.isNaN && b.isNaN
        case (.list(let a), .list(let b)):
            a.elements.count == b.elements.count && zip(a.elements, b.elements).allSatisfy { $0.isSame(as: $1) }
        case (.map(let a), .map(let b)):
            a.count == b.count && zip(a.keys, a.values).allSatisfy { key, value in b.value(key).map { value.isSame(as: $0) } ?? false }
        default: description == other.description
        }
    }
}
