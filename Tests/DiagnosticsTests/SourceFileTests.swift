import Diagnostics
import Testing

@Suite("places in a file")
struct SourceFileTests {
    @Test(
        "columns count scalars wherever the line begins", arguments: ["a", "é", "€\u{301}", "👍x", "a\n", "é€\n👍\r\n"], [1, 341, 1024, 2048])
    func columns(unit: String, count: Int) {
        for prefix in ["", "\u{FEFF}", "\u{FEFF}\n"] {
            let file = SourceFile(path: "f", text: prefix + String(repeating: unit, count: count))
            let counted = Self.positions(of: file.bytes)
            for offset in Set([0, 1, 2, 3, 4, 1022, 1023, 1024, 1025, 2048, counted.count / 2, counted.count - 1])
            where offset < counted.count {
                #expect(file.position(at: offset) == counted[offset], "\(offset) of \(counted.count)")
            }
        }
    }

    @Test(
        "lines begin behind every line end, however far they lie apart and whatever stands beside them",
        arguments: [0x00, 0x09, 0x0B, 0x8A, 0xFF] as [UInt8])
    func lines(other: UInt8) {
        for first in 0..<18 {
            for second in 0..<18 {
                let bytes = [UInt8](repeating: other, count: first) + [0x0A] + [UInt8](repeating: other, count: second) + [0x0A, other]
                let file = SourceFile(path: "f", bytes: bytes)
                #expect(file.lineCount == 3)
                #expect((1...3).map(file.fullRange) == [0..<first + 1, first + 1..<first + second + 2, first + second + 2..<bytes.count])
            }
        }
    }

    /// Of every offset and the end, counted one after the other.
    private static func positions(of bytes: [UInt8]) -> [SourcePosition] {
        var positions: [SourcePosition] = []
        var (line, column) = (1, 1)
        for (offset, byte) in bytes.enumerated() {
            positions.append(SourcePosition(line: line, column: column))
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80, !(offset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])) {
                column += 1
            }
        }
        return positions + [SourcePosition(line: line, column: column)]
    }
}
