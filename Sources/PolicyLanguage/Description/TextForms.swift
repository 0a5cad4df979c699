/// Names as DNS has them: `payments`, `cost-allocation`.
enum DNSLabel {
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else { return false }
        return bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    /// The nearest valid name: `Cost_Allocation` becomes `cost-allocation`. Nil where nothing sensible remains.
    static func corrected(_ text: String) -> String? {
        var result: [UInt8] = []
        for byte in text.lowercased().utf8.prefix(200) {
            if isAlphanumeric(byte) {
                result.append(byte)
            } else if result.last != UInt8(ascii: "-"), !result.isEmpty {
                result.append(UInt8(ascii: "-"))
            }
        }
        while result.last == UInt8(ascii: "-") { result.removeLast() }
        let corrected = String(decoding: result, as: UTF8.self)
        return isValid(corrected) ? corrected : nil
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}

/// Paths inside the workspace's Git tree: relative, with `/`, never leaving it.
enum TreePath {
    /// What is wrong with a path; nil when nothing is.
    static func problem(of path: String) -> String? {
        if path.isEmpty { return "it is empty" }
        if path.hasPrefix("/") { return "'\(path)' is absolute" }
        if path.utf8.contains(0) { return "it contains a null character" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        if parts.contains("..") { return "'..' would leave it" }
        if parts.contains(where: { $0.lowercased() == ".git" }) { return "'.git' is Git's own" }
        return nil
    }

    /// Without `.` and superfluous slashes; empty for the workspace itself.
    static func normalized(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }.joined(separator: "/")
    }
}

/// `{root}` and its like in paths.
enum Placeholders {
    /// The first `{name}` that nobody knows. Braces around anything but letters are left alone.
    static func firstUnknown(in text: String, known: [String]) -> (name: String, bytes: Range<Int>)? {
        let bytes = Array(text.utf8)
        var open: Int?
        for (offset, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "{") {
                open = offset
            } else if byte == UInt8(ascii: "}"), let start = open {
                let name = String(decoding: bytes[(start + 1)..<offset], as: UTF8.self)
                if !name.isEmpty, name.allSatisfy(\.isLetter), !known.contains(name) { return (name, start..<offset + 1) }
                open = nil
            }
        }
        return nil
    }
}
