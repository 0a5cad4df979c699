internal import Patterns

/// A regular expression with what a match may cost.
struct PreparedPattern: Sendable {
    let pattern: LinearPattern

    /// As in Kubernetes: a tenth of the text times a quarter of the pattern; but a repetition such as `{1000}` is short to write and long
    /// to run, so the program's size counts too.
    func cost(_ length: UInt64) -> UInt64 {
        let written = times(tenth(plus(length, 1)), UInt64((pattern.pattern.utf8.count + 3) / 4))
        return max(1, written, times(plus(length, 1), UInt64(pattern.size)) / 4)
    }

    /// Why a text must not be matched.
    func limitError(_ text: String, _ meter: inout Meter) -> CELError? {
        let steps = times(UInt64(text.utf8.count + 1), UInt64(pattern.size))
        guard steps <= UInt64(meter.patternSteps) else {
            return CELError("the regular expression limit of \(meter.patternSteps) steps is exceeded", isLimit: true)
        }
        return meter.charge(cost(UInt64(text.utf8.count))) ? nil : meter.costError
    }
}

/// A pattern that is written in the expression was prepared with it.
final class MatchNode: TestNode, @unchecked Sendable {
    let operand: Node
    let pattern: PreparedPattern

    init(_ operand: Node, _ pattern: PreparedPattern, _ range: Range<Int>) {
        self.operand = operand
        self.pattern = pattern
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let value = operand.evaluate(&frame)
        guard case .string(let text) = value else {
            frame.pending = value.isUnusable ? value : located("no such overload: a text is matched, not \(value.typeName)")
            return .other
        }
        if let error = pattern.limitError(text, &frame.meter) {
            frame.pending = located(.error(error))
            return .other
        }
        return pattern.pattern.matches(text) ? .yes : .no
    }
}

extension Library {
    static func preparedPattern(_ text: String) -> PreparedPattern? {
        do {
            return PreparedPattern(pattern: try LinearPattern(text))
        } catch {
            return nil
        }
    }

    static func patternProblem(_ text: String) -> String? {
        do {
            _ = try LinearPattern(text)
            return nil
        } catch {
            return "the regular expression does not work: \(error.message)"
        }
    }

    private static func prepare(_ text: String, _ meter: inout Meter) -> Result<PreparedPattern, CELError> {
        guard meter.charge(UInt64(text.utf8.count)) else { return .failure(meter.costError) }
        do {
            let pattern = try LinearPattern(text)
            guard meter.charge(UInt64(pattern.size) / 4) else { return .failure(meter.costError) }
            return .success(PreparedPattern(pattern: pattern))
        } catch {
            return .failure(CELError("the regular expression does not work: \(error.message)"))
        }
    }

    /// Does something with a pattern and a text that it may be matched to.
    private static func with(
        _ pattern: String, on text: String, _ meter: inout Meter, _ body: (PreparedPattern, inout Meter) -> CELValue
    ) -> CELValue {
        switch prepare(pattern, &meter) {
        case .failure(let error): return .error(error)
        case .success(let prepared):
            if let error = prepared.limitError(text, &meter) { return .error(error) }
            return body(prepared, &meter)
        }
    }

    static let regexes: [Function] =
        [false, true].map { isMethod in
            .function("matches", returns: .bool, cost: .open, method: isMethod) { (text: String, pattern: String, meter) in
                with(pattern, on: text, &meter) { prepared, _ in .bool(prepared.pattern.matches(text)) }
            }
        } + [
            .function("regex.extract", returns: .optional(.string), cost: .open) { (text: String, pattern: String, meter) in
                with(pattern, on: text, &meter) { prepared, _ in
                    guard prepared.pattern.groupCount <= 1 else { return tooManyGroups(prepared) }
                    guard let match = prepared.pattern.firstMatch(in: text), let range = match.groups.first ?? match.range else {
                        return .noValue
                    }
                    return .optional(CELOptional(.string(part(Array(text.utf8), range))))
                }
            },
            .function("regex.extractAll", returns: .list(.string), cost: .open) { (text: String, pattern: String, meter) in
                with(pattern, on: text, &meter) { prepared, meter in
                    guard prepared.pattern.groupCount <= 1 else { return tooManyGroups(prepared) }
                    let bytes = Array(text.utf8)
                    guard let matches = allMatches(prepared, text, &meter) else { return .error(meter.costError) }
                    if let error = meter.listError(matches.count) { return .error(error) }
                    return .list(matches.compactMap { ($0.groups.first ?? $0.range).map { .string(part(bytes, $0)) } })
                }
            },
            .function("regex.replace", returns: .string, cost: .open) { (text: String, pattern: String, new: String, meter) in
                with(pattern, on: text, &meter) { prepared, meter in replace(text, prepared, new, .max, &meter) }
            },
            .function("regex.replace", returns: .string, cost: .open) { (text: String, pattern: String, new: String, count: Int64, meter) in
                with(pattern, on: text, &meter) { prepared, meter in
                    replace(text, prepared, new, count < 0 ? .max : Int(count), &meter)
                }
            },
        ]

    private static func tooManyGroups(_ prepared: PreparedPattern) -> CELValue {
        .failure("the regular expression has \(prepared.pattern.groupCount) groups, and one is what can be extracted")
    }

    private static func part(_ bytes: [UInt8], _ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Each search may look at all that is left, and pays for it.
    private static func allMatches(_ prepared: PreparedPattern, _ text: String, _ meter: inout Meter) -> [PatternMatch]? {
        var isPaid = true
        let matches = prepared.pattern.allMatches(in: text) { ahead in
            isPaid = meter.charge(times(2, prepared.cost(UInt64(ahead))))
            return isPaid
        }
        return isPaid ? matches : nil
    }

    private static func replace(_ text: String, _ prepared: PreparedPattern, _ new: String, _ limit: Int, _ meter: inout Meter) -> CELValue
    {
        guard limit > 0 else { return .string(text) }
        guard let template = template(new, groups: prepared.pattern.groupCount) else {
            return .failure("the replacement '\(new.prefix(40))' names a group that there is not; a backslash itself is '\\\\'")
        }
        guard let matches = allMatches(prepared, text, &meter) else { return .error(meter.costError) }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var at = 0
        for match in matches.prefix(limit) {
            result += bytes[at..<match.range.lowerBound]
            for piece in template {
                switch piece {
                case .text(let text): result += text
                case .group(0): result += bytes[match.range]
                case .group(let group): if let range = match.groups[group - 1] { result += bytes[range] }
                }
            }
            if let error = meter.textError(result.count) { return .error(error) }
            at = match.range.upperBound
        }
        result += bytes[at...]
        if let error = meter.textError(result.count) { return .error(error) }
        return .string(String(decoding: result, as: UTF8.self))
    }

    private enum Piece {
        case text([UInt8])
        case group(Int)
    }

    /// `\1` is the first group, `\0` the whole match, `\\` a backslash.
    private static func template(_ text: String, groups: Int) -> [Piece]? {
        var pieces: [Piece] = []
        var plain: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            switch bytes.next() {
            case UInt8(ascii: "\\"): plain.append(UInt8(ascii: "\\"))
            case let digit? where digit.isDigit && Int(digit - UInt8(ascii: "0")) <= groups:
                pieces += [.text(plain), .group(Int(digit - UInt8(ascii: "0")))]
                plain = []
            default: return nil
            }
        }
        return pieces + [.text(plain)]
    }
}
