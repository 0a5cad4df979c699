/// On which terms a charge was made: at which kind of price, by which commitment it was paid for, and whether it is for transfer.
package struct ChargeTerms: Hashable, Sendable {
    /// FOCUS PricingCategory and CommitmentDiscountStatus in one.
    package enum Pricing: Int32, Hashable, Sendable {
        /// The row does not say it.
        case unstated
        /// The provider's, or the contract's, price for everybody: PricingCategory `Standard`.
        case onDemand
        /// A market's price, such as that of spot capacity: `Dynamic`.
        case dynamic
        case other
        /// What a commitment pays for, and what of a commitment nobody used: CommitmentDiscountStatus `Used` and `Unused`.
        case used, unused
    }

    package var pricing: Pricing
    /// FOCUS CommitmentDiscountId, CommitmentDiscountType and CommitmentDiscountCategory; empty for none.
    package var commitment: String
    package var type: String
    package var category: String
    /// Where goes what is charged, if it is transfer.
    package var transfer: TransferKind

    package init(
        pricing: Pricing = .unstated, commitment: String = "", type: String = "", category: String = "",
        transfer: TransferKind = .notTransfer
    ) {
        self.pricing = pricing
        self.commitment = commitment
        self.type = type
        self.category = category
        self.transfer = transfer
    }
}
