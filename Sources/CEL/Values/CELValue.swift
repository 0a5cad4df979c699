/// What an expression evaluates to, and what it is given.
///
/// 24 bytes, so that values travel in registers: money and timestamps lie inside, larger things behind one reference.
package enum CELValue: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list(CELList)
    case map(CELMap)
    case object(CELObject)
    case timestamp(CELTimestamp)
    case duration(CELDuration)
    case money(CELMoney)
    case quantity(CELQuantity)
    case ip(CELAddress)
    case cidr(CELNetwork)
    case type(CELType)
    case optional(CELOptional)
    /// A value that will exist but is not known yet, such as an attribute that Terraform learns when it applies.
    case unknown(CELUnknown)
    case error(CELError)
    /// A field that is not set. It only stands among an object's values.
    case absent
}

/// Building values from Swift.
extension CELValue {
    package static func list(_ elements: [CELValue]) -> CELValue { .list(CELList(elements)) }

    /// A map with text keys, kept in this order. Of equal keys the last one counts.
    package static func map(_ entries: [(String, CELValue)]) -> CELValue {
        .map(CELMap(entries.map { (.string($0.0), $0.1) }))
    }

    /// - Parameter units: the amount times 10¹⁸.
    /// - Precondition: the currency is three capital letters.
    package static func money(units: Int128, currency: String) -> CELValue {
        guard let money = CELMoney(units: units, currency: currency) else { preconditionFailure("a currency is three capital letters") }
        return .money(money)
    }

    package static func timestamp(secondsSinceEpoch seconds: Int64, nanoseconds: Int32 = 0) -> CELValue {
        .timestamp(CELTimestamp(seconds: seconds, nanoseconds: nanoseconds))
    }

    /// - Precondition: it fits ±292 years.
    package static func duration(seconds: Int64, nanoseconds: Int32 = 0) -> CELValue {
        .duration(CELDuration(nanoseconds: seconds * 1_000_000_000 + Int64(nanoseconds)))
    }

    package static func unknown(_ reason: String) -> CELValue { .unknown(CELUnknown([reason])) }
    package static var noValue: CELValue { .optional(CELOptional(nil)) }

    static func failure(_ message: String) -> CELValue { .error(CELError(message)) }
}

/// Elements in order.
package final class CELList: Sendable {
    package let elements: [CELValue]
    /// How many lists, maps and optionals lie in each other.
    let depth: Int

    package init(_ elements: [CELValue]) {
        self.elements = elements
        depth = 1 + elements.depth
    }
}

/// A value that may be missing.
package final class CELOptional: Sendable {
    package let wrapped: CELValue?
    let depth: Int

    package init(_ wrapped: CELValue?) {
        self.wrapped = wrapped
        depth = 1 + (wrapped?.depth ?? 0)
    }
}

extension CELValue {
    /// Values that nest too deep could not even be freed without overflowing the stack.
    @inline(__always)
    var depth: Int {
        switch self {
        case .list(let list): list.depth
        case .map(let map): map.depth
        case .optional(let optional): optional.depth
        default: 0
        }
    }
}

extension [CELValue] {
    var depth: Int {
        var depth = 0
        for value in self { depth = Swift.max(depth, value.depth) }
        return depth
    }
}

/// Why a value is not known: the names of what is missing, sorted.
package final class CELUnknown: Sendable {
    package let reasons: [String]
    package init(_ reasons: [String]) { self.reasons = Set(reasons).sorted() }

    func merged(with other: CELUnknown) -> CELUnknown {
        self === other || reasons == other.reasons ? self : CELUnknown(reasons + other.reasons)
    }
}

/// An evaluation that has no value.
package final class CELError: Sendable, Error, CustomStringConvertible {
    /// Lower case, no full stop, names the thing.
    package let message: String
    /// The part of the expression that failed, in UTF-8 bytes.
    package let range: Range<Int>?
    /// The limit that was met, if that is what went wrong: nothing absorbs such an error.
    package let isLimit: Bool

    package init(_ message: String, range: Range<Int>? = nil, isLimit: Bool = false) {
        self.message = message
        self.range = range
        self.isLimit = isLimit
    }

    package var description: String { message }
}

/// An object from outside, with a value for each field of its type.
package final class CELObject: Sendable {
    package let type: CELObjectType
    /// In the order of the type's fields; `absent` where a field is not set.
    package let values: [CELValue]

    /// - Precondition: there are as many values as fields.
    package init(type: CELObjectType, values: [CELValue]) {
        precondition(type.fields.count == values.count, "an object of \(type.name) needs a value for each field")
        self.type = type
        self.values = values
    }
}
