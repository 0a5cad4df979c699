/// Finds the fields and records of a piece of CSV text that starts where a record starts.
///
/// Quotes are counted, 64 bytes at a time: a separator counts when an even number of quotes stands before it. Doubled quotes come out right
/// by themselves. A quote where RFC 4180 allows none ends the index there, so that nothing behind it is misread.
final class CSVIndex {
    /// Where each field starts; one more for the end of the last: field *n* is `starts[n] ..< starts[n + 1] - 1`.
    private(set) var starts: UnsafeMutablePointer<UInt32>
    /// For each record how many fields stand in it and before it.
    private(set) var recordEnds: UnsafeMutablePointer<UInt32>
    private var capacity: Int

    private(set) var fieldCount = 0
    private(set) var recordCount = 0
    /// How many newlines the complete records hold.
    private(set) var newlineCount = 0
    private(set) var fault: (kind: CSVFault.Kind, offset: Int)?

    init(capacity: Int) {
        self.capacity = capacity
        starts = .allocate(capacity: capacity + 66)
        recordEnds = .allocate(capacity: capacity + 66)
    }

    deinit {
        starts.deallocate()
        recordEnds.deallocate()
    }

    /// How many bytes the complete records take.
    var consumed: Int { recordCount == 0 ? 0 : Int(starts[Int(recordEnds[recordCount - 1])]) }
    /// Where the field starts that is not complete.
    var lastFieldStart: Int { Int(starts[fieldCount]) }

    /// - Parameter bytes: 64 more than `count` can be read, whatever they are.
    func scan(_ bytes: UnsafePointer<UInt8>, count: Int) {
        reserve(count)
        let starts = starts
        let recordEnds = recordEnds
        starts[0] = 0
        fault = nil
        var fields = 0
        var records = 0
        var newlinesSeen = 0
        var newlinesInRecords = 0
        // All ones when the block before ended between quotes.
        var inside: UInt64 = 0
        // Whether the byte before the block is a separator, or closes a quote. A record may start with a quote.
        var afterSeparator: UInt64 = 1
        var afterClose: UInt64 = 0
        var offset = 0
        while offset < count {
            var block = CSVBlock(bytes + offset)
            let length = min(64, count - offset)
            if length < 64 {
                let present = (1 &<< UInt64(length)) &- 1
                block.quotes &= present
                block.separators &= present
                block.newlines &= present
            }
            var structural = block.separators
            if block.quotes | inside | afterClose != 0 {
                let quoted = CSVBlock.parity(block.quotes) ^ inside
                structural &= ~quoted
                let opens = block.quotes & quoted
                let closes = block.quotes & ~quoted
                let behindClose = closes << 1 | afterClose
                let stray = opens & ~(structural << 1 | afterSeparator | behindClose)
                var loose = behindClose & ~(structural | opens)
                if stray | loose != 0 {
                    loose = Self.withoutLineEnds(loose, bytes, offset, count)
                    let first = (stray | loose).trailingZeroBitCount
                    if first < length {
                        fault = (stray >> UInt64(first) & 1 == 1 ? .strayQuote : .textBehindQuote, offset + first)
                        structural &= (1 &<< UInt64(first)) &- 1
                        block.newlines &= structural
                    }
                }
                inside = quoted >> 63 == 1 ? .max : 0
                afterClose = closes >> 63
            }
            afterSeparator = structural >> 63
            if block.newlines != 0 {
                var ends = block.newlines & structural
                while ends != 0 {
                    let upTo = ends ^ (ends &- 1)
                    recordEnds[records] = UInt32(truncatingIfNeeded: fields &+ (structural & upTo).nonzeroBitCount)
                    newlinesInRecords = newlinesSeen &+ (block.newlines & upTo).nonzeroBitCount
                    records &+= 1
                    ends &= ends &- 1
                }
                newlinesSeen &+= block.newlines.nonzeroBitCount
            }
            while structural != 0 {
                fields &+= 1
                starts[fields] = UInt32(truncatingIfNeeded: offset &+ structural.trailingZeroBitCount &+ 1)
                structural &= structural &- 1
            }
            if fault != nil { break }
            offset += 64
        }
        fieldCount = fields
        recordCount = records
        newlineCount = newlinesInRecords
    }

    private func reserve(_ count: Int) {
        guard count > capacity else { return }
        precondition(count < Int(UInt32.max) / 2, "offsets are kept in 32 bits")
        starts.deallocate()
        recordEnds.deallocate()
        capacity = count
        starts = .allocate(capacity: count + 66)
        recordEnds = .allocate(capacity: count + 66)
    }

    /// Without the carriage returns before newlines, and those whose next byte is not there yet.
    private static func withoutLineEnds(_ bits: UInt64, _ bytes: UnsafePointer<UInt8>, _ offset: Int, _ count: Int) -> UInt64 {
        var rest = bits
        var loose = bits
        while rest != 0 {
            let bit = rest.trailingZeroBitCount
            rest &= rest &- 1
            let at = offset + bit
            if at >= count || bytes[at] == UInt8(ascii: "\r") && (at + 1 >= count || bytes[at + 1] == UInt8(ascii: "\n")) {
                loose &= ~(1 << UInt64(bit))
            }
        }
        return loose
    }
}
