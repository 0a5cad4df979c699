import CostModel

/// Code may multiply one number with another at will. What comes to more than anybody uses or pays stops here, and is not priced.
extension FixedDecimal {
    /// Of one thing in a month.
    static let mostUsed = FixedDecimal(1_000_000_000_000_000)
    /// For one thing in a month.
    static let mostPaid = FixedDecimal(1_000_000_000_000)

    /// `self · other`, no further than `mostUsed`: two numbers of code may have a product for which there is no room.
    func multiplied(by other: FixedDecimal) -> FixedDecimal {
        let size = approximation * other.approximation
        guard size.magnitude < 1e15 else { return size < 0 ? -Self.mostUsed : Self.mostUsed }
        return scaled(by: other.raw, over: Self.unit)
    }

    var isTooMuchToUse: Bool { magnitude >= Self.mostUsed }
    var isTooMuchToPay: Bool { magnitude >= Self.mostPaid }
}
