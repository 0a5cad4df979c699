/// Reads CSV (RFC 4180) page by page: quoted newlines, doubled quotes, a byte order mark, CRLF or LF, the last line with or without its
/// end. Memory depends on the longest record, which has a limit, and not on the file.
final class CSVReader {
    private let source: any ByteSource
    /// A record is given up when this many bytes did not complete it.
    private let recordLimit: Int
    /// Filled in turn: a batch stays valid until its page's turn comes again.
    private var pages: [CSVPage]
    private var turn = 0
    /// Where several take batches: for each the page of its last one; -1 for none.
    private var held: [Int] = []
    /// The physical line at which the page's rest starts.
    private var line = 1
    private var isAtEnd = false
    private var isBeforeText = true
    /// Inside a line that is given up.
    private var isDiscarding = false

    /// - Parameter pages: at least two; with more of them that many batches less one are valid at a time.
    init(_ source: any ByteSource, recordLimit: Int = 16 << 20, pages: Int = 2) {
        self.source = source
        self.recordLimit = recordLimit
        self.pages = (0..<pages).map { _ in CSVPage() }
    }

    private var page: CSVPage { pages[turn] }

    /// From now on several take batches, each with `next(for:)`. A batch that was handed out before stays with the first of them.
    func share(among takers: Int) {
        held = Array(repeating: -1, count: takers)
        if !isBeforeText { held[0] = turn }
        while pages.count < takers + 1 { pages.append(CSVPage()) }
    }

    /// The next records for one of several takers, whose last batch is no longer valid.
    func next(for taker: Int) throws(FileFault) -> CSVBatch? {
        held[taker] = -1
        let batch = try next()
        if batch != nil { held[taker] = turn }
        return batch
    }

    /// The next records; nil at the end. A batch may hold a fault and no records.
    func next() throws(FileFault) -> CSVBatch? {
        try isBeforeText ? begin() : turnPage()
        while true {
            if page.isEmpty || isDiscarding {
                guard try fill() else { return nil }
                if isDiscarding || page.isEmpty { continue }
            }
            page.scan()
            let index = page.index
            if index.recordCount > 0 || index.fault != nil { return takeBatch() }
            guard page.end - page.start < recordLimit else { return takeFault(.tooLong, at: index.lastFieldStart) }
            if try !fill() { return takeFault(.unclosedQuote, at: index.lastFieldStart) }
        }
    }

    /// Byte order marks stand at the very start.
    private func begin() throws(FileFault) {
        isBeforeText = false
        page.end = try source.fill(UnsafeMutableRawBufferPointer(start: page.bytes, count: 4))
        let head = Array(UnsafeBufferPointer(start: page.bytes, count: page.end))
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            throw FileFault(id: "not-utf8", description: "the text is UTF-16: expected UTF-8")
        }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { page.start = 3 }
    }

    /// Goes on in the next page, with what the present one did not complete, and more.
    private func turnPage() throws(FileFault) {
        let rest = page
        repeat { turn = (turn + 1) % pages.count } while held.contains(turn) || page === rest
        page.begin(with: rest)
        _ = try fill()
    }

    /// More bytes behind those that are there; false when there are none. The last line gets its end.
    private func fill() throws(FileFault) -> Bool {
        guard !isAtEnd else { return false }
        page.makeRoom()
        let room = UnsafeMutableRawBufferPointer(start: page.bytes + page.end, count: page.capacity - page.end)
        let count = try source.read(into: room)
        if count == 0 {
            isAtEnd = true
            guard page.end > 0, page.bytes[page.end - 1] != UInt8(ascii: "\n") else { return page.end > 0 }
            page.bytes[page.end] = UInt8(ascii: "\n")
            page.end += 1
        }
        page.end += count
        if isDiscarding { discardLine() }
        return true
    }

    private func takeBatch() -> CSVBatch {
        let (page, index) = (page, page.index)
        let from = page.start
        let firstLine = line
        page.start += index.consumed
        line += index.newlineCount
        var fault: CSVFault?
        if let found = index.fault {
            fault = giveUp(
                found.kind, at: found.kind == .strayQuote ? found.offset : index.lastFieldStart, from: from, firstLine: firstLine)
        }
        return CSVBatch(
            bytes: page.bytes + from, starts: index.starts, recordEnds: index.recordEnds, count: index.recordCount, firstLine: firstLine,
            isPlain: index.newlineCount == index.recordCount, fault: fault)
    }

    private func takeFault(_ kind: CSVFault.Kind, at offset: Int) -> CSVBatch {
        let (page, index) = (page, page.index)
        let (from, firstLine) = (page.start, line)
        let fault = giveUp(kind, at: offset, from: from, firstLine: firstLine)
        return CSVBatch(
            bytes: page.bytes + from, starts: index.starts, recordEnds: index.recordEnds, count: 0, firstLine: firstLine, isPlain: true,
            fault: fault)
    }

    /// Goes on behind the line that holds the start of the broken field: what a misplaced quote seems to enclose may be good records.
    private func giveUp(_ kind: CSVFault.Kind, at offset: Int, from: Int, firstLine: Int) -> CSVFault {
        let place = CSVPage.place(of: offset, in: page.bytes + from, firstLine: firstLine)
        page.start = from + offset
        line = place.line
        isDiscarding = true
        discardLine()
        return CSVFault(kind: kind, line: place.line, column: place.column)
    }

    private func discardLine() {
        while !page.isEmpty {
            page.start += 1
            if page.bytes[page.start - 1] == UInt8(ascii: "\n") {
                line += 1
                isDiscarding = false
                break
            }
        }
    }
}
