extension Function {
    static let texts: [Function] = [
        Function("lower", 1) { call throws(EvaluationError) in .string(lowered(try call.text(0))) },
        Function("upper", 1) { call throws(EvaluationError) in .string(raised(try call.text(0))) },
        Function("title", 1) { call throws(EvaluationError) in .string(title(try call.text(0))) },
        Function("join", 2...Int.max) { call throws(EvaluationError) in
            var pieces: [String] = []
            for index in 1..<call.count { pieces += try call.texts(index) }
            let separator = try call.text(0)
            try call.admit(bytes: pieces.reduce(0) { $0 + $1.utf8.count + separator.utf8.count })
            return .string(pieces.joined(separator: separator))
        },
        Function("split", 2) { call throws(EvaluationError) in
            .list(split(try call.text(1), by: try call.text(0)).map { .string($0) })
        },
        Function("replace", 3) { call throws(EvaluationError) in
            let pattern = try call.text(1)
            if pattern.utf8.count > 1, pattern.utf8.first == .slash, pattern.utf8.last == .slash {
                return try replace(call, pattern: String(decoding: pattern.utf8.dropFirst().dropLast(), as: UTF8.self))
            }
            let pieces = split(try call.text(0), by: pattern)
            let other = try call.text(2)
            let (growth, overflow) = pieces.count.multipliedReportingOverflow(by: other.utf8.count)
            try call.admit(bytes: overflow ? .max : growth)
            // Go replaces an empty text before every character and at the end.
            return .string(pattern.isEmpty ? other + pieces.map { $0 + other }.joined() : pieces.joined(separator: other))
        },
        Function("trimspace", 1) { call throws(EvaluationError) in .string(trim(try call.text(0)) { $0.properties.isWhitespace }) },
        Function("trim", 2) { call throws(EvaluationError) in
            let set = Set(try call.text(1).unicodeScalars)
            return .string(trim(try call.text(0)) { set.contains($0) })
        },
        Function("trimprefix", 2) { call throws(EvaluationError) in
            let (text, prefix) = (try call.text(0), try call.text(1))
            return .string(
                text.utf8.starts(with: prefix.utf8) ? String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : text)
        },
        Function("trimsuffix", 2) { call throws(EvaluationError) in
            let (text, suffix) = (try call.text(0), try call.text(1))
            let isThere = text.utf8.reversed().starts(with: suffix.utf8.reversed())
            return .string(isThere ? String(decoding: text.utf8.dropLast(suffix.utf8.count), as: UTF8.self) : text)
        },
        Function("substr", 3) { call throws(EvaluationError) in
            guard let text = characters(try call.text(0)) else { return .unknown(differingCharacters) }
            var start = try call.integer(1)
            var length = try call.integer(2)
            // From the end, no length is all of the rest.
            if start < 0 {
                start = max(0, text.count + max(start, -text.count))
                if length == 0 { length = -1 }
            }
            guard start < text.count, length != 0 else { return .string("") }
            return .string(String(length < 0 ? text[start...] : text[start..<(start + min(length, text.count - start))]))
        },
        Function("strrev", 1) { call throws(EvaluationError) in
            characters(try call.text(0)).map { .string(String($0.reversed())) } ?? .unknown(differingCharacters)
        },
        Function("startswith", 2) { call throws(EvaluationError) in .bool(try call.text(0).utf8.starts(with: try call.text(1).utf8)) },
        Function("endswith", 2) { call throws(EvaluationError) in
            .bool(try call.text(0).utf8.reversed().starts(with: try call.text(1).utf8.reversed()))
        },
        Function("strcontains", 2) { call throws(EvaluationError) in
            let (text, part) = (try call.text(0), try call.text(1))
            return .bool(part.isEmpty || split(text, by: part).count > 1)
        },
        Function("chomp", 1) { call throws(EvaluationError) in
            var text = try call.text(0).utf8[...]
            while text.last == UInt8(ascii: "\n") || text.last == UInt8(ascii: "\r") { text.removeLast() }
            return .string(String(decoding: text, as: UTF8.self))
        },
        Function("indent", 2) { call throws(EvaluationError) in
            let spaces = try call.integer(0)
            let lines = split(try call.text(1), by: "\n")
            let (growth, overflow) = lines.count.multipliedReportingOverflow(by: spaces)
            guard spaces >= 0 else { throw EvaluationError("indent() needs a number that is not negative") }
            try call.admit(bytes: overflow ? .max : growth)
            return .string(lines.joined(separator: "\n" + String(repeating: " ", count: spaces)))
        },
    ]

    /// The pieces between the separators, by bytes; an empty separator splits between characters.
    ///
    /// In linear time whatever they are (Knuth, Morris and Pratt): "aaab" is not looked for again at each "a".
    static func split(_ text: String, by separator: String) -> [String] {
        guard !separator.isEmpty else { return text.unicodeScalars.map { String($0) } }
        let bytes = Array(text.utf8)
        let wanted = Array(separator.utf8)
        let borders = borders(of: wanted)
        var pieces: [String] = []
        var start = 0
        var matched = 0
        for (at, byte) in bytes.enumerated() {
            while matched > 0, wanted[matched] != byte { matched = borders[matched - 1] }
            if wanted[matched] == byte { matched += 1 }
            guard matched == wanted.count else { continue }
            pieces.append(String(decoding: bytes[start..<(at + 1 - wanted.count)], as: UTF8.self))
            start = at + 1
            // The next one begins behind this one.
            matched = 0
        }
        pieces.append(String(decoding: bytes[start...], as: UTF8.self))
        return pieces
    }

    /// For each beginning of a text: how long the longest shorter beginning is that it ends with.
    private static func borders(of text: [UInt8]) -> [Int] {
        var borders = [Int](repeating: 0, count: text.count)
        var length = 0
        for index in text.indices.dropFirst() {
            while length > 0, text[length] != text[index] { length = borders[length - 1] }
            if text[length] == text[index] { length += 1 }
            borders[index] = length
        }
        return borders
    }

    private static func trim(_ text: String, where test: (Unicode.Scalar) -> Bool) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, test(first) { scalars.removeFirst() }
        while let last = scalars.last, test(last) { scalars.removeLast() }
        return String(scalars)
    }
}
