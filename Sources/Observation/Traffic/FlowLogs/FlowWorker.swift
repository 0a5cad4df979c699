import CostModel
import Glibc

/// Adds up a part of a flow log after the other, on one thread at a time.
final class FlowWorker {
    /// What is wrong with a line, counted from the part's first.
    struct Fault {
        var line: Int
        var message: String
    }

    private static let badStatus = "log-status is neither OK, NODATA nor SKIPDATA"

    private let columns: FlowColumns
    private let days: Range<Int64>
    private var pairs = FlowPairs()
    private var rests = ByteInterner()
    private let starts: UnsafeMutablePointer<Int32>
    private let key: UnsafeMutablePointer<UInt8>
    /// Of the last part.
    private(set) var faults: [Fault] = []
    private(set) var otherFaults = 0
    private(set) var lines = 0
    /// Of all parts.
    private(set) var skipped = 0
    private(set) var records = 0
    /// Windows without data, and flows that were rejected.
    private(set) var silent = 0

    init(_ columns: FlowColumns, days: Range<Day>) {
        self.columns = columns
        self.days = Int64(days.lowerBound.number)..<Int64(days.upperBound.number)
        starts = .allocate(capacity: FlowColumns.mostFields + 2)
        key = .allocate(capacity: LogLines.longestLine * 2)
    }

    deinit {
        starts.deallocate()
        key.deallocate()
    }

    /// Whether it is to be emptied before more is read.
    var isFull: Bool { rests.size > 16 << 20 || pairs.count > Self.mostPairs }

    private static let mostPairs = 100_000
    /// Of more than the most pairs at once so many are told apart, those with the most bytes.
    private static let keptPairs = mostPairs / 4

    // MARK: Lines

    func read(_ part: UnsafeBufferPointer<UInt8>) {
        faults.removeAll(keepingCapacity: true)
        otherFaults = 0
        lines = 0
        guard let base = part.baseAddress else { return }
        var at = 0
        while at < part.count {
            let newline = memchr(base + at, 10, part.count - at)
            let end = newline.map { UnsafeRawPointer(base).distance(to: UnsafeRawPointer($0)) } ?? part.count
            var length = end - at
            if length > 0, base[end - 1] == 13 { length -= 1 }
            lines += 1
            if length > 0, let message = record(base + at, length) {
                let line = UnsafeBufferPointer(start: base + at, count: length)
                // Files that were put together have the first line again.
                if !columns.isHeader(line) {
                    if faults.count < RowProblems.limit {
                        faults.append(Fault(line: lines, message: message))
                    } else {
                        otherFaults += 1
                    }
                }
            }
            at = end + 1
        }
    }

    /// - Returns: What is wrong with it.
    @inline(__always)
    private func record(_ base: UnsafePointer<UInt8>, _ lineLength: Int) -> String? {
        guard lineLength <= LogLines.longestLine else { return "is longer than \(LogLines.longestLine >> 10) KB" }
        let count = split(base, lineLength)
        guard count == columns.fields.count else { return "\(count) fields, where the first line names \(columns.fields.count)" }
        if columns.status >= 0 {
            switch (base[start(columns.status)], length(columns.status)) {
            case (UInt8(ascii: "O"), 2): break
            case (UInt8(ascii: "N"), 6):
                silent += 1
                return nil
            case (UInt8(ascii: "S"), 8):
                skipped += 1
                return nil
            default: return Self.badStatus
            }
        }
        if columns.action >= 0, base[start(columns.action)] == UInt8(ascii: "R") {
            silent += 1
            return nil
        }
        guard let bytes = number(base, columns.bytes) else {
            // A window without data has nothing but dashes, where the status is not asked for.
            let isEmpty = columns.status < 0 && length(columns.bytes) == 1 && base[start(columns.bytes)] == UInt8(ascii: "-")
            return isEmpty ? nil : "bytes is no number"
        }
        guard let time = number(base, columns.time), time < 1 << 40 else { return "\(columns.fields[columns.time]) is no time in seconds" }
        records += 1
        let day = Int64(time / 86_400)
        guard days.contains(day) else { return nil }
        var at = 0
        for run in columns.runs { at = copy(base, from: run.lowerBound, through: run.upperBound, to: at) }
        if columns.packetSource >= 0 { at = copy(base, columns.packetSource, unlike: columns.source, to: at) }
        if columns.packetTarget >= 0 { at = copy(base, columns.packetTarget, unlike: columns.target, to: at) }
        var (source, target) = (address(base, columns.source), address(base, columns.target))
        if source == 0 || target == 0 {
            // Of IPv6, or none: texts like others.
            at = copy(base, from: columns.source, through: columns.source, to: at)
            at = copy(base, from: columns.target, through: columns.target, to: at)
            (source, target) = (0, 0)
        }
        let rest = rests.intern(UnsafeBufferPointer(start: key, count: at)).number
        pairs.add(FlowPairs.Key(source: source, target: target, rest: UInt32(truncatingIfNeeded: rest), day: Int32(day)), bytes)
        return nil
    }

