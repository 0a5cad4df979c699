/// Escapes and `[…]`.
extension PatternParser {
    /// Reads from the backslash, outside a class.
    mutating func escape() throws(PatternError) -> PatternNode {
        let start = at
        at += 1
        guard let scalar = next else { throw error("the pattern ends in a backslash", at: start) }
        switch scalar {
        case "A": return assertion(.startOfText)
        case "z": return assertion(.endOfText)
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.noWordBoundary)
        case "1"..."9", "k": throw error("back-reference '\\\(scalar)' is not supported: it cannot run in linear time", at: start)
        default: break
        }
        var set = ScalarSet()
        if try insertNamedClass(into: &set, startedAt: start) { return .set(set.normalized) }
        return literal(try escapedScalar(startedAt: start))
    }

    private mutating func assertion(_ assertion: PatternNode.Assertion) -> PatternNode {
        at += 1
        return .assertion(assertion)
    }

    /// Reads from `[` to `]`.
    mutating func characterClass() throws(PatternError) -> ScalarSet {
        let start = at
        at += 1
        let isNegated = take("^")
        var set = ScalarSet()
        var isFirst = true
        while let scalar = next {
            if scalar == "]", !isFirst {
                at += 1
                set = set.normalized
                if flags.ignoresCase { set = set.caseFolded }
                return isNegated ? set.inverted : set
            }
            isFirst = false
            try classItem(scalar, into: &set)
        }
        throw error("'[' is never closed", at: start)
    }

    private mutating func classItem(_ scalar: Unicode.Scalar, into set: inout ScalarSet) throws(PatternError) {
        let start = at
        if scalar == "[", take("[:") { return try posixClass(into: &set, startedAt: start) }
        if scalar == "\\" {
            at += 1
            if try insertNamedClass(into: &set, startedAt: start) { return }
            at = start
        }
        let lower = try classScalar()
        guard next == "-", at + 1 < scalars.count, scalars[at + 1] != "]" else { return set.insert(lower.value...lower.value) }
        at += 1
        let upper = try classScalar()
        guard lower <= upper else {
            let text = String(String.UnicodeScalarView(scalars[start..<at]))
            throw error("the range '\(text)' runs backwards", at: start)
        }
        set.insert(lower.value...upper.value)
    }

    private mutating func classScalar() throws(PatternError) -> Unicode.Scalar {
        let start = at
        guard let scalar = next else { throw error("'[' is never closed", at: start) }
        at += 1
        guard scalar == "\\" else { return scalar }
        guard next != nil else { throw error("the pattern ends in a backslash", at: start) }
        return try escapedScalar(startedAt: start)
    }

    private mutating func posixClass(into set: inout ScalarSet, startedAt start: Int) throws(PatternError) {
        let isNegated = take("^")
        var name = ""
        while let scalar = next, ScalarSet.isWord(scalar) {
            name.unicodeScalars.append(scalar)
            at += 1
        }
        guard take(":]"), let ranges = ScalarSet.posixClasses[name] else { throw error("unknown character class '[:\(name):]'", at: start) }
        set.formUnion(isNegated ? ScalarSet.complement(of: ranges) : ranges)
    }

    /// Behind the backslash: `d`, `W`, `p{Lu}`; false when it is none of these.
    private mutating func insertNamedClass(into set: inout ScalarSet, startedAt start: Int) throws(PatternError) -> Bool {
        guard let scalar = next else { throw error("the pattern ends in a backslash", at: start) }
        let ranges: [ClosedRange<UInt32>]
        switch scalar {
        case "d", "D": ranges = ScalarSet.digits
        case "s", "S": ranges = ScalarSet.whiteSpace
        case "w", "W": ranges = ScalarSet.wordCharacters
        case "p", "P":
            at += 1
            set.insert(try category(isNegated: scalar == "P", startedAt: start))
            return true
        default: return false
        }
        at += 1
        set.formUnion(("A"..."Z").contains(scalar) ? ScalarSet.complement(of: ranges) : ranges)
        return true
    }

    /// Behind `\p`: `L`, `{Lu}`, `{^Lu}`.
    private mutating func category(isNegated: Bool, startedAt start: Int) throws(PatternError) -> ScalarSet.Category {
        var isNegated = isNegated
        var name = ""
        if take("{") {
            if take("^") { isNegated.toggle() }
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                at += 1
            }
            guard take("}") else { throw error("'\\p{' is never closed", at: start) }
        } else if let scalar = next {
            name = String(scalar)
            at += 1
        }
        guard let category = ScalarSet.Category(named: name, isNegated: isNegated) else {
            throw error("unknown Unicode category '\(name)'; known are letters such as L, Lu, N, Nd, P, S and Z", at: start)
        }
        return category
    }

    /// Behind the backslash: a scalar written by letter, by number, or a punctuation mark that stands for itself.
    private mutating func escapedScalar(startedAt start: Int) throws(PatternError) -> Unicode.Scalar {
        let scalar = scalars[at]
        at += 1
        switch scalar {
        case "a": return "\u{07}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{0B}"
        case "x": return try hexadecimal(startedAt: start)
        case "0": return octal()
        case _ where scalar.isASCII && !ScalarSet.isWord(scalar): return scalar
        case "_": return scalar
        default: throw error("unknown escape '\\\(scalar)'", at: start)
        }
    }

    /// Behind `\x`: two digits, or any number of them in braces.
    private mutating func hexadecimal(startedAt start: Int) throws(PatternError) -> Unicode.Scalar {
        let isBraced = take("{")
        var value: UInt32 = 0
        var count = 0
        while isBraced || count < 2, let digit = next?.properties.isASCIIHexDigit == true ? next?.hexDigitValue : nil, value <= 0x10FFFF {
            value = value * 16 + digit
            count += 1
            at += 1
        }
        guard isBraced ? count > 0 && take("}") : count == 2, let scalar = Unicode.Scalar(value) else {
            throw error("'\\x' needs two hexadecimal digits, or a character's number in braces", at: start)
        }
        return scalar
    }

    /// Behind `\0`: up to two more digits.
    private mutating func octal() -> Unicode.Scalar {
        var value: UInt8 = 0
        for _ in 0..<2 {
            guard let digit = next, ("0"..."7").contains(digit) else { break }
            value = value * 8 + UInt8(digit.value - 0x30)
            at += 1
        }
        return Unicode.Scalar(value)
    }
}

extension Unicode.Scalar {
    fileprivate var hexDigitValue: UInt32? { Character(self).hexDigitValue.map(UInt32.init) }
}
