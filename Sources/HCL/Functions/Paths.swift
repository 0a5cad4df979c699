extension Function {
    static let paths: [Function] = [
        Function("basename", 1) { call throws(EvaluationError) in
            let text = try call.text(0)
            guard !text.isEmpty else { return .string(".") }
            return .string(text.split(separator: "/").last.map { String($0) } ?? "/")
        },
        Function("dirname", 1) { call throws(EvaluationError) in
            let text = try call.text(0)
            guard let slash = text.lastIndex(of: "/") else { return .string(".") }
            return .string(clean(String(text[...slash])))
        },
        Function("abspath", 1) { _ throws(EvaluationError) in .unknown("abspath() depends on the machine") },
        Function("pathexpand", 1) { call throws(EvaluationError) in
            let text = try call.text(0)
            return text.hasPrefix("~") ? .unknown("pathexpand() depends on the machine") : .string(text)
        },
    ]

    /// As Go's `path.Clean`.
    private static func clean(_ path: String) -> String {
        var parts: [Substring] = []
        let isRooted = path.hasPrefix("/")
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isRooted {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return isRooted ? "/" + joined : joined.isEmpty ? "." : joined
    }
}
