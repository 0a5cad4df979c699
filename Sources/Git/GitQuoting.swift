import Diagnostics

/// How Git writes unusual file names in patches (`quote.c`, with `core.quotePath` on).
enum GitQuoting {
    /// The path as it is, or in quotes with C escapes where it holds control characters, quotes, backslashes or anything beyond ASCII.
    static func quoted(_ path: String) -> String {
        let bytes = PathText.bytes(of: path)
        guard bytes.contains(where: isUnusual) else { return path }
        return "\"" + bytes.map(escaped).joined() + "\""
    }

    private static func isUnusual(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case 0x07: return "\\a"
        case 0x08: return "\\b"
        case 0x09: return "\\t"
        case 0x0A: return "\\n"
        case 0x0B: return "\\v"
        case 0x0C: return "\\f"
        case 0x0D: return "\\r"
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case _ where isUnusual(byte):
            let octal = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
        default: return String(UnicodeScalar(byte))
        }
    }
}
