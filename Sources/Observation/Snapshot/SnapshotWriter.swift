import CostModel
import JSON

/// Writes a snapshot as one JSON document: the same observations give the same bytes.
///
/// Its last member is a digest: the SHA-256 of the same document with an empty one. Anybody can check it:
///
/// ```
/// sed 's/"digest":"[0-9a-f]*"}$/"digest":""}/' observations.json | sha256sum
/// ```
package struct SnapshotWriter {
    static let schemaVersion = 1
    static let tool = "bursar"
    /// Tells it from other documents of the tool.
    static let document = "observations"
    /// What stands behind the digest, and before it.
    static let ending = Array("\"}\n".utf8)
    static let digestKey = Array("\"digest\":\"".utf8)

    /// Which resources the bill names.
    static let allResources = "all"
    static let deployedResources = "deployed"

    var json = JSONWriter(escaping: .snapshot)

    /// - Parameters:
    ///   - version: the tool's.
    ///   - isPacked: as gzip.
    package static func bytes(of snapshot: Snapshot, version: String, isPacked: Bool = false) throws(SnapshotError) -> [UInt8] {
        guard snapshot.bill.table.lines.count <= SnapshotLimit.lines else {
            throw SnapshotError("the bill has more than \(SnapshotLimit.lines) resources and days: a snapshot holds no more")
        }
        var writer = SnapshotWriter()
        writer.write(snapshot, version)
        let bytes = writer.json.bytes
        guard bytes.count <= SnapshotLimit.size else { throw SnapshotError("the snapshot is larger than \(SnapshotLimit.size >> 20) MiB") }
        return isPacked ? GzipPacker.pack(bytes) : bytes
    }

    private mutating func write(_ snapshot: Snapshot, _ version: String) {
        json.open("{")
        json.key("schemaVersion")
        json.integer(Self.schemaVersion)
        let header = [
            ("tool", Self.tool), ("document", Self.document), ("version", version), ("workspace", snapshot.workspace),
            ("revision", snapshot.revision), ("observedAt", snapshot.observedAt.description),
            ("currency", snapshot.bill.table.currency.code),
        ]
        for (key, value) in header { member(key, value) }
        section("bill") { $0.write(snapshot.bill) }
        section("utilization") { $0.write(snapshot.utilization, snapshot.utilizationProblems, until: snapshot.observedAt) }
        section("states") { $0.write(snapshot.states) }
        json.line()
        json.key("catalog")
        if let catalog = snapshot.catalog { write(catalog) } else { json.null() }
        // A document without it is read as before there was one.
        if let cloud = snapshot.cloud { section("cloud") { $0.write(cloud, snapshot.cloudProblems) } }
        if let advice = snapshot.advice { section("recommendations") { $0.write(advice, snapshot.adviceProblems) } }
        if let metrics = snapshot.metrics { section("metrics") { $0.write(metrics, snapshot.metricProblems) } }
        if !snapshot.commands.isEmpty { write(snapshot.commands) }
        json.line()
        json.key("digest")
        // Of the document with an empty digest.
        var hash = SHA256()
        hash.update(json.bytes)
        hash.update(Array("\"\"}\n".utf8))
        json.text(hash.hexDigest())
        json.close("}")
        json.end()
    }

    mutating func section(_ key: String, _ body: (inout SnapshotWriter) -> Void) {
        json.line()
        json.key(key)
        json.open("{")
        body(&self)
        json.close("}")
    }

    private mutating func member(_ key: String, _ value: String?) {
        json.key(key)
        json.text(value)
    }

    mutating func texts(_ key: String, _ values: [String], perLine: Bool = false) {
        json.key(key)
        json.array { json in
            for value in values {
                if perLine { json.line() }
                json.text(value)
            }
        }
    }

    mutating func problems(_ problems: [ObservationProblem]) {
        json.line()
        json.key("problems")
        json.array { json in
            for problem in problems.sorted() {
                json.line()
                json.object { json in
                    for (key, value) in [("severity", problem.severity.rawValue), ("id", problem.id), ("file", problem.file)] {
                        json.key(key)
                        json.text(value)
                    }
                    for case (let key, let value?) in [("line", problem.line), ("column", problem.column)] {
                        json.key(key)
                        json.integer(value)
                    }
                    json.key("message")
                    json.text(problem.message)
                }
            }
        }
    }
}

