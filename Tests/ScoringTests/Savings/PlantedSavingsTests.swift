import CostModel
import Foundation
import Testing

@testable import Scoring

/// `BURSAR_SAVINGS_SEEDS=200 swift test --filter PlantedSavingsTests` tries more estates.
@Suite("realised savings of twenty planted changes")
struct PlantedSavingsTests {
    private static let seeds = ProcessInfo.processInfo.environment["BURSAR_SAVINGS_SEEDS"].flatMap { UInt64($0) } ?? 6

    @Test("are within five per cent of the truth, each and together, whatever else moves the bill", arguments: 1...seeds)
    func withinFivePercent(seed: UInt64) throws {
        var estate = PlantedEstate(seed: seed)
        let usage = try estate.usage()
        let records = RealisedSavings.measure(
            estate.changes, usage: usage, lives: [], known: [], now: PlantedEstate.now, currency: .usd)
        #expect(records.count == 20)
        var sums = (realised: FixedDecimal.zero, planted: FixedDecimal.zero)
        for record in records {
            let planted = try #require(estate.truth[record.change.change.id])
            let realised = try #require(record.realised?.amount, "\(record.change.change.id): \(record.method)")
            let error = (realised - planted).ratio(to: planted) ?? 1
            #expect(abs(error) <= 0.05, "seed \(seed), \(record.change.change.id): \(realised), planted \(planted); \(record.method)")
            #expect(record.standing == .vested)
            #expect(record.verified?.amount == min(realised, record.estimated?.amount ?? .zero))
            sums.realised += realised
            sums.planted += planted
        }
        #expect(abs((sums.realised - sums.planted).ratio(to: sums.planted) ?? 1) <= 0.05)
    }

    @Test("do not depend on the order of input, and are not worked out anew without need")
    func order() throws {
        var estate = PlantedEstate(seed: 7)
        let usage = try estate.usage()
        let records = RealisedSavings.measure(estate.changes, usage: usage, lives: [], known: [], now: PlantedEstate.now, currency: .usd)
        let again = RealisedSavings.measure(
            estate.changes.reversed(), usage: usage, lives: [], known: records.reversed(), now: PlantedEstate.now.adding(.hours(1)),
            currency: .usd)
        #expect(again == records)
        #expect(records.map(\.change.change.id) == estate.changes.map(\.change.id).sorted())
    }
}
