/// How two values stand to each other.
enum Order {
    case less, equal, greater
    /// A number that is none is neither less nor greater.
    case unordered
    /// There is no order between such values.
    case undefined
    /// Amounts in different currencies.
    case currencies

    @inline(__always)
    init<T: Comparable>(_ a: T, _ b: T) {
        self = a < b ? .less : a == b ? .equal : a > b ? .greater : .unordered
    }

    var reversed: Order {
        switch self {
        case .less: .greater
        case .greater: .less
        default: self
        }
    }
}

func order(_ a: CELValue, _ b: CELValue) -> Order {
    switch (a, b) {
    case (.int(let a), .int(let b)): Order(a, b)
    case (.double(let a), .double(let b)): Order(a, b)
    case (.uint(let a), .uint(let b)): Order(a, b)
    case (.string(let a), .string(let b)): textOrder(a, b)
    case (.timestamp(let a), .timestamp(let b)): Order(a, b)
    case (.duration(let a), .duration(let b)): Order(a, b)
    case (.bool(let a), .bool(let b)): Order(a ? 1 : 0, b ? 1 : 0)
    case (.bytes(let a), .bytes(let b)): a == b ? .equal : a.lexicographicallyPrecedes(b) ? .less : .greater
    case (.int(let a), .uint(let b)): a < 0 ? .less : Order(UInt64(a), b)
    case (.uint(let a), .int(let b)): b < 0 ? .greater : Order(a, UInt64(b))
    case (.int(let a), .double(let b)): order(Int128(a), b)
    case (.uint(let a), .double(let b)): order(Int128(a), b)
    case (.double(let a), .int(let b)): order(Int128(b), a).reversed
    case (.double(let a), .uint(let b)): order(Int128(b), a).reversed
    case (.money(let a), .money(let b)): a.code == b.code ? Order(a.units, b.units) : .currencies
    case (.money(let money), _): Threshold(b)?.order(money.units) ?? .undefined
    case (_, .money(let money)): Threshold(a)?.order(money.units).reversed ?? .undefined
    case (.quantity(let a), .quantity(let b)): a.order(b)
    default: .undefined
    }
}

/// By code points, which is by the bytes of UTF-8.
private func textOrder(_ a: String, _ b: String) -> Order {
    if sameText(a, b) { return .equal }
    return a.utf8.lexicographicallyPrecedes(b.utf8) ? .less : .greater
}

/// The language compares whole numbers and doubles as doubles, once it is clear that they are in each other's range.
private func order(_ whole: Int128, _ double: Double) -> Order { Order(Double(whole), double) }

/// A number to which amounts of money are compared, exactly.
struct Threshold {
    /// The greatest amount that is not above the number, in units of 10⁻¹⁸.
    private let floor: Int128
    private let isExact: Bool
    private let isNumber: Bool

    /// Nil for what is no number.
    init?(_ value: CELValue) {
        switch value {
        case .int(let value): self.init(floor: Int128(value) * CELMoney.unit, isExact: true)
        case .uint(let value): self.init(floor: Int128(value) * CELMoney.unit, isExact: true)
        case .double(let value): self.init(value)
        default: return nil
        }
    }

    private init(floor: Int128, isExact: Bool, isNumber: Bool = true) {
        self.floor = floor
        self.isExact = isExact
        self.isNumber = isNumber
    }

    private init(_ double: Double) {
        guard !double.isNaN else {
            self.init(floor: 0, isExact: false, isNumber: false)
            return
        }
        guard abs(double) < 1.7e20 else {
            self.init(floor: double > 0 ? .max : .min, isExact: false)
            return
        }
        let whole = double.rounded(.down)
        let fraction = double - whole
        // The fraction is significand · 2^exponent with 53 bits, and 10¹⁸ has 60: their product fits 128 bits.
        let shift = 52 - fraction.exponentOrZero
        let significand = UInt128(fraction == 0 ? 0 : fraction.significandBitPattern | 1 << 52)
        let product = significand * UInt128(CELMoney.unit)
        let units = shift < 128 ? product >> UInt128(shift) : 0
        let isExact = shift < 128 ? units << UInt128(shift) == product : product == 0
        self.init(floor: Int128(whole) * CELMoney.unit + Int128(units), isExact: isExact)
    }

    @inline(__always)
    func order(_ units: Int128) -> Order {
        guard isNumber else { return .unordered }
        if units == floor { return isExact ? .equal : .less }
        return units < floor ? .less : .greater
    }
}

extension Double {
    fileprivate var exponentOrZero: Int { self == 0 ? 0 : Int(exponent) }
}
