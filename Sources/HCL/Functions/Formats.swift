extension Function {
    static let formats: [Function] = [
        Function("format", 1...Int.max) { call throws(EvaluationError) in
            .string(try Formatter(call).format(try call.text(0), Array(call.arguments.dropFirst())))
        },
        Function("formatlist", 1...Int.max) { call throws(EvaluationError) in
            let lists = call.arguments.dropFirst().compactMap(\.elements)
            let count = lists.first?.count ?? 1
            guard lists.allSatisfy({ $0.count == count }) else { throw EvaluationError("formatlist() needs lists of one length") }
            var results: [Value] = []
            for row in 0..<count {
                let arguments = call.arguments.dropFirst().map { $0.elements?[row] ?? $0 }
                results.append(.string(try Formatter(call).format(try call.text(0), arguments)))
            }
            return .list(results)
        },
    ]
}

/// format()'s verbs.
private struct Formatter: ~Copyable {
    private let call: Call
    private var result = ""

    init(_ call: borrowing Call) { self.call = Call(name: call.name, arguments: call.arguments, evaluator: call.evaluator) }

    private struct Verb {
        var flags: Set<Unicode.Scalar> = []
        var width: Int?
        var precision: Int?
        var letter: Unicode.Scalar = "v"
    }

    consuming func format(_ pattern: String, _ arguments: [Value]) throws(EvaluationError) -> String {
        // Not by characters: a mark behind a sign would be one with it.
        var rest = pattern.unicodeScalars[...]
        var next = 0
        var indexed = false
        while let percent = rest.firstIndex(of: "%") {
            result.unicodeScalars += rest[..<percent]
            rest = rest[rest.index(after: percent)...]
            if rest.first == "%" {
                result += "%"
                rest.removeFirst()
                continue
            }
            var verb = Verb()
            while let flag = rest.first, "+-# 0".unicodeScalars.contains(flag) {
                verb.flags.insert(flag)
                rest.removeFirst()
            }
            verb.width = Self.digits(&rest)
            if rest.first == "." {
                rest.removeFirst()
                verb.precision = Self.digits(&rest) ?? 0
            }
            if rest.first == "[" {
                rest.removeFirst()
                guard let number = Self.digits(&rest), number > 0, rest.popFirst() == "]" else { throw Self.malformed }
                next = number - 1
                indexed = true
            }
            guard let letter = rest.popFirst() else { throw Self.malformed }
            verb.letter = letter
            guard arguments.indices.contains(next) else { throw EvaluationError("format() has too few arguments") }
            let text = try Self.text(arguments[next], verb)
            try call.admit(bytes: max(verb.width ?? 0, text.utf8.count) + result.utf8.count)
            result += try Self.padded(text, verb)
            next += 1
        }
        guard indexed || next >= arguments.count else { throw EvaluationError("format() has too many arguments") }
        result.unicodeScalars += rest
        return result
    }

    private static let malformed = EvaluationError("format() has a verb that is not read", kind: .unsupported)

    private static func digits(_ rest: inout Substring.UnicodeScalarView) -> Int? {
        var number: Int?
        while let digit = rest.first, ("0"..."9").contains(digit) {
            number = min((number ?? 0) * 10 + Int(digit.value - 0x30), 1 << 40)
            rest.removeFirst()
        }
        return number
    }

    private static func padded(_ text: String, _ verb: Verb) throws(EvaluationError) -> String {
        guard let width = verb.width else { return text }
        let missing = width - (try characters(text).count)
        guard missing > 0 else { return text }
        if verb.flags.contains("-") { return text + String(repeating: " ", count: missing) }
        guard verb.flags.contains("0") else { return String(repeating: " ", count: missing) + text }
        let sign = text.utf8.first == .dash || text.utf8.first == UInt8(ascii: "+") ? 1 : 0
        let scalars = text.unicodeScalars
        return String(scalars.prefix(sign)) + String(repeating: "0", count: missing) + String(scalars.dropFirst(sign))
    }

