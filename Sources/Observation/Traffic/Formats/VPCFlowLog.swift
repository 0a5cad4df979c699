import CostModel
import Glibc

/// VPC flow logs in text, of any version and in any order of fields: the first line names them.
///
/// A file without that line is taken for one of version 2's fourteen fields if its first line looks so, as what CloudWatch Logs exports.
/// What is charged follows from the fields that there are, see `FlowRoute`; rejected flows and aggregation windows without data count nothing.
struct VPCFlowLog: TrafficLogFormat {
    /// What is read of a record, as AWS names it.
    enum Column: String, CaseIterable {
        case account = "account-id"
        case interface = "interface-id"
        case source = "srcaddr"
        case target = "dstaddr"
        case packetSource = "pkt-srcaddr"
        case packetTarget = "pkt-dstaddr"
        case sourceService = "pkt-src-aws-service"
        case targetService = "pkt-dst-aws-service"
        case direction = "flow-direction"
        case path = "traffic-path"
        case gateway = "tgw-id"
    }

    static let version2 = [
        "version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes", "start", "end",
        "action", "log-status",
    ]
    /// Without these it is not told what leaves through a NAT gateway, and which way the rest goes.
    private static let wanted = ["pkt-srcaddr", "pkt-dstaddr", "pkt-dst-aws-service", "flow-direction", "traffic-path"]
    private static let mostFields = 128

    private let days: Range<Int64>
    private var fields: [String] = []
    private var bytesField = -1
    private var timeField = -1
    private var statusField = -1
    private var actionField = -1
    /// Fields that stand side by side and are read, in their order: they are copied together.
    private var runs: [ClosedRange<Int>] = []
    private var columns: [Column] = []
    private var skipped = 0
    private let scratch = Scratch()

    init(days: Range<Day>) {
        self.days = Int64(days.lowerBound.number)..<Int64(days.upperBound.number)
    }

    // MARK: The header

    private mutating func begin(_ line: UnsafeBufferPointer<UInt8>, into sums: inout TrafficSums) -> LogFault? {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
        if Set(words).isSuperset(of: ["bytes"]) || words.contains("srcaddr") { return adopt(words) }
        guard words.count == Self.version2.count, words[0] == "2", words[1].utf8.count == 12 || words[1] == "unknown" else {
            return .file(
                id: "bad-log",
                "is no VPC flow log: its first line names no fields such as 'srcaddr dstaddr bytes start', and is no record of version 2")
        }
        return adopt(Self.version2) ?? read(line, into: &sums)
    }

    private mutating func adopt(_ words: [String]) -> LogFault? {
        let twice = words.first { word in words.count { $0 == word } > 1 }
        if let twice { return .file(id: "bad-log", "its first line names the field '\(twice)' twice") }
        func place(_ names: String...) -> Int { names.lazy.compactMap { words.firstIndex(of: $0) }.first ?? -1 }
        (bytesField, timeField) = (place("bytes"), place("start", "end"))
        (statusField, actionField) = (place("log-status"), place("action"))
        var missing: [String] = []
        if bytesField < 0 { missing.append("bytes") }
        if timeField < 0 { missing.append("start") }
        if place("srcaddr", "pkt-srcaddr") < 0 { missing.append("srcaddr") }
        if place("dstaddr", "pkt-dstaddr") < 0 { missing.append("dstaddr") }
        guard missing.isEmpty, words.count <= Self.mostFields else {
            return .file(id: "log-fields", "the log lacks \(missing.joined(separator: ", ")): add it to the flow log's 'log_format'")
        }
        fields = words
        for (index, word) in words.enumerated() {
            guard let column = Column(rawValue: word) else { continue }
            columns.append(column)
            if let last = runs.last, last.upperBound == index - 1 {
                runs[runs.count - 1] = last.lowerBound...index
            } else {
                runs.append(index...index)
            }
        }
        return nil
    }

    // MARK: Records

