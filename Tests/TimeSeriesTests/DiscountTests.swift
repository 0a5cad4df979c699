import Testing

@testable import TimeSeries

@Suite("a commitment's discount that ended")
struct DiscountTests {
    private static let days = 60

    /// A leaf whose full price is 100 a day, of which a commitment pays 40 until day 50.
    private func paid(_ after: Double = 100) -> [Double] { (0..<Self.days).map { $0 < 50 ? 60 : after } }

    private func amount(_ paid: [Double], full: [Double], excess: Double) -> Double? {
        EndedDiscount.amount(paid: paid, full: full, start: 50, found: Array(50..<55), excess: excess)
    }

    private let steady = [Double](repeating: 100, count: Self.days)

    @Test("is what the same use costs more")
    func ended() throws {
        let lost = try #require(amount(paid(), full: steady, excess: 200))
        #expect(abs(lost - 200) < 1e-9)
    }

    @Test("is no use that was added, and none that fell")
    func usage() throws {
        // Another 100 a day at the full price, while the commitment goes on.
        let added = (0..<Self.days).map { $0 < 50 ? 60.0 : 160 }
        #expect(amount(added, full: (0..<Self.days).map { $0 < 50 ? 100 : 200 }, excess: 500) == nil)
        // Both at once: only what the commitment paid is its end.
        let both = (0..<Self.days).map { $0 < 50 ? 60.0 : 200 }
        let lost = try #require(amount(both, full: (0..<Self.days).map { $0 < 50 ? 100 : 200 }, excess: 700))
        #expect(abs(lost - 200) < 1e-9)
    }

    @Test("is not seen where there was none, or where nothing is known")
    func none() {
        #expect(amount(steady, full: steady, excess: 100) == nil)
        #expect(amount(paid(), full: [Double](repeating: 0, count: Self.days), excess: 100) == nil)
        #expect(EndedDiscount.amount(paid: [], full: [], start: 0, found: [0], excess: 5) == nil)
        #expect(amount([Double](repeating: .nan, count: Self.days), full: steady, excess: 100) == nil)
        // A dearer unit is no discount that ended.
        #expect(amount((0..<Self.days).map { $0 < 50 ? 100 : 150 }, full: (0..<Self.days).map { $0 < 50 ? 100 : 150 }, excess: 250) == nil)
    }

    @Test("never explains more than the excess")
    func bounded() throws {
        #expect(amount(paid(), full: steady, excess: 90) == 90)
    }
}
