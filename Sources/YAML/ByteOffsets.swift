/// From libyaml's marks, which count code points behind the byte order mark, to byte offsets in the file.
struct ByteOffsets {
    private static let step = 64
    private let bytes: [UInt8]
    /// Nil where every byte is a code point of its own.
    private let checkpoints: [Int]?
    /// The length of the byte order mark.
    let start: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard bytes.dropFirst(start).contains(where: { $0 >= 0x80 }) else {
            checkpoints = nil
            return
        }
        var marks: [Int] = []
        var count = 0
        for offset in start..<bytes.count where bytes[offset] & 0xC0 != 0x80 {
            if count % Self.step == 0 { marks.append(offset) }
            count += 1
        }
        checkpoints = marks
    }

    /// The offset of the code point with this number; the end of the file beyond the last one.
    func offset(ofCodePoint index: Int) -> Int {
        guard let checkpoints else { return min(start + index, bytes.count) }
        guard index / Self.step < checkpoints.count else { return bytes.count }
        var offset = checkpoints[index / Self.step]
        for _ in 0..<index % Self.step where offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        }
        return offset
    }
}
