/// Where a CSV text breaks the rules of RFC 4180, so that its fields cannot be told apart.
struct CSVFault: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case strayQuote
        case textBehindQuote
        case unclosedQuote
        case tooLong
    }

    var kind: Kind
    var line: Int
    var column: Int

    var message: String {
        switch kind {
        case .strayQuote: "a quote inside a field that does not start with one: expected the field in quotes, and its quotes doubled"
        case .textBehindQuote: "the quoted field that starts here is closed before its end: expected a comma or a line end behind the quote"
        case .unclosedQuote: "the quoted field that starts here is never closed"
        case .tooLong: "the record that holds this field is longer than can be read"
        }
    }
}

/// Complete records, valid until the next batch is asked for.
struct CSVBatch {
    let bytes: UnsafePointer<UInt8>
    let starts: UnsafePointer<UInt32>
    let recordEnds: UnsafePointer<UInt32>
    let count: Int
    /// The physical line at which the first record starts.
    let firstLine: Int
    /// Behind the last record; reading goes on with the next line.
    let fault: CSVFault?

    @inline(__always)
    subscript(index: Int) -> CSVRecord {
        let first = index == 0 ? 0 : Int(recordEnds[index - 1])
        return CSVRecord(bytes: bytes, starts: starts + first, count: Int(recordEnds[index]) - first)
    }

    /// Line and column of a field, both from 1; columns count Unicode scalars.
    func place(of field: Int, in record: CSVRecord) -> (line: Int, column: Int) {
        CSVReader.place(of: Int(record.starts[field]), in: bytes, firstLine: firstLine)
    }
}

/// Reads CSV (RFC 4180) piece by piece: quoted newlines, doubled quotes, a byte order mark, CRLF or LF, the last line with or without its
/// end. Memory depends on the longest record, which has a limit, and not on the file.
final class CSVReader {
    private static let initialCapacity = 512 << 10

    private let source: any ByteSource
    /// A record is given up when this many bytes did not complete it.
    private let recordLimit: Int
    private let index = CSVIndex(capacity: initialCapacity)
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = initialCapacity
    /// The bytes that are not handed out yet.
    private var start = 0
    private var end = 0
    private var line = 1
    private var isAtEnd = false
    private var isBeforeText = true
    /// Inside a line that is given up.
    private var isDiscarding = false

    init(_ source: any ByteSource, recordLimit: Int = 16 << 20) {
        self.source = source
        self.recordLimit = recordLimit
        buffer = .allocate(capacity: capacity + 65)
    }

    deinit { buffer.deallocate() }

    /// The next records; nil at the end. A batch may hold a fault and no records.
    func next() throws(FileFault) -> CSVBatch? {
        if isBeforeText { try begin() }
        while true {
            if start == end || isDiscarding {
                guard try fill() else { return nil }
                if isDiscarding || start == end { continue }
            }
            index.scan(buffer + start, count: end - start)
            if index.recordCount > 0 || index.fault != nil { return takeBatch() }
            guard end - start < recordLimit else { return takeFault(.tooLong, at: index.lastFieldStart) }
            if try !fill() { return takeFault(.unclosedQuote, at: index.lastFieldStart) }
        }
    }

    /// Byte order marks stand at the very start.
    private func begin() throws(FileFault) {
        isBeforeText = false
        end = try source.fill(UnsafeMutableRawBufferPointer(start: buffer, count: 4))
        let head = Array(UnsafeBufferPointer(start: buffer, count: end))
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            throw FileFault(id: "not-utf8", description: "the text is UTF-16: expected UTF-8")
        }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    }

    /// More bytes behind those that are there; false when there are none. The last line gets its end.
    private func fill() throws(FileFault) -> Bool {
        guard !isAtEnd else { return false }
        if start > 0 {
            buffer.update(from: buffer + start, count: end - start)
            end -= start
            start = 0
        }
        if end > capacity / 2 { grow() }
        let count = try source.read(into: UnsafeMutableRawBufferPointer(start: buffer + end, count: capacity - end))
        if count == 0 {
            isAtEnd = true
            guard end > 0, buffer[end - 1] != UInt8(ascii: "\n") else { return end > 0 }
            buffer[end] = UInt8(ascii: "\n")
            end += 1
        }
        end += count
        if isDiscarding { discardLine() }
        return true
    }

    private func grow() {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + 65)
        larger.update(from: buffer, count: end)
        buffer.deallocate()
        buffer = larger
        capacity *= 2
    }

    private func takeBatch() -> CSVBatch {
        let from = start
        let firstLine = line
        start += index.consumed
        line += index.newlineCount
        var fault: CSVFault?
        if let found = index.fault {
            fault = giveUp(
                found.kind, at: found.kind == .strayQuote ? found.offset : index.lastFieldStart, from: from, firstLine: firstLine)
        }
        return CSVBatch(
            bytes: buffer + from, starts: index.starts, recordEnds: index.recordEnds, count: index.recordCount, firstLine: firstLine,
            fault: fault)
    }

    private func takeFault(_ kind: CSVFault.Kind, at offset: Int) -> CSVBatch {
        let (from, firstLine) = (start, line)
        let fault = giveUp(kind, at: offset, from: from, firstLine: firstLine)
        return CSVBatch(
            bytes: buffer + from, starts: index.starts, recordEnds: index.recordEnds, count: 0, firstLine: firstLine, fault: fault)
    }

    /// Goes on behind the line that holds the start of the broken field: what a misplaced quote seems to enclose may be good records.
    private func giveUp(_ kind: CSVFault.Kind, at offset: Int, from: Int, firstLine: Int) -> CSVFault {
        let place = Self.place(of: offset, in: buffer + from, firstLine: firstLine)
        start = from + offset
        line = place.line
        isDiscarding = true
        discardLine()
        return CSVFault(kind: kind, line: place.line, column: place.column)
    }

    private func discardLine() {
        while start < end {
            start += 1
            if buffer[start - 1] == UInt8(ascii: "\n") {
                line += 1
                isDiscarding = false
                break
            }
        }
    }

    static func place(of offset: Int, in bytes: UnsafePointer<UInt8>, firstLine: Int) -> (line: Int, column: Int) {
        var line = firstLine
        var lineStart = 0
        for at in 0..<offset where bytes[at] == UInt8(ascii: "\n") {
            line += 1
            lineStart = at + 1
        }
        let scalars = (lineStart..<offset).count { bytes[$0] & 0xC0 != 0x80 }
        return (line, scalars + 1)
    }
}
