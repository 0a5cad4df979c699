extension Function {
    /// Functions that pick one of their arguments or a part of it: the result keeps its place.
    static let choices: [Function] = [
        Function("coalesce", 1...Int.max, unknowns: .own, keepsOrigin: true) { call throws(EvaluationError) in
            guard let type = ValueType.unified(call.arguments.map(\.type)) else {
                throw EvaluationError("coalesce() needs values of one type")
            }
            for argument in call.arguments {
                if argument.unknownReason != nil { return argument }
                guard !argument.isNull, argument.string != "" else { continue }
                return try argument.converted(to: type).adding(.function("coalesce"))
            }
            throw EvaluationError("coalesce() found no value that is not null or empty")
        },
        Function("coalescelist", 1...Int.max, unknowns: .own, keepsOrigin: true) { call throws(EvaluationError) in
            for argument in call.arguments {
                switch argument.kind {
                case .list, .unknown: continue
                default: throw EvaluationError("coalescelist() needs lists, but this is \(argument.typeName)")
                }
            }
            for index in call.arguments.indices {
                let argument = call.arguments[index]
                if argument.unknownReason != nil { return argument }
                if try !call.elements(index).isEmpty { return argument.adding(.function("coalescelist")) }
            }
            throw EvaluationError("coalescelist() found no list with elements")
        },
        Function("element", 2, unknowns: .shallow, keepsOrigin: true) { call throws(EvaluationError) in
            let elements = try call.elements(0)
            let index = try call.integer(1)
            if case .set = call.arguments[0].kind { throw EvaluationError("element() cannot pick from a set") }
            guard !elements.isEmpty else { throw EvaluationError("element() cannot pick from an empty list") }
            // Versions of Terraform count from the end, refuse it or fail.
            guard index >= 0 else { throw EvaluationError("element() with a negative index is not evaluated", kind: .unsupported) }
            return elements[index % elements.count].inheriting(from: call.arguments[0]).adding(.function("element"))
        },
        Function("lookup", 2...3, unknowns: .own, keepsOrigin: true) { call throws(EvaluationError) in
            if let reason = call.arguments[0].unknownReason { return .unknown(reason) }
            let map = try call.map(0)
            if let reason = call.arguments[1].unknownReason {
                // Of an empty map it can only be the default.
                guard call.has(2), map.entries.isEmpty, map.openReason == nil else { return .unknown(reason) }
                return call.arguments[2].adding(.function("lookup"))
            }
            let key = try call.text(1)
            if let entry = map[key] { return entry.value.inheriting(from: call.arguments[0]).adding(.function("lookup")) }
            if let reason = map.reason(hiding: key) { return .unknown(reason) }
            guard call.has(2) else { throw EvaluationError("lookup() found no key \"\(key)\"") }
            guard !map.isObject, let type = map.entries.first?.value.type else { return call.arguments[2].adding(.function("lookup")) }
            return try call.arguments[2].converted(to: type).adding(.function("lookup"))
        },
        Function("one", 1, unknowns: .shallow, keepsOrigin: true) { call throws(EvaluationError) in
            let elements = try call.elements(0)
            guard elements.count < 2 else { throw EvaluationError("one() needs a list of at most one element") }
            return elements.first?.inheriting(from: call.arguments[0]).adding(.function("one")) ?? .null
        },
        secret("sensitive"), passing("nonsensitive"), secret("ephemeral"),
        // What is sensitive has no value here; and what has none may be sensitive.
        Function("issensitive", 1, unknowns: .deep) { _ throws(EvaluationError) in .bool(false) },
    ]

    /// A function whose value nobody may be shown: it is not known here, so that it reaches no message, patch or report.
    private static func secret(_ name: String) -> Function {
        Function(name, 1, unknowns: .own) { _ throws(EvaluationError) in .unknown(SecretReason.marked(by: name)) }
    }

    /// A function that changes what may be shown of a value, not the value.
    private static func passing(_ name: String) -> Function {
        Function(name, 1, unknowns: .own, keepsOrigin: true) { call throws(EvaluationError) in call.arguments[0] }
    }
}
