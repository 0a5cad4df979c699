import CostModel

/// S3's server access logs: what each bucket sent, and where.
///
/// Fields by their place, as AWS's "Amazon S3 server access log format" numbers them; a field in quotes or brackets may hold spaces. Later
/// versions add fields behind.
struct S3AccessLog: TrafficLogFormat {
    private enum Place { static let (bucket, time, address, request, status, bytes, agent, fewest) = (1, 2, 3, 8, 9, 11, 16, 17) }

    private let days: Range<Day>
    private var starts: [Range<Int>] = []
    private var key: [UInt8] = []

    init(days: Range<Day>) { self.days = days }

    mutating func read(_ line: UnsafeBufferPointer<UInt8>, into sums: inout TrafficSums) -> LogFault? {
        guard !line.isEmpty else { return nil }
        guard split(line), starts.count >= Place.fewest else { return .row("is no record of an S3 access log, or ends in the middle") }
        guard let day = Self.day(text(line, Place.time)) else { return .row("the time is none: [06/Feb/2026:00:00:38 +0000] is expected") }
        let status = text(line, Place.status)
        guard status == "-" || status.utf8.count == 3 && UInt16(status) != nil else { return .row("the status of the request is none") }
        let sent = text(line, Place.bytes)
        guard days.contains(day), sent != "-" else { return nil }
        guard let bytes = UInt64(sent) else { return .row("the bytes sent are no number") }
        // A distribution's requests are free, and charged by itself.
        guard text(line, Place.agent) != "Amazon CloudFront" else { return nil }
        key.removeAll(keepingCapacity: true)
        withUnsafeBytes(of: day.number) { key += $0 }
        key += line[starts[Place.bucket]]
        key.append(UInt8(ascii: " "))
        key += line[starts[Place.address]]
        key.withUnsafeBufferPointer { sums.add(bytes, key: $0) }
        return nil
    }

    func report(_ key: UnsafeBufferPointer<UInt8>, _ bytes: UInt64, to collector: inout TrafficCollector) {
        let day = UnsafeRawBufferPointer(key).loadUnaligned(as: Int32.self)
        let texts = key.dropFirst(4).split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        // By a network's endpoint nothing leaves it.
        guard texts.count == 2, texts[1] != "-", !NetworkAddress.isPrivate(texts[1]) else { return }
        collector.add(texts[0], texts[1], .internet, Day(day), bytes)
    }

    func finish(_ problems: RowProblems) {}

    private func text(_ line: UnsafeBufferPointer<UInt8>, _ field: Int) -> String { String(decoding: line[starts[field]], as: UTF8.self) }

    /// Says where fields are, without quotes and brackets.
    ///
    /// - Returns: Whether each that begins with one ends with it.
    private mutating func split(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        starts.removeAll(keepingCapacity: true)
        var at = 0
        while at < line.count {
            let closing: UInt8? =
                switch line[at] {
                case UInt8(ascii: "\""): UInt8(ascii: "\"")
                case UInt8(ascii: "["): UInt8(ascii: "]")
                default: nil
                }
            let from = closing == nil ? at : at + 1
            var end = from
            if let closing {
                while end < line.count, !(line[end] == closing && isEnd(end, of: line)) { end += 1 }
                guard end < line.count else { return false }
            } else {
                while end < line.count, line[end] != 32 { end += 1 }
            }
            starts.append(from..<end)
            at = end + (closing == nil ? 1 : 2)
        }
        return true
    }

    /// Whether a field ends with this quote: one within a text is followed by neither a space nor the end, and one within a request not by its
    /// status.
    private func isEnd(_ at: Int, of line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard at + 1 < line.count else { return true }
        guard line[at + 1] == 32 else { return false }
        guard starts.count == Place.request else { return true }
        let next = line[(at + 2)...].prefix { $0 != 32 }
        return next.elementsEqual("-".utf8) || next.count == 3 && next.allSatisfy { (48...57).contains($0) }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `06/Feb/2026:00:00:38 +0000`, always in UTC.
    private static func day(_ text: String) -> Day? {
        let parts = text.prefix { $0 != ":" }.split(separator: "/")
        guard parts.count == 3, let month = months.firstIndex(of: String(parts[1])), let day = Int(parts[0]), let year = Int(parts[2])
        else {
            return nil
        }
        let written = "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day < 10 ? "0" : "")\(day)"
        return Day(written)
    }
}