    private static func text(_ value: Value, _ verb: Verb) throws(EvaluationError) -> String {
        switch verb.letter {
        case "v":
            switch value.kind {
            case .string(let text) where !verb.flags.contains("#"): return try truncated(text, verb)
            case .number where !verb.flags.contains("#"): return signed(try value.requireText(), verb)
            case .null: return "null"
            default: return value.json
            }
        case "s": return try truncated(value.isNull ? "null" : try value.requireText(), verb)
        case "q": return Value.string(value.isNull ? "null" : try value.requireText()).json
        case "t": return try value.requireBool() ? "true" : "false"
        case "d", "b", "o", "x", "X": return try integer(value, verb)
        case "f", "e", "E", "g", "G": return try decimal(value, verb)
        default: throw EvaluationError("format() does not know the verb %\(verb.letter)")
        }
    }

    private static func truncated(_ text: String, _ verb: Verb) throws(EvaluationError) -> String {
        guard let precision = verb.precision else { return text }
        return String(try characters(text).prefix(precision))
    }

    private static func characters(_ text: String) throws(EvaluationError) -> [Character] {
        if let characters = Function.characters(text) { return characters }
        throw EvaluationError(Function.differingCharacters, kind: .unsupported)
    }

    private static func signed(_ text: String, _ verb: Verb) -> String {
        if text.utf8.first == .dash { return text }
        return verb.flags.contains("+") ? "+" + text : verb.flags.contains(" ") ? " " + text : text
    }

    private static func integer(_ value: Value, _ verb: Verb) throws(EvaluationError) -> String {
        let number = try value.requireNumber()
        guard number.denominator == 1 else { throw EvaluationError("format() needs a whole number for %\(verb.letter)") }
        let whole = number.numerator
        let radix = verb.letter == "b" ? 2 : verb.letter == "o" ? 8 : verb.letter == "d" ? 10 : 16
        var digits = String(whole.magnitude, radix: radix, uppercase: verb.letter == "X")
        if let precision = verb.precision, digits.utf8.count < precision {
            guard precision <= 4096 else { throw EvaluationError("format() cannot show so many digits", kind: .unsupported) }
            digits = String(repeating: "0", count: precision - digits.utf8.count) + digits
        }
        return signed((whole < 0 ? "-" : "") + digits, verb)
    }

    /// `%f` exactly; `%e` and `%g` by way of the shortest decimal.
    private static func decimal(_ value: Value, _ verb: Verb) throws(EvaluationError) -> String {
        let number = try value.requireNumber()
        guard verb.letter == "f" else {
            guard verb.letter == "g" || verb.letter == "G", verb.precision == nil, (-4..<6).contains(exponent(number)) else {
                throw EvaluationError("format()'s %\(verb.letter) is not evaluated", kind: .unsupported)
            }
            return signed(number.description, verb)
        }
        let digits = verb.precision ?? 6
        guard digits <= 30, let power = Number(10).raised(to: digits), let scaled = number.multiplied(by: power) else {
            throw EvaluationError("format() cannot show so many digits", kind: .unsupported)
        }
        let text = String(rounded(scaled).magnitude)
        let filled = text.count <= digits ? String(repeating: "0", count: digits + 1 - text.count) + text : text
        let fraction = digits > 0 ? "." + filled.suffix(digits) : ""
        return signed((number.isNegative ? "-" : "") + filled.dropLast(digits) + fraction, verb)
    }

    /// To the nearest whole number; halves go to the even one, as Go rounds.
    private static func rounded(_ number: Number) -> Int128 {
        let whole = number.floor.numerator
        let rest = number.numerator - whole * number.denominator
        let other = number.denominator - rest
        return rest > other || (rest == other && whole % 2 != 0) ? whole + 1 : whole
    }

    private static func exponent(_ number: Number) -> Int {
        var magnitude = abs(number.approximate)
        guard magnitude > 0 else { return 0 }
        var exponent = 0
        while magnitude >= 10, exponent < 40 { (magnitude, exponent) = (magnitude / 10, exponent + 1) }
        while magnitude < 1, exponent > -40 { (magnitude, exponent) = (magnitude * 10, exponent - 1) }
        return exponent
    }
}
