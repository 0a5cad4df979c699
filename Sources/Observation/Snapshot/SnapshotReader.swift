import CostModel
import JSON

/// Reads a snapshot, byte by byte and strictly: the digest right, every key known and present once, every value of its type, every number
/// in its range.
///
/// The digest shows accidents and edits, not malice: whoever can write the file can write a digest. Nothing in it may do harm.
package struct SnapshotReader {
    /// - Parameter path: of the file, packed or not.
    package static func read(_ path: String) throws(SnapshotError) -> Snapshot { try read(path, limit: SnapshotLimit.size) }

    static func read(_ path: String, limit: Int) throws(SnapshotError) -> Snapshot {
        let bytes: [UInt8]
        do throws(FileFault) {
            bytes = try ObservedFile(name: path, in: ".").contents(limit: limit)
        } catch { throw SnapshotError(error.description) }
        return try read(bytes)
    }

    package static func read(_ bytes: [UInt8]) throws(SnapshotError) -> Snapshot {
        guard bytes.count <= SnapshotLimit.size else { throw SnapshotError("it is larger than \(SnapshotLimit.size >> 20) MiB") }
        try checkDigest(bytes)
        do throws(JSONError) {
            return try JSONReader.read(bytes, limits: JSONLimits(size: SnapshotLimit.size)) { (reader) throws(JSONError) in
                var document = SnapshotDocument()
                return try document.read(&reader)
            }
        } catch { throw SnapshotError("it cannot be read: \(error)") }
    }

    private static let digestLength = 64

    /// The digest stands at the very end, so that a file that was cut off has none.
    private static func checkDigest(_ bytes: [UInt8]) throws(SnapshotError) {
        let end = bytes.count - SnapshotWriter.ending.count
        let start = end - digestLength
        let key = start - SnapshotWriter.digestKey.count
        guard key > 0, bytes.first == UInt8(ascii: "{"), bytes[end...].elementsEqual(SnapshotWriter.ending),
            bytes[key..<start].elementsEqual(SnapshotWriter.digestKey)
        else { throw SnapshotError("it is no snapshot, or is torn: it does not end in a digest") }
        var hash = SHA256()
        hash.update(bytes[..<start])
        hash.update(bytes[end...])
        guard hash.hexDigest().utf8.elementsEqual(bytes[start..<end]) else {
            throw SnapshotError("it was changed since it was written: its digest does not hold")
        }
    }
}

/// A snapshot under construction.
private struct SnapshotDocument {
    private var header: [String: String] = [:]
    private var observedAt = Instant(seconds: 0)
    private var bill: ObservedBill?
    private var utilization = RecordedUtilization()
    private var utilizationProblems: [ObservationProblem] = []
    private var states = RecordedStates()
    private var catalog: Snapshot.Catalog?
    private var cloud: CloudInventory?
    private var cloudProblems: [ObservationProblem] = []
    private var advice: AdviceBook?
    private var adviceProblems: [ObservationProblem] = []
    private var metrics: [String: ObservedMetric]?
    private var metricProblems: [ObservationProblem] = []
    private var commands: [CommandRecord] = []

    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Snapshot {
        let keys = [
            "schemaVersion", "tool", "document", "version", "workspace", "revision", "observedAt", "currency", "bill", "utilization",
            "states", "catalog", "cloud", "recommendations", "metrics", "commands", "digest",
        ]
        try reader.members(keys, optional: ["cloud", "recommendations", "metrics", "commands"]) { (reader, key) throws(JSONError) in
            try readMember(key, &reader)
        }
        guard let bill else { throw reader.error("a bill expected") }
        var snapshot = Snapshot(
            workspace: header["workspace"] ?? "", revision: header["revision"] ?? "", observedAt: observedAt, bill: bill,
            utilization: utilization, utilizationProblems: utilizationProblems, states: states, catalog: catalog)
        (snapshot.cloud, snapshot.cloudProblems) = (cloud, cloudProblems)
        (snapshot.advice, snapshot.adviceProblems) = (advice, adviceProblems)
        (snapshot.metrics, snapshot.metricProblems) = (metrics, metricProblems)
        snapshot.commands = commands
        return snapshot
    }

