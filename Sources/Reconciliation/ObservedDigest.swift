import CostModel

/// A digest of what was observed, for plans to say what they were made from.
///
/// Lines and samples are hashed one by one and the hashes added, so that the order in which files were read does not matter.
enum ObservedDigest {
    static func digest(of state: ObservedState) -> String {
        var sums = Accumulator()
        for line in state.cost.lines { sums.add(hash(of: line, in: state.cost)) }
        for (resource, metrics) in state.utilization.series {
            for (metric, series) in metrics {
                var hash = Lanes()
                hash.mix(resource)
                hash.mix(metric.rawValue)
                for sample in series.samples {
                    hash.mix(UInt64(bitPattern: sample.time.seconds))
                    hash.mix(sample.value.bitPattern)
                }
                sums.add(hash)
            }
        }
        if let recorded = state.utilization.recorded { add(recorded, to: &sums) }
        var digest = SHA256()
        digest.update(field: "\(state.cost.currency) \(state.cost.rowCount) \(sums.text)")
        digest.update(field: state.catalog.source)
        for resource in state.resources {
            guard let deployed = resource.deployed else { continue }
            digest.update(field: resource.identity.description)
            for field in [deployed.id, deployed.arn, deployed.account, deployed.region, deployed.size] { digest.update(field: field ?? "") }
            if let alias = deployed.alias { digest.update(field: "alias \(alias)") }
            // Only where they decide anything.
            guard resource.ignoredChanges != .none else { continue }
            for (key, value) in (deployed.tags ?? [:]).sorted(by: { $0.key < $1.key }) {
                digest.update(field: key)
                digest.update(field: value)
            }
        }
        for (name, metric) in state.metrics.sorted(by: { $0.key < $1.key }) {
            digest.update(field: "metric \(name) \(metric.gap ?? "")")
            for (day, values) in metric.counts.days.sorted(by: { $0.key < $1.key }) {
                for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                    digest.update(field: "\(day) \(key)")
                    digest.update(field: value.description)
                }
            }
        }
        for (finding, time) in state.fixedAt.sorted(by: { $0.key < $1.key }) {
            digest.update(field: finding)
            digest.update(field: "\(time)")
        }
        return digest.hexDigest()
    }

    private static func add(_ recorded: RecordedUtilization, to sums: inout Accumulator) {
        for (resource, metrics) in recorded.summaries {
            for (metric, windows) in metrics {
                for (lookback, summary) in windows {
                    var hash = Lanes()
                    hash.mix(resource)
                    hash.mix(metric.rawValue)
                    let times = [lookback.seconds, Int64(summary.count), summary.first.seconds, summary.last.seconds]
                    for number in times + [summary.longestGap.seconds] { hash.mix(UInt64(bitPattern: number)) }
                    for value in [summary.min, summary.max, summary.mean] + summary.values { hash.mix(value.bitPattern) }
                    sums.add(hash)
                }
            }
        }
    }

    private static func hash(of line: CostTable.Line, in table: CostTable) -> Lanes {
        var hash = Lanes()
        let key = line.key
        hash.mix(UInt64(UInt32(bitPattern: key.day.number)) << 32 | UInt64(UInt32(bitPattern: key.billingMonth.number)))
        hash.mix(UInt64(key.category.rawValue))
        for index in [key.account, key.provider, key.service, key.region, key.resource] { hash.mix(table.name(index)) }
        for (name, value) in table.tagSets[Int(key.tagSet)].sorted(by: { $0.key < $1.key }) {
            hash.mix(name)
            hash.mix(value)
        }
        for basis in CostBasis.allCases {
            let raw = line.amounts[basis].raw
            hash.mix(UInt64(truncatingIfNeeded: raw))
            hash.mix(UInt64(truncatingIfNeeded: raw >> 64))
        }
        return hash
    }
}

/// Two lanes of FNV-1a over 64-bit words, with different bases.
private struct Lanes {
    var first: UInt64 = 0xcbf2_9ce4_8422_2325
    var second: UInt64 = 0x9ae1_6a3b_2f90_404f

    mutating func mix(_ word: UInt64) {
        first = (first ^ word) &* 0x100_0000_01b3
        first ^= first >> 29
        second = (second ^ word) &* 0x9e37_79b9_7f4a_7c15
        second ^= second >> 32
    }

    mutating func mix(_ text: String) {
        var word: UInt64 = 0
        var count: UInt64 = 0
        for byte in text.utf8 {
            word = word << 8 | UInt64(byte)
            count += 1
            if count % 8 == 0 {
                mix(word)
                word = 0
            }
        }
        mix(word)
        mix(count)
    }
}

private struct Accumulator {
    private var first: UInt64 = 0
    private var second: UInt64 = 0

    mutating func add(_ lanes: Lanes) {
        first = first &+ lanes.first
        second = second &+ lanes.second
    }

    var text: String { String(first, radix: 16) + "-" + String(second, radix: 16) }
}
