extension Library {
    static let encoders: [Function] = [
        .function("base64.encode", returns: .string, cost: .text) { (a: Bytes, meter) in
            meter.textError(a.bytes.count * 4 / 3 + 4).map { .error($0) } ?? .string(encode(a.bytes))
        },
        .function("base64.decode", returns: .bytes, cost: .text) { (a: String, _) in
            decode(a).map { .bytes($0) } ?? .failure("the text is not base64")
        },
    ]

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [Int8] = {
        var values = [Int8](repeating: -1, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = Int8(value) }
        return values
    }()

    private static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0..<4 { result.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "=")) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// With or without the padding.
    private static func decode(_ text: String) -> [UInt8]? {
        var letters = Array(text.utf8)
        let padding = letters.suffix(2).filter { $0 == UInt8(ascii: "=") }.count
        if padding > 0 {
            guard letters.count % 4 == 0 else { return nil }
            letters.removeLast(padding)
        }
        guard letters.count % 4 != 1 else { return nil }
        var result: [UInt8] = []
        var bits = 0
        var count = 0
        for letter in letters {
            let value = Int(values[Int(letter)])
            guard value >= 0 else { return nil }
            bits = (bits << 6 | value) & 0xFFFFFF
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(bits >> count & 0xFF))
            }
        }
        return result
    }
}
