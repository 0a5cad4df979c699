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
    /// Whether each record is one line.
    let isPlain: Bool
    /// Behind the last record; reading goes on with the next line.
    let fault: CSVFault?

    @inline(__always)
    subscript(index: Int) -> CSVRecord {
        let first = index == 0 ? 0 : Int(recordEnds[index - 1])
        return CSVRecord(bytes: bytes, starts: starts + first, count: Int(recordEnds[index]) - first)
    }

    func newlines(in range: Range<Int>) -> Int {
        var count = 0
        for byte in UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count) where byte == 0x0A { count += 1 }
        return count
    }

    /// Line and column of a field, both from 1; columns count Unicode scalars.
    func place(of field: Int, in record: CSVRecord) -> (line: Int, column: Int) {
        CSVPage.place(of: Int(record.starts[field]), in: bytes, firstLine: firstLine)
    }
}
