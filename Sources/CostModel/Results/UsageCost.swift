/// What resources were charged for their use in the 28 closed days, by how it is paid for; effective cost, without transfer.
///
/// An hour in which a machine is off saves money only where each hour is paid for: a commitment is paid for whether it is used or not.
package struct UsageCost: Hashable, Sendable {
    package struct Amounts: Hashable, Sendable {
        /// On demand, or at a market's price.
        package var byTheHour = FixedDecimal.zero
        package var committed = FixedDecimal.zero
        /// On terms that the bill does not state.
        package var unstated = FixedDecimal.zero

        package init() {}
    }

    /// Those with a charge.
    package var resources: [ResourceIdentity: Amounts] = [:]
    /// Why the bill cannot tell it; nil: it can.
    package var gap: String?

    package init() {}
}
