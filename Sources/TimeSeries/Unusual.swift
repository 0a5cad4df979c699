/// What one leaf cost too much on one day.
package struct Unusual: Equatable, Sendable {
    /// An index into the period.
    package var day: Int
    /// Money above the expectation.
    package var excess: Double
    package var expected: Double
    /// The part of the excess that the price of a unit explains.
    package var rate: Double = 0
    /// The excess in scales: how clear it is. Infinite where a price tells.
    package var clarity: Double = .infinity
}