// MARK: The bill

extension SnapshotWriter {
    private mutating func write(_ bill: ObservedBill) {
        let table = bill.table
        json.key("sources")
        json.array { json in
            for age in bill.ages {
                json.object { json in
                    json.key("name")
                    json.text(age.source)
                    json.key("newestDay")
                    json.text(age.newestDay?.description)
                    json.key("maxAge")
                    if let maxAge = age.maxAge { json.integer(maxAge.seconds) } else { json.null() }
                }
            }
        }
        texts("costs", CostBasis.allCases.filter(bill.bases.contains).map(\.rawValue))
        texts("tagKeys", bill.tagKeys.sorted())
        json.key("resources")
        json.text(bill.namesAllResources ? Self.allResources : Self.deployedResources)
        texts("days", table.days.map { [$0.lowerBound.description, $0.upperBound.description] } ?? [])
        json.key("rows")
        json.integer(table.rowCount)
        json.key("lines")
        json.integer(table.lines.count)
        if let coverage = table.coverage {
            // Without it a reader could not tell a day without spend from one that has not arrived.
            json.line()
            json.key("coverage")
            coverage.write(to: &json)
        }
        if !table.billingPeriods.isEmpty { writeBillingPeriods(of: table) }
        problems(bill.problems)
        json.line()
        texts("names", table.names, perLine: true)
        json.line()
        json.key("tagSets")
        json.array { json in
            for tags in table.tagSets {
                json.line()
                json.object { json in
                    for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
                        json.key(key)
                        json.text(value)
                    }
                }
            }
        }
        writeSeries(of: table)
        // A document without it is read as before there was one.
        if let units = bill.units { section("units") { $0.write(units) } }
    }

    /// Billing periods that are no calendar months.
    private mutating func writeBillingPeriods(of table: CostTable) {
        json.line()
        json.key("billingPeriods")
        json.runs(table.billingPeriods.sorted { $0.key < $1.key }.map(\.value))
    }

    /// Amounts that several lines have stand once; days in a row that have the same ones are one run.
    private mutating func writeSeries(of table: CostTable) {
        var numbers: [CostAmounts: Int] = [:]
        json.line()
        json.key("amounts")
        json.array { json in
            for line in table.lines where numbers[line.amounts] == nil {
                numbers[line.amounts] = numbers.count
                let amounts = CostBasis.allCases.map { line.amounts[$0] }
                let isOne = amounts.allSatisfy { $0 == amounts[0] }
                json.text((isOne ? [amounts[0]] : amounts).map(\.description).joined(separator: " "))
            }
        }
        json.line()
        json.key("series")
        json.open("[")
        let firstDay = table.days?.lowerBound ?? Day(0)
        var at = 0
        while at < table.lines.count {
            let series = CostSeries(table.lines[at].key)
            json.line()
            json.open("[")
            json.text(series.category.name)
            for number in series.numbers + [series.billedAfter] { json.integer(number) }
            json.open("[")
            while at < table.lines.count, CostSeries(table.lines[at].key) == series {
                let line = table.lines[at]
                var length = 1
                while at + length < table.lines.count {
                    let next = table.lines[at + length]
                    guard next.amounts == line.amounts, next.key.day == line.key.day.advanced(by: length),
                        CostSeries(next.key) == series
                    else { break }
                    length += 1
                }
                json.integer(firstDay.distance(to: line.key.day))
                json.integer(length)
                json.integer(numbers[line.amounts] ?? 0)
                at += length
            }
            json.close("]")
            json.close("]")
        }
        json.close("]")
    }
}

// MARK: Everything else

