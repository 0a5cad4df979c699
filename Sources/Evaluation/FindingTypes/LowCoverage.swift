import CostModel

/// Finds that commitments pay for too little.
enum LowCoverage {
    static let id = "low-coverage"
    static let description = FindingType(
        id: id,
        title: "commitments pay for too little",
        does:
            "Divides what commitments paid for in the newest whole month, at on-demand prices, by all use in the services in which they paid "
            + "for something, at the same prices. Spot capacity is left out.",
        cost: "What runs all the time is paid at the on-demand price, where a commitment costs a quarter to a half less.",
        example: """
            kind: CommitmentPolicy
            metadata: {name: commitments}
            spec:
              minimumCoverage: 70%   # 52% in 2026-10
            """,
        remedy: "`bursar commitments` says how much more to commit to. Buy in steps, a quarter a month, so that each is decided with what "
            + "the one before has shown.")

    static let none = "commitments are as they are expected to be"

    static func unknown(_ name: String, _ subject: String?) -> String {
        switch subject {
        case nil: "\(name): how commitments did is not known"
        case "coverage": "\(name): the coverage is not known"
        case "ends": "\(name): when commitments end is not known"
        case .some(let commitment): "\(name): how much of \(commitment) was used is not known"
        }
    }

    static func message(_ share: FixedDecimal, _ target: FixedDecimal, _ month: Month, missing: Money) -> String {
        "commitments paid for \(percent(share)) of what they can pay for in \(month), \(percent(target)) is expected: "
            + "\(amount(missing)) of use at on-demand prices is missing"
    }

    static func amount(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }

    /// `70.25%`
    static func percent(_ share: FixedDecimal) -> String {
        let text = share.scaled(by: 100, over: 1).rounded(to: 2)
        return (text.hasSuffix(".00") ? String(text.dropLast(3)) : text) + "%"
    }
}
