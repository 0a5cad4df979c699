extension Library {
    static let conversions: [Function] = [
        .function("dyn", [.parameter("A")], returns: .dyn) { (a: CELValue, _) in a },
        .function("type", [.parameter("A")], returns: .type(.parameter("A"))) { (a: CELValue, _) in .type(a.type) },
        .function("bool", returns: .bool) { (a: Bool, _) in .bool(a) },
        .function("bool", returns: .bool) { (a: String, _) in bool(a) },
        .function("int", returns: .int) { (a: Int64, _) in .int(a) },
        .function("int", returns: .int) { (a: UInt64, _) in Int64(exactly: a).map { .int($0) } ?? rangeError("an int", a) },
        .function("int", returns: .int) { (a: Double, _) in
            abs(a) < 0x1p63 ? .int(Int64(a)) : rangeError("an int", a)
        },
        .function("int", returns: .int, cost: .text) { (a: String, _) in
            isWholeNumber(a) ? Int64(a).map { .int($0) } ?? rangeError("an int", a) : .failure("'\(a)' is not a whole number")
        },
        .function("int", returns: .int) { (a: CELTimestamp, _) in .int(a.seconds) },
        .function("uint", returns: .uint) { (a: UInt64, _) in .uint(a) },
        .function("uint", returns: .uint) { (a: Int64, _) in UInt64(exactly: a).map { .uint($0) } ?? rangeError("a uint", a) },
        .function("uint", returns: .uint) { (a: Double, _) in
            a >= 0 && a < 0x1p64 ? .uint(UInt64(a)) : rangeError("a uint", a)
        },
        .function("uint", returns: .uint, cost: .text) { (a: String, _) in
            isWholeNumber(a) ? UInt64(a).map { .uint($0) } ?? rangeError("a uint", a) : .failure("'\(a)' is not a whole number")
        },
        .function("double", returns: .double) { (a: Double, _) in .double(a) },
        .function("double", returns: .double) { (a: Int64, _) in .double(Double(a)) },
        .function("double", returns: .double) { (a: UInt64, _) in .double(Double(a)) },
        .function("double", returns: .double, cost: .text) { (a: String, _) in double(a) },
        .function("bytes", returns: .bytes) { (a: Bytes, _) in .bytes(a.bytes) },
        .function("bytes", returns: .bytes, cost: .text.sized(.first)) { (a: String, _) in .bytes(Array(a.utf8)) },
        .function("string", returns: .string, cost: .one.sized(.first)) { (a: String, _) in .string(a) },
        .function("string", returns: .string) { (a: Bool, _) in .string(a ? "true" : "false") },
        .function("string", returns: .string) { (a: Int64, _) in .string(String(a)) },
        .function("string", returns: .string) { (a: UInt64, _) in .string(String(a)) },
        .function("string", returns: .string) { (a: Double, _) in .string(NumberText.general(a)) },
        .function("string", returns: .string, cost: .text) { (a: Bytes, _) in
            String(validating: a.bytes, as: UTF8.self).map { .string($0) } ?? .failure("invalid UTF-8 in bytes, cannot convert to string")
        },
        .function("string", returns: .string) { (a: CELTimestamp, _) in .string(a.text) },
        .function("string", returns: .string) { (a: CELDuration, _) in .string(a.text) },
        .function("string", returns: .string) { (a: CELMoney, _) in .string(a.text) },
        .function("string", returns: .string) { (a: Quantity, _) in .string(a.quantity.text) },
        .function("string", returns: .string) { (a: Address, _) in .string(a.address.text) },
        .function("string", returns: .string) { (a: Network, _) in .string(a.network.text) },
        .function("timestamp", returns: .timestamp) { (a: CELTimestamp, _) in .timestamp(a) },
        .function("timestamp", returns: .timestamp) { (a: Int64, _) in CELTimestamp.checked(Int128(a), 0) },
        .function("timestamp", returns: .timestamp, cost: .text) { (a: String, _) in CELTimestamp.parse(a) },
        .function("duration", returns: .duration) { (a: CELDuration, _) in .duration(a) },
        .function("duration", returns: .duration, cost: .text) { (a: String, _) in CELDuration.parse(a) },
    ]

    private static func rangeError(_ type: String, _ value: some CustomStringConvertible) -> CELValue {
        .failure("range error: \(value.description.prefix(40)) does not fit \(type)")
    }

    private static func isWholeNumber(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+") ? text.utf8.dropFirst() : text.utf8[...]
        return !digits.isEmpty && digits.allSatisfy(\.isDigit)
    }

    private static func bool(_ text: String) -> CELValue {
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": .bool(true)
        case "0", "f", "F", "false", "FALSE", "False": .bool(false)
        default: .failure("type conversion error: '\(text.prefix(40))' is neither true nor false")
        }
    }

    private static func double(_ text: String) -> CELValue {
        guard let value = Double(text) else { return .failure("'\(text.prefix(40))' is not a number") }
        if value.isInfinite, text.utf8.contains(where: \.isDigit) { return rangeError("a double", text) }
        return .double(value)
    }
}
