extension Function {
    static let encodings: [Function] = [
        Function("jsonencode", 1) { call throws(EvaluationError) in .string(call.arguments[0].json) },
        Function("jsondecode", 1) { call throws(EvaluationError) in try Value(json: call.text(0)) },
        Function("base64encode", 1) { call throws(EvaluationError) in .string(Base64.encode(Array(try call.text(0).utf8))) },
        Function("base64decode", 1) { call throws(EvaluationError) in
            guard let bytes = Base64.decode(Array(try call.text(0).utf8)), let text = String(validating: bytes, as: UTF8.self) else {
                throw EvaluationError("base64decode() needs base64 of UTF-8 text")
            }
            return .string(text)
        },
        Function("urlencode", 1) { call throws(EvaluationError) in .string(urlEncoded(try call.text(0))) },
    ]

    /// As Go's `url.QueryEscape`.
    private static func urlEncoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~": result.unicodeScalars.append(scalar)
            case " ": result += "+"
            default: result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}

private enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << UInt32(16 - 8 * $1.offset) }
            for index in 0..<4 {
                result.append(index <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * index)) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func decode(_ text: [UInt8]) -> [UInt8]? {
        // Line ends do not count.
        let text = text.filter { $0 != .newline && $0 != .carriageReturn }
        guard text.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        var bits: UInt32 = 0
        for (offset, byte) in text.enumerated() {
            let isPadding = offset >= text.count - padding
            guard let digit = isPadding ? 0 : alphabet.firstIndex(of: byte) else { return nil }
            bits = bits << 6 | UInt32(digit)
            guard offset % 4 == 3 else { continue }
            result += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
            bits = 0
        }
        result.removeLast(min(padding, result.count))
        return result
    }
}