    mutating func read(_ line: UnsafeBufferPointer<UInt8>, into sums: inout TrafficSums) -> LogFault? {
        if fields.isEmpty { return begin(line, into: &sums) }
        guard let base = line.baseAddress, !line.isEmpty else { return nil }
        let count = split(base, line.count)
        guard count == fields.count else {
            return .row("\(count) fields, where the first line names \(fields.count)")
        }
        if statusField >= 0 {
            switch base[scratch.start(statusField)] {
            case UInt8(ascii: "O"): guard length(statusField) == 2 else { return .row("log-status is neither OK, NODATA nor SKIPDATA") }
            case UInt8(ascii: "N") where length(statusField) == 6: return nil
            case UInt8(ascii: "S") where length(statusField) == 8:
                skipped += 1
                return nil
            default: return isHeader(line) ? nil : .row("log-status is neither OK, NODATA nor SKIPDATA")
            }
        }
        if actionField >= 0, base[scratch.start(actionField)] == UInt8(ascii: "R") { return nil }
        guard let bytes = number(base, bytesField) else {
            // A window without data has nothing but dashes, where the status is not asked for.
            let isEmpty = statusField < 0 && length(bytesField) == 1 && base[scratch.start(bytesField)] == UInt8(ascii: "-")
            return isEmpty || isHeader(line) ? nil : .row("bytes is no number")
        }
        guard let time = number(base, timeField), time < 1 << 40 else { return .row("\(fields[timeField]) is no time in seconds") }
        let day = Int64(time / 86_400)
        guard days.contains(day) else { return nil }
        let key = scratch.key
        key.storeBytes(of: Int32(day), as: Int32.self)
        var length = 4
        for run in runs {
            let (from, to) = (scratch.start(run.lowerBound), scratch.start(run.upperBound + 1))
            // With the space behind each, also where the line ends without.
            memcpy(key + length, base + from, to - from - 1)
            length += to - from
            key.storeBytes(of: UInt8(ascii: " "), toByteOffset: length - 1, as: UInt8.self)
        }
        sums.add(bytes, key: UnsafeBufferPointer(start: key.assumingMemoryBound(to: UInt8.self), count: length))
        return nil
    }

    /// Files that were put together have it again.
    private func isHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        String(decoding: line, as: UTF8.self).split(separator: " ").elementsEqual(fields) { $0 == $1 }
    }

    /// Says where each field begins; behind the last one, one past the line's end and a space. Eight bytes at a time.
    ///
    /// - Returns: How many there are.
    @inline(__always)
    private func split(_ base: UnsafePointer<UInt8>, _ length: Int) -> Int {
        let starts = scratch.starts
        starts[0] = 0
        var count = 1
        var at = 0
        while at + 8 <= length {
            let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self) ^ 0x2020_2020_2020_2020
            // The high bit of each byte that is zero, exactly.
            var zeros = ~(((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | word | 0x7F7F_7F7F_7F7F_7F7F)
            while zeros != 0 {
                guard count <= Self.mostFields else { return count }
                starts[count] = Int32(truncatingIfNeeded: at + zeros.trailingZeroBitCount >> 3 + 1)
                count += 1
                zeros &= zeros &- 1
            }
            at += 8
        }
        while at < length {
            if base[at] == UInt8(ascii: " ") {
                guard count <= Self.mostFields else { return count }
                starts[count] = Int32(truncatingIfNeeded: at + 1)
                count += 1
            }
            at += 1
        }
        starts[count] = Int32(truncatingIfNeeded: length + 1)
        return count
    }

    @inline(__always)
    private func length(_ field: Int) -> Int { scratch.start(field + 1) - scratch.start(field) - 1 }

    @inline(__always)
    private func number(_ base: UnsafePointer<UInt8>, _ field: Int) -> UInt64? {
        let (from, count) = (scratch.start(field), length(field))
        guard count > 0, count <= 18 else { return nil }
        var value: UInt64 = 0
        for at in from..<from + count {
            let digit = base[at] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        return value
    }

    func report(_ key: UnsafeBufferPointer<UInt8>, _ bytes: UInt64, to collector: inout TrafficCollector) {
        let day = UnsafeRawBufferPointer(key).loadUnaligned(as: Int32.self)
        let texts = key.dropFirst(4).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        var route = FlowRoute()
        for (column, text) in zip(columns, texts) {
            let text = String(decoding: text, as: UTF8.self)
            route[column] = text == "-" ? "" : text
        }
        collector.note(account: route[.account])
        guard let found = route.charged() else { return }
        collector.add(found.source, found.target, found.kind, Day(day), bytes, witness: found.isSeenOnce ? "" : route[.interface])
    }

    func finish(_ problems: RowProblems) {
        if fields.isEmpty {
            return problems.add(.partial, id: "bad-log", "is empty: a flow log has at least the line that names its fields")
        }
        if skipped > 0 {
            problems.add(
                .note, id: "skipped-data", "\(skipped) \(skipped == 1 ? "record says" : "records say") SKIPDATA: AWS left flows out there")
        }
        let missing = Self.wanted.filter { !fields.contains($0) }
        if !missing.isEmpty {
            problems.add(
                .note, id: "log-fields",
                "the log lacks \(missing.joined(separator: ", ")): what goes through NAT gateways, peerings and gateways is told by addresses only"
            )
        }
    }
}

/// Memory of a reader of lines. A class, because it frees it.
private final class Scratch {
    let starts: UnsafeMutablePointer<Int32>
    let key: UnsafeMutableRawPointer

    init() {
        starts = .allocate(capacity: 256)
        key = .allocate(byteCount: LogLines.longestLine * 3, alignment: 16)
    }

    deinit {
        starts.deallocate()
        key.deallocate()
    }

    @inline(__always)
    func start(_ field: Int) -> Int { Int(starts[field]) }
}
