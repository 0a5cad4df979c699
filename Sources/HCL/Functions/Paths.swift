extension Function {
    static let paths: [Function] = [
        Function("basename", 1) { call throws(EvaluationError) in
            let text = try call.text(0)
            guard !text.isEmpty else { return .string(".") }
            return .string(parts(text).last ?? "/")
        },
        Function("dirname", 1) { call throws(EvaluationError) in
            let text = try call.text(0)
            guard let slash = text.utf8.lastIndex(of: .slash) else { return .string(".") }
            return .string(clean(String(decoding: text.utf8[...slash], as: UTF8.self)))
        },
        Function("abspath", 1) { _ throws(EvaluationError) in .unknown("abspath() depends on the machine") },
        Function("pathexpand", 1) { call throws(EvaluationError) in
            let text = try call.text(0)
            return text.utf8.first == UInt8(ascii: "~") ? .unknown("pathexpand() depends on the machine") : .string(text)
        },
    ]

    /// By bytes: as characters, a slash and a combining mark behind it are one.
    private static func parts(_ path: String) -> [String] {
        path.utf8.split(separator: .slash).map { String(decoding: $0, as: UTF8.self) }
    }

    /// As Go's `path.Clean`.
    private static func clean(_ path: String) -> String {
        var kept: [String] = []
        let isRooted = path.utf8.first == .slash
        for part in parts(path) where part != "." {
            if part == "..", let last = kept.last, last != ".." {
                kept.removeLast()
            } else if part != ".." || !isRooted {
                kept.append(part)
            }
        }
        let joined = kept.joined(separator: "/")
        return isRooted ? "/" + joined : joined.isEmpty ? "." : joined
    }
}
