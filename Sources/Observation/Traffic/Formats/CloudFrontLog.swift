import CostModel

/// CloudFront's standard logs in W3C's form: `#Fields:` names the columns, which tabs part.
struct CloudFrontLog: TrafficLogFormat {
    private let days: Range<Day>
    /// Of date, bytes to the viewer, the viewer's address and the distribution's name.
    private var columns: (date: Int, bytes: Int, viewer: Int, host: Int)?
    private var count = 0
    private var key: [UInt8] = []

    init(days: Range<Day>) { self.days = days }

    mutating func read(_ line: UnsafeBufferPointer<UInt8>, into sums: inout TrafficSums) -> LogFault? {
        guard let first = line.first else { return nil }
        if first == UInt8(ascii: "#") { return readDirective(String(decoding: line, as: UTF8.self)) }
        guard let columns else { return .file(id: "bad-log", "is no CloudFront log: no '#Fields:' stands before its first record") }
        let parts = line.split(separator: 9, omittingEmptySubsequences: false)
        guard parts.count == count else { return .row("\(parts.count) fields, where '#Fields:' names \(count)") }
        guard let day = Day(parsing: UnsafeBufferPointer(rebasing: parts[columns.date])) else { return .row("the date is none") }
        guard let bytes = UInt64(String(decoding: parts[columns.bytes], as: UTF8.self)) else { return .row("sc-bytes is no number") }
        guard days.contains(day) else { return nil }
        key.removeAll(keepingCapacity: true)
        withUnsafeBytes(of: day.number) { key += $0 }
        key += parts[columns.host]
        key.append(9)
        key += parts[columns.viewer]
        key.withUnsafeBufferPointer { sums.add(bytes, key: $0) }
        return nil
    }

    private mutating func readDirective(_ line: String) -> LogFault? {
        guard line.hasPrefix("#Fields:") else { return nil }
        let names = line.dropFirst("#Fields:".count).split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        let wanted = ["date", "sc-bytes", "c-ip", "cs(Host)"]
        let places = wanted.map { names.firstIndex(of: $0) }
        let missing = zip(wanted, places).filter { $0.1 == nil }.map(\.0)
        guard let date = places[0], let bytes = places[1], let viewer = places[2], let host = places[3] else {
            return .file(id: "log-fields", "the log lacks \(missing.joined(separator: ", "))")
        }
        (columns, count) = ((date, bytes, viewer, host), names.count)
        return nil
    }

    func report(_ key: UnsafeBufferPointer<UInt8>, _ bytes: UInt64, to collector: inout TrafficCollector) {
        let day = UnsafeRawBufferPointer(key).loadUnaligned(as: Int32.self)
        let texts = key.dropFirst(4).split(separator: 9).map { String(decoding: $0, as: UTF8.self) }
        guard texts.count == 2 else { return }
        collector.add(texts[0], texts[1], .cdn, Day(day), bytes)
    }

    func finish(_ problems: RowProblems) {
        if columns == nil { problems.add(.partial, id: "bad-log", "is no CloudFront log: it has no '#Fields:'") }
    }
}
