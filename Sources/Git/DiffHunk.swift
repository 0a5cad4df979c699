/// Lines of a difference that follow each other.
struct DiffHunk {
    /// The first line on each side.
    private var old: Int
    private var new: Int
    private var oldCount = 0
    private var newCount = 0
    private var hasChanges = false
    private var lines: [UInt8] = []

    init(old: Int, new: Int) {
        self.old = old
        self.new = new
    }

    /// - Parameter origin: as Git marks lines; other marks than these belong to the line before.
    mutating func add(_ origin: Unicode.Scalar, _ content: some Sequence<UInt8>) {
        switch origin {
        case " ": (oldCount, newCount) = (oldCount + 1, newCount + 1)
        case "-": (oldCount, hasChanges) = (oldCount + 1, true)
        case "+": (newCount, hasChanges) = (newCount + 1, true)
        default:
            if !lines.isEmpty { lines += content }
            return
        }
        lines.append(UInt8(ascii: origin))
        lines += content
    }

    /// With its heading, but without what Git may add behind the second `@@`: it can cut a character in half. Empty where nothing changes.
    var text: [UInt8] {
        guard hasChanges else { return [] }
        return Array("@@ -\(Self.span(old, oldCount)) +\(Self.span(new, newCount)) @@\n".utf8) + lines
    }

    /// What begins behind the line that follows, which neither shows.
    var next: DiffHunk { DiffHunk(old: old + oldCount + 1, new: new + newCount + 1) }

    private static func span(_ start: Int, _ count: Int) -> String {
        count == 1 ? "\(start)" : "\(count == 0 ? start - 1 : start),\(count)"
    }
}
