/// What is expected of commitments such as savings plans and reservations. `kind: CommitmentPolicy`.
package struct CommitmentPolicy: BillPolicy {
    package var header: PolicyHeader
    /// Which part of the bill is judged; charges of usage only.
    package var scope: Budget.Scope
    /// What use would cost without commitments.
    package var onDemandPrice: OnDemandPrice
    /// The least share of what commitments can pay for that they pay for; nil: not judged.
    package var minimumCoverage: FixedDecimal?
    /// The least share of a commitment that is used; nil: not judged.
    package var minimumUtilization: FixedDecimal?
    /// How long before its end a commitment is a finding; nil: not judged.
    package var expiresWithin: TimeSpan?
    /// Whose the part of a commitment is that nobody used.
    package var unusedBelongsTo: UnusedOwner
    /// When commitments end: a bill does not say it.
    package var ends: [End]
    /// What a new commitment costs less than on-demand use, as a share; nil: as much as those of the bill.
    package var discount: FixedDecimal?
    /// How long a new commitment runs, in years.
    package var term: Term
    package var inlineExemptions: [InlineExemption] = []

    /// The price that stands for on-demand use.
    package enum OnDemandPrice: String, Hashable, Sendable, CaseIterable {
        /// The provider's public price, FOCUS ListCost.
        case list
        /// The price after what was negotiated, FOCUS ContractedCost.
        case contracted

        package var cost: CostBasis { self == .list ? .list : .contracted }
    }

    package enum UnusedOwner: String, Hashable, Sendable, CaseIterable {
        /// Those who use the commitment, in proportion to what they use of it.
        case users
        /// Whoever owns the row of the bill: mostly the account that bought it.
        case buyer
    }

    package enum Term: String, Hashable, Sendable, CaseIterable {
        case oneYear = "1y"
        case threeYears = "3y"

        package var years: Int { self == .oneYear ? 1 : 3 }
    }

    /// When one commitment ends.
    package struct End: Hashable, Sendable {
        /// Its whole identifier on the bill, or what of it stands behind the last `/`.
        package var commitment: String
        /// The first day on which it does not apply.
        package var day: Day

        package init(commitment: String, day: Day) {
            self.commitment = commitment
            self.day = day
        }
    }

    package init(
        header: PolicyHeader, scope: Budget.Scope = Budget.Scope(), onDemandPrice: OnDemandPrice = .list,
        minimumCoverage: FixedDecimal? = nil, minimumUtilization: FixedDecimal? = nil, expiresWithin: TimeSpan? = nil,
        unusedBelongsTo: UnusedOwner = .users, ends: [End] = [], discount: FixedDecimal? = nil, term: Term = .oneYear
    ) {
        self.header = header
        self.scope = scope
        self.onDemandPrice = onDemandPrice
        self.minimumCoverage = minimumCoverage
        self.minimumUtilization = minimumUtilization
        self.expiresWithin = expiresWithin
        self.unusedBelongsTo = unusedBelongsTo
        self.ends = ends
        self.discount = discount
        self.term = term
    }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.bases = [.effective, onDemandPrice.cost]
        needs.tagKeys = Set((scope.tags ?? [:]).keys)
        needs.costConditions = [scope.condition].compactMap(\.self)
        needs.readsTerms = true
        return needs
    }

    package var decidingConditions: [Condition] { [] }
    package var commentPlaces: [Place] { [] }

    /// When a commitment ends; nil: nobody said it.
    package func end(of commitment: String) -> Day? {
        let name = commitment.split(separator: "/").last.map(String.init) ?? commitment
        return ends.first { $0.commitment == commitment }?.day ?? ends.first { $0.commitment == name }?.day
    }
}

extension PolicySet {
    package var commitmentPolicies: [CommitmentPolicy] { all() }
}