    /// Copies fields that stand side by side, and a space behind each.
    @inline(__always)
    private func copy(_ base: UnsafePointer<UInt8>, from: Int, through: Int, to at: Int) -> Int {
        let count = start(through + 1) - start(from) - 1
        memcpy(key + at, base + start(from), count)
        key[at + count] = UInt8(ascii: " ")
        return at + count + 1
    }

    /// Copies a field, or `=` where it says the same as another one.
    @inline(__always)
    private func copy(_ base: UnsafePointer<UInt8>, _ field: Int, unlike other: Int, to at: Int) -> Int {
        let count = length(field)
        guard count == length(other), memcmp(base + start(field), base + start(other), count) == 0 else {
            return copy(base, from: field, through: field, to: at)
        }
        key[at] = UInt8(ascii: "=")
        key[at &+ 1] = UInt8(ascii: " ")
        return at &+ 2
    }

    /// Says where each field begins; behind the last one, one past the line's end and a space. Eight bytes at a time.
    ///
    /// - Returns: How many there are.
    @inline(__always)
    private func split(_ base: UnsafePointer<UInt8>, _ length: Int) -> Int {
        starts[0] = 0
        var count = 1
        var at = 0
        while at + 8 <= length {
            let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self) ^ 0x2020_2020_2020_2020
            // The high bit of each byte that is zero, exactly.
            var zeros = ~(((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | word | 0x7F7F_7F7F_7F7F_7F7F)
            while zeros != 0 {
                guard count <= FlowColumns.mostFields else { return count }
                starts[count] = Int32(truncatingIfNeeded: at &+ zeros.trailingZeroBitCount >> 3 &+ 1)
                count &+= 1
                zeros &= zeros &- 1
            }
            at &+= 8
        }
        while at < length {
            if base[at] == UInt8(ascii: " ") {
                guard count <= FlowColumns.mostFields else { return count }
                starts[count] = Int32(truncatingIfNeeded: at &+ 1)
                count &+= 1
            }
            at &+= 1
        }
        starts[count] = Int32(truncatingIfNeeded: length &+ 1)
        return count
    }

    @inline(__always)
    private func start(_ field: Int) -> Int { Int(starts[field]) }

    @inline(__always)
    private func length(_ field: Int) -> Int { start(field &+ 1) &- start(field) &- 1 }

    @inline(__always)
    private func number(_ base: UnsafePointer<UInt8>, _ field: Int) -> UInt64? {
        let (from, count) = (start(field), length(field))
        guard count > 0, count <= 18 else { return nil }
        var value: UInt64 = 0
        for at in from..<from &+ count {
            let digit = base[at] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        return value
    }

    /// An address of IPv4; 0 for others.
    @inline(__always)
    private func address(_ base: UnsafePointer<UInt8>, _ field: Int) -> UInt32 {
        let (from, count) = (start(field), length(field))
        guard count >= 7, count <= 15 else { return 0 }
        var value: UInt32 = 0
        var part: UInt32 = 0
        var dots = 0
        for at in from..<from &+ count {
            let byte = base[at]
            if byte == UInt8(ascii: ".") {
                value = value << 8 | part
                part = 0
                dots &+= 1
            } else {
                let digit = byte &- 48
                guard digit < 10, part <= 25 else { return 0 }
                part = part &* 10 &+ UInt32(digit)
                guard part < 256 else { return 0 }
            }
        }
        let whole = value << 8 | part
        return dots == 3 ? whole : 0
    }

    // MARK: What it found

    func empty(into collector: inout TrafficCollector) {
        var decoders: [FlowDecoder] = []
        for number in 0..<rests.count { decoders.append(FlowDecoder(columns, rests[number], &collector)) }
        let least = pairs.count > Self.mostPairs ? pairs.threshold(keeping: Self.keptPairs) : 0
        var others = FlowPairs()
        pairs.forEach { key, bytes in
            if bytes >= least || key.source == 0 { return decoders[Int(key.rest)].report(key, bytes, to: &collector) }
            var other = key
            other.target = NetworkAddress.isPrivate(key.target) ? FlowPairs.privateOthers : FlowPairs.others
            others.add(other, bytes)
        }
        others.forEach { key, bytes in decoders[Int(key.rest)].report(key, bytes, to: &collector) }
        pairs.removeAll()
        rests.removeAll()
    }
}

/// What the texts of some records mean.
struct FlowDecoder {
    private let route: FlowRoute
    /// Of addresses of IPv4, by whether each is of a private network.
    private var charged: [FlowRoute.Charged??] = [nil, nil, nil, nil]
    private let witness: UInt32

    init(_ columns: FlowColumns, _ rest: UnsafeBufferPointer<UInt8>, _ collector: inout TrafficCollector) {
        let texts = rest.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        var route = FlowRoute()
        for (column, text) in zip(columns.texts, texts) { route[column] = text == "-" || text == "=" ? "" : text }
        // Addresses that are no numbers stand behind; behind the last space is nothing.
        if texts.count == columns.texts.count + 3 {
            (route[.source], route[.target]) = (texts[columns.texts.count], texts[columns.texts.count + 1])
            if route[.source] == "-" { route[.source] = "" }
            if route[.target] == "-" { route[.target] = "" }
        }
        self.route = route
        witness = collector.number(witness: route[.interface])
        collector.note(account: route[.account])
    }

    mutating func report(_ key: FlowPairs.Key, _ bytes: UInt64, to collector: inout TrafficCollector) {
        guard key.source != 0 else {
            guard let found = route.charged() else { return }
            let (source, target) = (collector.number(found.source), collector.number(found.target))
            return collector.add(source, target, found.kind, Day(key.day), bytes, witness: found.isSeenOnce ? 0 : witness)
        }
        let index = (NetworkAddress.isPrivate(key.source) ? 2 : 0) + (NetworkAddress.isPrivate(key.target) ? 1 : 0)
        if charged[index] == nil {
            var example = route
            (example[.source], example[.target]) = (NetworkAddress.text(key.source), NetworkAddress.text(key.target))
            charged[index] = .some(example.charged())
        }
        guard let found = charged[index] ?? nil else { return }
        let source = found.isOwnSource ? collector.number(key.source) : collector.number(found.source)
        let isOther = key.target == FlowPairs.others || key.target == FlowPairs.privateOthers
        let target =
            isOther
            ? collector.number(TrafficTable.others) : found.isOwnTarget ? collector.number(key.target) : collector.number(found.target)
        collector.add(source, target, found.kind, Day(key.day), bytes, witness: found.isSeenOnce ? 0 : witness)
    }
}