extension SnapshotWriter {
    private mutating func write(_ table: RecordedUtilization, _ problems: [ObservationProblem], until now: Instant) {
        json.key("lookbacks")
        json.array { json in for lookback in table.lookbacks { json.integer(lookback.seconds) } }
        json.key("percentiles")
        json.array { json in for percentile in table.percentiles { json.decimal(percentile) } }
        self.problems(problems)
        json.line()
        json.key("series")
        json.array { json in
            for (name, metrics) in table.summaries.sorted(by: { $0.key < $1.key }) {
                for (metric, windows) in metrics.sorted(by: { $0.key < $1.key }) {
                    json.line()
                    json.array { json in
                        json.text(name)
                        json.text(metric.rawValue)
                        for (index, lookback) in table.lookbacks.enumerated() {
                            if let summary = windows[lookback] { Self.write(summary, index, until: now, to: &json) }
                        }
                    }
                }
            }
        }
    }

    /// Times count back from the observation.
    private static func write(_ summary: RecordedSummary, _ lookback: Int, until now: Instant, to json: inout JSONWriter) {
        json.array { json in
            for number in [lookback, summary.count] { json.integer(number) }
            for time in [summary.first, summary.last] { json.integer(now.seconds - time.seconds) }
            json.integer(summary.longestGap.seconds)
            for value in [summary.min, summary.max, summary.mean] + summary.values { json.number(value) }
        }
    }

    private mutating func write(_ states: RecordedStates) {
        texts("roots", states.roots)
        problems(states.problems)
        json.line()
        json.key("files")
        json.array { json in
            for source in states.states {
                json.line()
                json.object { json in
                    json.key("file")
                    json.text(source.state.file)
                    json.key("root")
                    json.text(source.root)
                    json.key("resources")
                    json.array { json in
                        for (address, entry) in source.state.resources.sorted(by: { $0.key < $1.key }) {
                            let deployed = entry.deployed
                            json.line()
                            json.array { json in
                                for text in [
                                    address, entry.type, deployed.id, deployed.arn, deployed.account, deployed.region, deployed.size,
                                ] {
                                    json.text(text)
                                }
                                if let alias = deployed.alias { json.text(alias) }
                                if let tags = deployed.tags {
                                    json.array { json in
                                        for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
                                            json.text(key)
                                            json.text(value)
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func write(_ cloud: CloudInventory, _ problems: [ObservationProblem]) {
        self.problems(problems)
        json.line()
        json.key("resources")
        json.array { json in
            for (name, entry) in cloud.entries.sorted(by: { $0.key < $1.key }) {
                json.line()
                json.array { json in
                    json.text(name)
                    Self.write(entry.arguments, to: &json)
                    if let tags = entry.tags { Self.write(tags, to: &json) }
                }
            }
        }
    }

    private static func write(_ texts: [String: String], to json: inout JSONWriter) {
        json.object { json in
            for (key, value) in texts.sorted(by: { $0.key < $1.key }) {
                json.key(key)
                json.text(value)
            }
        }
    }

    /// Of a workspace's catalogue what differs from the one that comes with the program.
    private mutating func write(_ catalog: Snapshot.Catalog) {
        json.open("{")
        member("source", catalog.catalog.source)
        problems(catalog.problems)
        json.line()
        json.key("entries")
        json.array { json in
            for (name, entry) in catalog.catalog.entries.sorted(by: { $0.key < $1.key }) where InstanceCatalog.builtIn[name] != entry {
                json.line()
                json.array { json in
                    json.text(name)
                    json.text(entry.family)
                    json.integer(entry.vcpu)
                    json.integer(entry.memoryMiB)
                    json.text(entry.architecture)
                    json.decimal(entry.hourly)
                }
            }
        }
        json.close("}")
    }
}

extension JSONEscaping {
    /// By number, whatever it is: as the first version wrote it.
    static let snapshot = JSONEscaping(letters: "") { $0 == "\u{7F}" }
}

extension JSONWriter {
    fileprivate mutating func decimal(_ number: FixedDecimal) { self.number(number.description) }

    /// The shortest text that reads as the same number.
    fileprivate mutating func number(_ number: Double) {
        let text = number.description
        self.number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}