    /// The members come in the order in which they are written: what later ones need is there.
    private mutating func readMember(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "schemaVersion":
            let version = try reader.integer(in: 0...Int(Int32.max))
            guard version == SnapshotWriter.schemaVersion else {
                throw reader.error(
                    "schemaVersion \(version), only \(SnapshotWriter.schemaVersion) is read: observe again with this version")
            }
        case "tool": try reader.expect(SnapshotWriter.tool)
        case "document": try reader.expect(SnapshotWriter.document)
        case "observedAt": observedAt = try reader.instant()
        case "bill":
            guard let currency = Currency(header["currency"] ?? "") else { throw reader.error("no currency stands before the bill") }
            bill = try SnapshotBill.read(&reader, currency: currency)
        case "utilization":
            (utilization, utilizationProblems) = try SnapshotUtilization.read(&reader, until: observedAt)
        case "states": states = try SnapshotStates.read(&reader)
        case "catalog":
            if try !reader.null() { catalog = try SnapshotCatalog.read(&reader) }
        case "cloud": (cloud, cloudProblems) = try SnapshotCloud.read(&reader)
        case "recommendations":
            guard let bill else { throw reader.error("no bill stands before the recommendations") }
            (advice, adviceProblems) = try SnapshotAdvice.read(&reader, currency: bill.table.currency)
        case "metrics": (metrics, metricProblems) = try SnapshotMetrics.read(&reader)
        case "commands": commands = try SnapshotAdvice.readCommands(&reader)
        default: header[key] = try reader.string()
        }
    }
}

// MARK: What all parts need

extension JSONReader {
    /// An object that has exactly these members, in this order.
    mutating func members(
        _ keys: [String], optional: Set<String> = [], _ body: (inout JSONReader, String) throws(JSONError) -> Void
    ) throws(JSONError) {
        var rest = keys[...]
        try object { (reader, key) throws(JSONError) in
            while let next = rest.first, !(key == next), optional.contains(next) { rest.removeFirst() }
            guard let next = rest.first else { throw reader.error("unknown key '\(key.string)'") }
            guard key == next else { throw reader.error("the key '\(next)' expected, found '\(key.string)'") }
            rest.removeFirst()
            try body(&reader, next)
        }
        if let missing = rest.first(where: { !optional.contains($0) }) { throw error("the key '\(missing)' is missing") }
    }

    mutating func expect(_ text: String) throws(JSONError) {
        guard try string() == text else { throw error("'\(text)' expected") }
    }

    mutating func textOrNull() throws(JSONError) -> String? { try null() ? nil : try string() }

    mutating func texts() throws(JSONError) -> [String] {
        var texts: [String] = []
        try array { (reader) throws(JSONError) in texts.append(try reader.string()) }
        return texts
    }

    mutating func instant() throws(JSONError) -> Instant {
        guard let instant = Instant(try string()) else { throw error("a time such as 2026-11-01T00:00:00Z expected") }
        return instant
    }

    mutating func day() throws(JSONError) -> Day {
        guard let day = Day(try string()) else { throw error("a day such as 2026-10-31 expected") }
        return day
    }

    mutating func decimal() throws(JSONError) -> FixedDecimal {
        let bytes = try number()
        do throws(FixedDecimal.ParseError) { return try FixedDecimal(parsing: bytes) } catch { throw self.error(error.description) }
    }

    /// The decimal numbers of a string, with a space between two.
    mutating func decimals() throws(JSONError) -> [FixedDecimal] {
        let text = try text()
        var numbers: [FixedDecimal] = []
        do throws(FixedDecimal.ParseError) {
            try text.withBytes { (bytes) throws(FixedDecimal.ParseError) in
                for word in bytes.split(separator: 0x20, omittingEmptySubsequences: false) {
                    numbers.append(try FixedDecimal(parsing: UnsafeBufferPointer(rebasing: word)))
                }
            }
        } catch { throw self.error(error.description) }
        return numbers
    }

    /// A measurement: a finite number that is not negative.
    mutating func measurement() throws(JSONError) -> Double {
        guard let value = DecimalNumber.parse(try number()), value >= 0 else { throw error("a number that is not negative expected") }
        return value
    }

    mutating func problems() throws(JSONError) -> [ObservationProblem] {
        var problems: [ObservationProblem] = []
        try array { (reader) throws(JSONError) in
            var texts: [String: String] = [:]
            var numbers: [String: Int] = [:]
            try reader.members(["severity", "id", "file", "line", "column", "message"], optional: ["line", "column"]) {
                (reader, key) throws(JSONError) in
                switch key {
                case "line", "column": numbers[key] = try reader.integer(in: 0...Int(Int32.max))
                default: texts[key] = try reader.string()
                }
            }
            guard let severity = ObservationProblem.Severity(rawValue: texts["severity"] ?? "") else {
                throw reader.error("a severity expected, partial or note")
            }
            problems.append(
                ObservationProblem(
                    severity, id: texts["id"] ?? "", file: texts["file"] ?? "", line: numbers["line"], column: numbers["column"],
                    texts["message"] ?? ""))
        }
        return problems
    }
}
