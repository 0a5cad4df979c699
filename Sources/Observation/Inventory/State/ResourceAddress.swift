/// Takes addresses apart: `module.m["a.b"].aws_instance.i[0]`.
enum ResourceAddress {
    /// The addresses that may stand for this one where keys are not known: without the instance's key, without its modules', without any.
    static func broader(_ address: String) -> [String] {
        let keys = keys(of: address)
        let own = keys.filter { $0.upperBound == address.utf8.count }
        let modules = keys.filter { $0.upperBound != address.utf8.count }
        return [own, modules, keys].map { removing($0, from: address) }
    }

    /// `aws_instance` of `module.a["x.y"].aws_instance.web[0]`
    static func type(of address: String) -> Substring {
        removing(keys(of: address), from: address).split(separator: ".").dropLast().last ?? ""
    }

    private static func removing(_ keys: [Range<Int>], from address: String) -> String {
        var bytes = Array(address.utf8)
        for key in keys.reversed() { bytes.removeSubrange(key) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The byte ranges of `[…]`; brackets inside quotes do not count.
    private static func keys(of address: String) -> [Range<Int>] {
        var keys: [Range<Int>] = []
        var start: Int?
        var isQuoted = false
        var isEscaped = false
        for (offset, byte) in address.utf8.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: "["), !isQuoted {
                start = offset
            } else if byte == UInt8(ascii: "]"), !isQuoted, let opening = start {
                keys.append(opening..<offset + 1)
                start = nil
            }
        }
        return keys
    }
}
