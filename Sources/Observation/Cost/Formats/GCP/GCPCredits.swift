import CostModel
import JSON

/// What credits take off a charge.
struct GCPCredits {
    /// Free trials and the like, which FOCUS has as charges of their own.
    var promotions = FixedDecimal.zero
    var others = FixedDecimal.zero
    /// Whether the amounts have more digits than can be held.
    var isRounded = false

    /// Reads `[{"name": …, "amount": -1.5, "type": "PROMOTION"}]`; an amount that cannot be read is a fault.
    init(_ json: [UInt8]) throws(JSONError) {
        var (promotions, others, isRounded) = (FixedDecimal.zero, FixedDecimal.zero, false)
        try JSONReader.read(json) { (reader) throws(JSONError) in
            try reader.array { (reader) throws(JSONError) in
                var (amount, type): (FixedDecimal?, String) = (nil, "")
                try reader.object { (reader, key) throws(JSONError) in
                    switch (key.string, try reader.peek()) {
                    case ("type", .string): type = try reader.string()
                    case ("amount", .number): amount = Self.amount(try reader.number(), &isRounded)
                    case ("amount", .string): amount = Self.amount(Array(try reader.text()), &isRounded)
                    default: try reader.skip()
                    }
                }
                guard let amount else { throw reader.error("a credit without an amount that can be read") }
                if type == "PROMOTION" { promotions += amount } else { others += amount }
            }
        }
        (self.promotions, self.others, self.isRounded) = (promotions, others, isRounded)
    }

    private static func amount(_ bytes: [UInt8], _ isRounded: inout Bool) -> FixedDecimal? {
        bytes.withUnsafeBufferPointer { amount($0, &isRounded) }
    }

    private static func amount(_ bytes: UnsafeBufferPointer<UInt8>, _ isRounded: inout Bool) -> FixedDecimal? {
        do throws(FixedDecimal.ParseError) { return try FixedDecimal(parsing: bytes) } catch {
            guard error == .tooManyDigits, let amount = FixedDecimal(rounding: bytes) else { return nil }
            isRounded = true
            return amount
        }
    }
}

/// Lists as Python prints them, which is what a data frame makes of nested fields when it is written as CSV: `[{'key': 'team', 'value': None}]`.
enum PythonLiteral {
    /// The same as JSON; what is JSON already stays as it is.
    static func json(_ text: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        guard bytes.contains(UInt8(ascii: "'")), !isJSON(bytes) else { return bytes }
        var result: [UInt8] = []
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                at = copyText(bytes, from: at, to: &result)
            } else if let word = words.first(where: { bytes[at...].starts(with: $0.python.utf8) }) {
                result += Array(word.json.utf8)
                at += word.python.utf8.count
            } else {
                result.append(byte)
                at += 1
            }
        }
        return result
    }

    private static let words = [
        (python: "None", json: "null"), (python: "True", json: "true"), (python: "False", json: "false"),
    ]

    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        do throws(JSONError) {
            try JSONReader.read(bytes) { (reader) throws(JSONError) in try reader.skip() }
            return true
        } catch {
            return false
        }
    }

    /// Copies a text between quotes of either kind, and returns where it ends.
    private static func copyText(_ bytes: [UInt8], from start: Int, to result: inout [UInt8]) -> Int {
        let quote = bytes[start]
        var at = start + 1
        result.append(UInt8(ascii: "\""))
        while at < bytes.count, bytes[at] != quote {
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count {
                let next = bytes[at + 1]
                // JSON has no escape for a single quote, and Python's for bytes is a code point.
                if next == UInt8(ascii: "'") {
                    result.append(next)
                } else if next == UInt8(ascii: "x") {
                    result += Array("\\u00".utf8)
                } else {
                    result += [bytes[at], next]
                }
                at += 2
                continue
            }
            if bytes[at] == UInt8(ascii: "\"") { result.append(UInt8(ascii: "\\")) }
            result.append(bytes[at])
            at += 1
        }
        result.append(UInt8(ascii: "\""))
        return at + 1
    }
}
