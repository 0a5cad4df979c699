import Diagnostics

/// Joins edits of a text with edits of the result into edits of the text.
struct EditComposition {
    /// The edited text in its order: kept bytes of the original, and new ones.
    private enum Piece {
        case kept(Range<Int>)
        case new(ArraySlice<UInt8>)

        var count: Int {
            switch self {
            case .kept(let range): range.count
            case .new(let bytes): bytes.count
            }
        }
    }

    private let originalCount: Int
    private var pieces: [Piece] = []
    private var cursor = (piece: 0, start: 0)

    /// - Parameter edits: sorted, not overlapping.
    init(_ edits: [TextEdit], of count: Int) {
        originalCount = count
        var at = 0
        for edit in edits {
            pieces.append(.kept(at..<edit.range.lowerBound))
            pieces.append(.new(edit.replacement[...]))
            at = edit.range.upperBound
        }
        pieces.append(.kept(at..<count))
    }

    /// For each offset of the result the offset of the original it was kept from.
    ///
    /// Offsets rise, from call to call as well, so that all of a file's lines cost one walk over the edits.
    mutating func origins(of offsets: [Int]) -> [Int?] {
        offsets.map { offset in
            while cursor.piece < pieces.count - 1, offset >= cursor.start + pieces[cursor.piece].count {
                cursor.start += pieces[cursor.piece].count
                cursor.piece += 1
            }
            guard case .kept(let range) = pieces[cursor.piece] else { return nil }
            return range.lowerBound + offset - cursor.start
        }
    }

    /// The edits of the original that have the effect of the first edits and then these of the result.
    func followed(by edits: [TextEdit]) -> [TextEdit] {
        var result: [TextEdit] = []
        var pending: [UInt8] = []
        var originalAt = 0
        func flush(_ end: Int) {
            if end > originalAt || !pending.isEmpty { result.append(TextEdit(originalAt..<end, pending)) }
            pending = []
        }
        for piece in split(by: edits) {
            switch piece {
            case .new(let bytes): pending += bytes
            case .kept(let range) where range.isEmpty: continue
            case .kept(let range):
                flush(range.lowerBound)
                originalAt = range.upperBound
            }
        }
        flush(originalCount)
        return result
    }

    /// The pieces of the text after the second edits as well.
    private func split(by edits: [TextEdit]) -> [Piece] {
        var result: [Piece] = []
        var start = 0
        var next = 0
        for (index, piece) in pieces.enumerated() {
            let end = start + piece.count
            let isLast = index == pieces.count - 1
            var at = start
            while next < edits.count, edits[next].range.lowerBound < end || isLast {
                let edit = edits[next]
                // An edit that began in an earlier piece has left its bytes there.
                if edit.range.lowerBound >= start {
                    result.append(part(piece, at - start, edit.range.lowerBound - start))
                    result.append(.new(edit.replacement[...]))
                }
                at = min(end, edit.range.upperBound)
                if edit.range.upperBound > end { break }
                next += 1
            }
            result.append(part(piece, at - start, piece.count))
            start = end
        }
        return result
    }

    private func part(_ piece: Piece, _ from: Int, _ to: Int) -> Piece {
        switch piece {
        case .kept(let range): .kept(range.lowerBound + from..<range.lowerBound + to)
        case .new(let bytes): .new(bytes[bytes.startIndex + from..<bytes.startIndex + to])
        }
    }
}
