/// One form of a function: its types, what it costs and what it does.
final class Function: Sendable {
    /// Returns nil when the arguments are not of its types: the next form is tried then.
    enum Body: Sendable {
        case none(@Sendable (inout Meter) -> CELValue?)
        case one(@Sendable (CELValue, inout Meter) -> CELValue?)
        case two(@Sendable (CELValue, CELValue, inout Meter) -> CELValue?)
        case three(@Sendable (CELValue, CELValue, CELValue, inout Meter) -> CELValue?)
        case four(@Sendable (CELValue, CELValue, CELValue, CELValue, inout Meter) -> CELValue?)
        /// Declared only.
        case missing
    }

    let name: String
    let isMethod: Bool
    /// The receiver of a method comes first.
    let parameters: [CELType]
    let result: CELType
    let cost: Cost
    let body: Body

    init(_ name: String, isMethod: Bool, _ parameters: [CELType], _ result: CELType, _ cost: Cost, _ body: Body) {
        self.name = name
        self.isMethod = isMethod
        self.parameters = parameters
        self.result = result
        self.cost = cost
        self.body = body
    }

    /// What a call costs, by the sizes of its arguments: bytes of a text, elements of a list, otherwise 1.
    struct Cost: Sendable {
        enum Size: Sendable {
            /// Nobody knows, or it has none.
            case unknown
            /// As long as all arguments together.
            case sum
            /// No longer than the first argument.
            case first
        }

        /// Grows with each size.
        var amount: @Sendable (UInt64, UInt64, UInt64) -> UInt64
        /// The body adds what more it costs by itself.
        var isOpen = false
        var isFixed = false
        var resultSize = Size.unknown

        static let one = Cost(amount: { _, _, _ in 1 }, isFixed: true)
        static let open = Cost(amount: { _, _, _ in 1 }, isOpen: true, isFixed: true)
        /// A tenth of the first argument's bytes.
        static let text = Cost(amount: { a, _, _ in max(1, tenth(a)) })
        /// Cut into characters first, which takes four times as long.
        static let scalars = Cost(amount: { a, _, _ in max(1, times(4, tenth(a))) })
        static let secondText = Cost(amount: { _, b, _ in max(1, tenth(b)) })
        /// Searching one text in another, character by character.
        static let scalarSearch = Cost(amount: { a, b, _ in max(1, times(times(4, tenth(a)), max(1, tenth(b)))) })
        /// Searching one text in another.
        static let search = Cost(amount: { a, b, _ in max(1, times(tenth(a), max(1, tenth(b)))) })
        static let concatenation = Cost(amount: { a, b, _ in max(1, plus(tenth(a), tenth(b))) }, resultSize: .sum)
        static let elements = Cost(amount: { a, _, _ in max(1, a) })
        static let bothElements = Cost(amount: { a, b, _ in max(1, plus(a, b)) }, resultSize: .sum)
        static let secondElements = Cost(amount: { _, b, _ in max(1, b) })

        func sized(_ size: Size) -> Cost {
            var copy = self
            copy.resultSize = size
            return copy
        }
    }
}

func tenth(_ size: UInt64) -> UInt64 { size / 10 &+ (size % 10 == 0 ? 0 : 1) }

func plus(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (sum, overflows) = a.addingReportingOverflow(b)
    return overflows ? .max : sum
}

func times(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (product, overflows) = a.multipliedReportingOverflow(by: b)
    return overflows ? .max : product
}

extension CELValue {
    /// What costs are counted by.
    var costSize: UInt64 {
        switch self {
        case .string(let text): UInt64(text.utf8.count)
        case .bytes(let bytes): UInt64(bytes.count)
        case .list(let list): UInt64(list.elements.count)
        case .map(let map): UInt64(map.count)
        default: 1
        }
    }
}
