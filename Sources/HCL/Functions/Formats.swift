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
            try call.admit(bytes: (verb.width ?? 0) + result.utf8.count)
            let text = try Self.text(arguments[next], verb)
            try call.admit(bytes: text.utf8.count + result.utf8.count)
            result += text
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
        // Of a null that has a type Terraform says "null" for %v and refuses the other verbs; of one that has none it does not know.
        guard !value.isNull else { throw EvaluationError("format() of null depends on its type", kind: .unsupported) }
        switch verb.letter {
        case "v":
            switch value.kind {
            case .string(let text) where !verb.flags.contains("#"): return try padded(text, verb)
            case .number(let number) where !verb.flags.contains("#"): return try padded(general(number, verb), verb)
            case .number: return try padded(try value.requireText(), verb)
            default: return try padded(value.json, verb)
            }
        case "s": return try padded(truncated(value.requireText(), verb), verb)
        case "q": return try padded(Value.string(value.requireText()).json, verb)
        // Whatever its width.
        case "t": return try value.requireBool() ? "true" : "false"
        case "d", "b", "o", "x", "X": return try integer(value, verb)
        case "f", "e", "E", "g", "G": return try padded(signed(decimal(value, verb), verb), verb)
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

    /// As Go writes whole numbers: `#` puts the base before the digits, and `0` fills up where no precision does.
    private static func integer(_ value: Value, _ verb: Verb) throws(EvaluationError) -> String {
        let number = try value.requireNumber()
        guard number.denominator == 1 else { throw EvaluationError("format() needs a whole number for %\(verb.letter)") }
        let whole = number.numerator
        let radix = verb.letter == "b" ? 2 : verb.letter == "o" ? 8 : verb.letter == "d" ? 10 : 16
        var digits = String(whole.magnitude, radix: radix, uppercase: verb.letter == "X")
        let sign = signed(whole < 0 ? "-" : "", verb)
        let prefix = verb.flags.contains("#") ? [2: "0b", 8: "0", 16: verb.letter == "X" ? "0X" : "0x"][radix] ?? "" : ""
        func filled(to count: Int) throws(EvaluationError) {
            guard count <= 4096 else { throw EvaluationError("format() cannot show so many digits", kind: .unsupported) }
            digits = String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
        }
        if let precision = verb.precision {
            if precision == 0, whole == 0 { return "" }
            try filled(to: precision)
        } else if let width = verb.width, verb.flags.contains("0"), !verb.flags.contains("-") {
            try filled(to: width - sign.utf8.count - prefix.utf8.count)
        }
        var spaces = verb
        spaces.flags.remove("0")
        return try padded(sign + prefix + digits, spaces)
    }

    /// `%f` exactly; of `%g` the digits that there are; `%e` is not evaluated.
    private static func decimal(_ value: Value, _ verb: Verb) throws(EvaluationError) -> String {
        let number = try value.requireNumber()
        guard verb.letter == "f" else {
            guard verb.letter == "g" || verb.letter == "G", verb.precision == nil else {
                throw EvaluationError("format()'s %\(verb.letter) is not evaluated", kind: .unsupported)
            }
            return try general(number, verb)
        }
        guard !number.isZero || !number.isRounded else { throw EvaluationError(Number.rounding, kind: .unsupported) }
        let digits = verb.precision ?? 6
        guard digits <= 30, let power = Number(10).raised(to: digits), let scaled = number.multiplied(by: power) else {
            throw EvaluationError("format() cannot show so many digits", kind: .unsupported)
        }
        let text = String(rounded(scaled).magnitude)
        let filled = text.count <= digits ? String(repeating: "0", count: digits + 1 - text.count) + text : text
        let fraction = digits > 0 ? "." + filled.suffix(digits) : ""
        return (number.isNegative ? "-" : "") + filled.dropLast(digits) + fraction
    }

    /// The fewest digits that say the number, with an exponent below -4 and from 6 on: `123456`, `1.234567e+06`, `1e-05`.
    private static func general(_ number: Number, _ verb: Verb) throws(EvaluationError) -> String {
        // A tenth is said by one digit, however it is held; a third by as many as fit, and nobody writes those by hand.
        let plain = try Value.number(number).requireText()
        let unsigned = plain.utf8.first == .dash ? plain.dropFirst() : plain[...]
        let parts = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1] : ""
        guard fraction.utf8.count < 100 else { throw EvaluationError(Number.rounding, kind: .unsupported) }
        let all = parts[0] + fraction
        let digits = all.drop { $0 == "0" }
        guard !digits.isEmpty else { return plain }
        let exponent = parts[0].utf8.count - 1 - (all.utf8.count - digits.utf8.count)
        guard exponent < -4 || exponent >= 6 else { return plain }
        let kept = String(digits.reversed().drop { $0 == "0" }.reversed())
        let mantissa = kept.utf8.count > 1 ? kept.prefix(1) + "." + kept.dropFirst() : kept
        let size = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        return (plain.utf8.first == .dash ? "-" : "") + mantissa + (verb.letter == "G" ? "E" : "e") + (exponent < 0 ? "-" : "+") + size
    }

    /// To the nearest whole number; halves go to the even one, as Go rounds.
    private static func rounded(_ number: Number) -> Int128 {
        let whole = number.floor.numerator
        let rest = number.numerator - whole * number.denominator
        let other = number.denominator - rest
        return rest > other || (rest == other && whole % 2 != 0) ? whole + 1 : whole
    }
}
