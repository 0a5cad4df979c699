import CostModel
import Testing

@Suite("utilisation")
struct UtilizationTests {
    private let now = Instant(seconds: 1_000_000)
    private let lookback = TimeSpan.hours(10)
    private var resource: Resource {
        Resource(
            identity: ResourceIdentity(root: "", address: "aws_instance.web"), type: "aws_instance", provider: "aws",
            location: Place(file: "main.tf", line: 1), block: FileSpan(file: "main.tf", bytes: 0..<1), tags: TagSet(supported: true),
            deployed: Resource.Deployed(id: "i-1", arn: "arn:i-1"))
    }

    /// A sample an hour: at the end of the look-back, which does not count, and 11 before it, the last of which is too old.
    private var table: UtilizationTable {
        let samples = (0...11).reversed().map { SampleSeries.Sample(time: now.subtracting(.hours($0)), value: Double($0) + 0.1) }
        return UtilizationTable(series: ["i-1": [.cpu: SampleSeries(samples: samples)]])
    }

    private func recorded(_ percentiles: Set<FixedDecimal>) -> UtilizationTable {
        UtilizationTable(RecordedUtilization(of: table, lookbacks: [lookback], percentiles: percentiles, until: now))
    }

    @Test("is summed up from samples, and from what was recorded of them, alike", arguments: [false, true])
    func summary(isRecorded: Bool) throws {
        let table = isRecorded ? recorded([FixedDecimal(50), FixedDecimal(95)]) : table
        let summary = try #require(table.summary(of: resource, .cpu, over: lookback, until: now))
        #expect(summary.count == 10)
        #expect(summary.first == now.subtracting(lookback) && summary.last == now.subtracting(.hours(1)))
        #expect(summary.min == 1.1 && summary.max == 10.1)
        #expect(abs(summary.mean - 5.6) < 1e-12)
        #expect(summary.longestGap == .hours(1))
        #expect(summary.percentile(FixedDecimal(50)) == 5.1)
        #expect(summary.percentile(FixedDecimal(95)) == 10.1)
        #expect(table.summary(of: resource, .memory, over: lookback, until: now) == nil)
    }

    @Test("what was not recorded has no answer, and can be asked for")
    func gaps() throws {
        let table = recorded([FixedDecimal(95)])
        #expect(table.holds(lookback) && table.holds(percentile: FixedDecimal(95)))
        #expect(!table.holds(.hours(9)) && !table.holds(percentile: FixedDecimal(50)))
        #expect(table.summary(of: resource, .cpu, over: .hours(9), until: now) == nil)
        let summary = try #require(table.summary(of: resource, .cpu, over: lookback, until: now))
        #expect(summary.percentile(FixedDecimal(50)) == nil)
        #expect(self.table.holds(.hours(9)) && self.table.holds(percentile: FixedDecimal(50)))
    }
}
