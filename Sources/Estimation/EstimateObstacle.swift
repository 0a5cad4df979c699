import CostModel

/// Why a resource, or a part of it, has no amount.
enum EstimateObstacle: Error, Hashable, Sendable {
    /// It depends on what is known after apply only.
    case unknown(String)
    /// It is known, and there is no price for it.
    case notPriced(String)

    var reason: String {
        switch self {
        case .unknown(let reason), .notPriced(let reason): reason
        }
    }

    var status: ResourceEstimate.Status {
        switch self {
        case .unknown: .unknown
        case .notPriced: .notPriced
        }
    }
}

infix operator ?| : NilCoalescingPrecedence

/// As `??`, where the alternative may be an obstacle: the standard one forgets which error that is.
func ?| <Value>(
    value: Value?, alternative: @autoclosure () throws(EstimateObstacle) -> Value
) throws(EstimateObstacle) -> Value {
    if let value { return value }
    return try alternative()
}

func ?| <Value>(
    value: Value?, alternative: @autoclosure () throws(EstimateObstacle) -> Value?
) throws(EstimateObstacle) -> Value? {
    if let value { return value }
    return try alternative()
}
