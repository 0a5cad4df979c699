import CostModel
import Dispatch
import Glibc

/// Reads a VPC flow log in chunks, whose parts are added up at once.
struct FlowLogReader {
    private static let chunkSize = 4 << 20
    /// Not as many as there are processors: where too many pairs are told apart it would be other ones on other machines.
    private static let workers = 4

    let days: Range<Day>
    let sizeLimit: Int

    /// Lines that stand before a fault count: the fault says that they are not all.
    func read(_ source: any ByteSource, into collector: inout TrafficCollector, _ problems: RowProblems) throws(FileFault) {
        let buffer = Chunk(size: Self.chunkSize + LogLines.longestLine)
        var (filled, size, line) = (0, 0, 0)
        var crew: Crew?
        var fault: FileFault?
        var isLast = false
        while fault == nil, !isLast {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[filled...])
            let got: Int
            (got, fault) = Self.fill(room, from: source)
            filled += got
            size += got
            isLast = got < room.count
            if size > sizeLimit { fault = .unreadable("is larger than \(sizeLimit >> 30) GB unpacked: name a part of it") }
            let text = UnsafeBufferPointer(start: UnsafePointer(buffer.start), count: filled)
            let end = isLast && fault == nil ? filled : text.lastIndex(of: 10).map { $0 + 1 } ?? 0
            if end == 0, !isLast, fault == nil {
                fault = .unreadable("line \(line + 1) is longer than \(LogLines.longestLine >> 10) KB: this is no log in text")
            }
            var whole = UnsafeBufferPointer(rebasing: text[..<end])
            if crew == nil, !whole.isEmpty { (crew, whole) = try begin(whole, &line) }
            if let crew {
                line = crew.read(whole, from: line, problems)
                if crew.holdsNoRecord(after: line) {
                    fault = .unreadable("none of its first \(line) lines is a record: what it holds is no such log")
                }
                crew.emptyIfFull(into: &collector)
            }
            memmove(buffer.start, buffer.start + end, filled - end)
            filled -= end
        }
        crew?.empty(into: &collector)
        if let fault { throw fault }
        guard let crew else {
            throw FileFault(id: "bad-log", description: "is empty: a flow log has at least the line that names its fields")
        }
        crew.say(problems)
    }

    /// What was read before a fault, with it.
    private static func fill(_ room: UnsafeMutableRawBufferPointer, from source: any ByteSource) -> (Int, FileFault?) {
        var filled = 0
        do throws(FileFault) {
            while filled < room.count {
                let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
                guard count > 0 else { break }
                filled += count
            }
            return (filled, nil)
        } catch {
            return (filled, error)
        }
    }

    /// Reads the first line.
    private func begin(
        _ text: UnsafeBufferPointer<UInt8>, _ line: inout Int
    ) throws(FileFault) -> (Crew, UnsafeBufferPointer<UInt8>) {
        let end = text.firstIndex(of: 10) ?? text.count
        guard end <= LogLines.longestLine else {
            throw .unreadable("line 1 is longer than \(LogLines.longestLine >> 10) KB: this is no log in text")
        }
        let first = UnsafeBufferPointer(rebasing: text[..<(end > 0 && text[end - 1] == 13 ? end - 1 : end)])
        let (columns, isRecord) = try FlowColumns.begin(first)
        let crew = Crew(columns, days: days, count: Self.workers)
        guard !isRecord else { return (crew, text) }
        line = 1
        return (crew, UnsafeBufferPointer(rebasing: text[min(end + 1, text.count)...]))
    }
}

/// Memory that is freed with it.
private final class Chunk {
    let bytes: UnsafeMutableRawBufferPointer
    let start: UnsafeMutablePointer<UInt8>

    init(size: Int) {
        start = .allocate(capacity: size)
        bytes = UnsafeMutableRawBufferPointer(start: start, count: size)
    }

    deinit { start.deallocate() }
}

/// Workers that read parts of a chunk at once.
private final class Crew {
    /// Each is used by one thread at a time: the one whose part it reads.
    private struct Workers: @unchecked Sendable { let all: [FlowWorker] }

    private struct Parts: @unchecked Sendable { let all: [UnsafeBufferPointer<UInt8>] }

    private static let smallest = 64 << 10
    private let workers: Workers
    private let columns: FlowColumns

    init(_ columns: FlowColumns, days: Range<Day>, count: Int) {
        self.columns = columns
        workers = Workers(all: (0..<count).map { _ in FlowWorker(columns, days: days) })
    }

    /// - Returns: The number of the last line.
    func read(_ text: UnsafeBufferPointer<UInt8>, from line: Int, _ problems: RowProblems) -> Int {
        let parts = Parts(all: parts(text))
        let workers = workers
        if parts.all.count == 1 {
            workers.all[0].read(parts.all[0])
        } else {
            DispatchQueue.concurrentPerform(iterations: parts.all.count) { workers.all[$0].read(parts.all[$0]) }
        }
        var line = line
        for worker in workers.all.prefix(parts.all.count) {
            for fault in worker.faults { problems.addRow(id: "bad-row", at: (line + fault.line, 1), fault.message) }
            for _ in 0..<worker.otherFaults { problems.addRow(id: "bad-row", at: (line + worker.lines, 1), "is no record") }
            line += worker.lines
        }
        return line
    }

    /// Of about the same size, cut behind lines.
    private func parts(_ text: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
        let count = max(1, min(workers.all.count, text.count / Self.smallest))
        var parts: [UnsafeBufferPointer<UInt8>] = []
        var at = 0
        for index in 1...count {
            var end = index == count ? text.count : max(at, text.count / count * index)
            while end < text.count, text[end - 1] != 10 { end += 1 }
            parts.append(UnsafeBufferPointer(rebasing: text[at..<end]))
            at = end
        }
        return parts
    }

    /// A file whose lines are all no records is none of its format.
    func holdsNoRecord(after line: Int) -> Bool {
        line > 100 && workers.all.allSatisfy { $0.records == 0 && $0.skipped == 0 && $0.silent == 0 }
    }

    func emptyIfFull(into collector: inout TrafficCollector) {
        for worker in workers.all where worker.isFull { worker.empty(into: &collector) }
    }

    func empty(into collector: inout TrafficCollector) { for worker in workers.all { worker.empty(into: &collector) } }

    func say(_ problems: RowProblems) {
        let skipped = workers.all.reduce(0) { $0 + $1.skipped }
        if skipped > 0 {
            problems.add(
                .note, id: "skipped-data", "\(skipped) \(skipped == 1 ? "record says" : "records say") SKIPDATA: AWS left flows out there")
        }
        guard !columns.missing.isEmpty else { return }
        problems.add(
            .note, id: "log-fields",
            "the log lacks \(columns.missing.joined(separator: ", ")): what goes through NAT gateways, peerings and gateways is told by addresses only"
        )
    }
}
