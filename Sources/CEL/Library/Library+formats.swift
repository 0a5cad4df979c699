/// `"%s costs %.2f".format([name, amount])`.
extension Library {
    static let formats: [Function] = [
        .method("format", returns: .string, cost: .open) { (a: String, arguments: Elements, meter) in
            var formatter = Formatter(arguments: arguments.elements)
            do throws(CELError) {
                try formatter.run(a, &meter)
                return .string(formatter.result)
            } catch {
                return .error(error)
            }
        }
    ]
}

private struct Formatter {
    let arguments: [CELValue]
    var result = ""
    private var used = 0
    private static let precisionLimit = 1000

    init(arguments: [CELValue]) { self.arguments = arguments }

    mutating func run(_ format: String, _ meter: inout Meter) throws(CELError) {
        guard meter.charge(tenth(UInt64(format.utf8.count))) else { throw meter.costError }
        var rest = format.unicodeScalars[...]
        while let mark = rest.firstIndex(of: "%") {
            result += String(rest[..<mark])
            rest = rest[rest.index(after: mark)...]
            if rest.first == "%" {
                result += "%"
                rest = rest.dropFirst()
                continue
            }
            var precision: Int?
            if rest.first == "." {
                let digits = rest.dropFirst().prefix { ("0"..."9").contains($0) }
                guard let value = Int(String(digits)), value <= Self.precisionLimit else {
                    throw CELError(
                        "could not parse formatting clause: the precision limit is \(Self.precisionLimit) digits", isLimit: digits.count > 3
                    )
                }
                precision = value
                rest = rest[digits.endIndex...]
            }
            guard let letter = rest.first else { throw CELError("could not parse formatting clause: the format ends") }
            rest = rest.dropFirst()
            try append(letter, precision, &meter)
            if let error = meter.textError(result.utf8.count) { throw error }
        }
        result.unicodeScalars.append(contentsOf: rest)
        if let error = meter.textError(result.utf8.count) { throw error }
        guard meter.charge(tenth(UInt64(result.utf8.count))) else { throw meter.costError }
    }

    private mutating func append(_ letter: Unicode.Scalar, _ precision: Int?, _ meter: inout Meter) throws(CELError) {
        guard "sdfeboxX".unicodeScalars.contains(letter) else {
            throw CELError("could not parse formatting clause: unrecognized formatting clause \"\(letter)\"")
        }
        guard used < arguments.count else { throw CELError("error during formatting: index \(used) out of range") }
        let value = arguments[used]
        used += 1
        switch letter {
        case "s": try result += text(value, &meter)
        case "d": try result += decimal(value)
        case "f": try result += NumberText.fixed(number(value, "fixed-point"), precision: precision ?? 6)
        case "e": try result += NumberText.scientific(number(value, "scientific"), precision: precision ?? 6)
        case "b": try result += radix(value, 2, "binary", "only integers and bools can be formatted as binary")
        case "o": try result += radix(value, 8, "octal", "octal clause can only be used on integers")
        default: try result += hex(value, isUpper: letter == "X", &meter)
        }
    }

    private func wrong(_ message: String, _ value: CELValue) -> CELError {
        CELError("error during formatting: \(message), was given \(value.type.name)")
    }

    private func decimal(_ value: CELValue) throws(CELError) -> String {
        switch value {
        case .int(let value): return String(value)
        case .uint(let value): return String(value)
        case .double(let value): return NumberText.decimal(value)
        case .money(let money): return CELMoney.decimal(money.units)
        default: throw wrong("decimal clause can only be used on integers", value)
        }
    }

    private func number(_ value: CELValue, _ clause: String) throws(CELError) -> Double {
        switch value {
        case .int(let value): return Double(value)
        case .uint(let value): return Double(value)
        case .double(let value): return value
        case .money(let money): return money.amount
        default: throw wrong("\(clause) clause can only be used on doubles", value)
        }
    }

    private func radix(_ value: CELValue, _ radix: Int, _ clause: String, _ message: String) throws(CELError) -> String {
        switch value {
        case .int(let value): return String(value, radix: radix)
        case .uint(let value): return String(value, radix: radix)
        case .bool(let value) where radix == 2: return value ? "1" : "0"
        default: throw wrong(message, value)
        }
    }

    private func hex(_ value: CELValue, isUpper: Bool, _ meter: inout Meter) throws(CELError) -> String {
        let bytes: [UInt8]
        switch value {
        case .int(let value): return String(value, radix: 16, uppercase: isUpper)
        case .uint(let value): return String(value, radix: 16, uppercase: isUpper)
        case .string(let text): bytes = Array(text.utf8)
        case .bytes(let value): bytes = value
        default: throw wrong("only integers, byte buffers, and strings can be formatted as hex", value)
        }
        if let error = meter.textError(bytes.count * 2) { throw error }
        guard meter.charge(tenth(UInt64(bytes.count))) else { throw meter.costError }
        let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Lists may share so much that their text is far longer than they are: every part is paid for.
    private func text(_ value: CELValue, _ meter: inout Meter) throws(CELError) -> String {
        guard meter.charge(max(1, tenth(value.costSize))) else { throw meter.costError }
        switch value {
        case .string(let text): return text
        case .double(let value): return NumberText.decimal(value)
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .int, .uint: return try decimal(value)
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .timestamp(let value): return value.text
        case .duration(let value): return value.text
        case .money(let value): return value.text
        case .quantity(let value): return value.text
        case .ip(let value): return value.text
        case .cidr(let value): return value.text
        case .type(let type): return type.name
        case .list(let list):
            var parts: [String] = []
            var length = 2
            for element in list.elements {
                let part = try text(element, &meter)
                length += part.utf8.count + 2
                if let error = meter.textError(length) { throw error }
                parts.append(part)
            }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(String, String)] = []
            var length = 2
            for (key, value) in zip(map.keys, map.values) {
                let part = (try text(key, &meter), try text(value, &meter))
                length += part.0.utf8.count + part.1.utf8.count + 4
                if let error = meter.textError(length) { throw error }
                parts.append(part)
            }
            parts.sort { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
            return "{" + parts.map { "\($0): \($1)" }.joined(separator: ", ") + "}"
        default:
            throw wrong(
                "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps",
                value)
        }
    }
}
