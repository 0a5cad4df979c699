extension Library {
    static let math: [Function] =
        extremes("math.greatest", .greater) + extremes("math.least", .less) + rounding + [
            .function("math.abs", returns: .int) { (a: Int64, _) in a == .min ? overflow : .int(abs(a)) },
            .function("math.abs", returns: .uint) { (a: UInt64, _) in .uint(a) },
            .function("math.abs", returns: .double) { (a: Double, _) in .double(abs(a)) },
            .function("math.sign", returns: .int) { (a: Int64, _) in .int(a.signum()) },
            .function("math.sign", returns: .uint) { (a: UInt64, _) in .uint(a == 0 ? 0 : 1) },
            .function("math.sign", returns: .double) { (a: Double, _) in .double(a > 0 ? 1 : a < 0 ? -1 : a) },
            .function("math.isNaN", returns: .bool) { (a: Double, _) in .bool(a.isNaN) },
            .function("math.isInf", returns: .bool) { (a: Double, _) in .bool(a.isInfinite) },
            .function("math.isFinite", returns: .bool) { (a: Double, _) in .bool(a.isFinite) },
            .function("math.sqrt", returns: .double) { (a: Double, _) in .double(a.squareRoot()) },
            .function("math.sqrt", returns: .double) { (a: Int64, _) in .double(Double(a).squareRoot()) },
            .function("math.sqrt", returns: .double) { (a: UInt64, _) in .double(Double(a).squareRoot()) },
        ]

    private static let rounding: [Function] = [
        .function("math.ceil", returns: .double) { (a: Double, _) in .double(a.rounded(.up)) },
        .function("math.floor", returns: .double) { (a: Double, _) in .double(a.rounded(.down)) },
        .function("math.round", returns: .double) { (a: Double, _) in .double(a.rounded()) },
        .function("math.trunc", returns: .double) { (a: Double, _) in .double(a.rounded(.towardZero)) },
    ]

    /// With one argument, two, or a list; the parser makes a list of three and more.
    private static func extremes(_ name: String, _ wanted: Order) -> [Function] {
        let numbers: [CELType] = [.int, .uint, .double]
        let isNumber = { @Sendable (value: CELValue) in
            switch value {
            case .int, .uint, .double: true
            default: false
            }
        }
        let better = { @Sendable (a: CELValue, b: CELValue) in order(b, a) == wanted ? b : a }
        let single = numbers.map { type in
            Function.function(name, [type], returns: type) { (a: CELValue, _) in isNumber(a) ? a : nil }
        }
        let pairs = numbers.flatMap { a in
            numbers.map { b in
                Function.function(name, [a, b], returns: a == b ? a : .dyn) { (a: CELValue, b: CELValue, _) in
                    isNumber(a) && isNumber(b) ? better(a, b) : nil
                }
            }
        }
        let lists = (numbers + [.dyn]).map { type in
            Function.function(name, [.list(type)], returns: type, cost: .elements) { (list: Elements, _) in
                guard let first = list.elements.first else { return .failure("\(name)() of an empty list") }
                guard list.elements.allSatisfy(isNumber) else { return nil }
                return list.elements.dropFirst().reduce(first, better)
            }
        }
        return single + pairs + lists
    }

    static let mathBits: [Function] = [
        .function("math.bitAnd", returns: .int) { (a: Int64, b: Int64, _) in .int(a & b) },
        .function("math.bitAnd", returns: .uint) { (a: UInt64, b: UInt64, _) in .uint(a & b) },
        .function("math.bitOr", returns: .int) { (a: Int64, b: Int64, _) in .int(a | b) },
        .function("math.bitOr", returns: .uint) { (a: UInt64, b: UInt64, _) in .uint(a | b) },
        .function("math.bitXor", returns: .int) { (a: Int64, b: Int64, _) in .int(a ^ b) },
        .function("math.bitXor", returns: .uint) { (a: UInt64, b: UInt64, _) in .uint(a ^ b) },
        .function("math.bitNot", returns: .int) { (a: Int64, _) in .int(~a) },
        .function("math.bitNot", returns: .uint) { (a: UInt64, _) in .uint(~a) },
        .function("math.bitShiftLeft", returns: .int) { (a: Int64, b: Int64, _) in shift(b) { .int(a << $0) } },
        .function("math.bitShiftLeft", returns: .uint) { (a: UInt64, b: Int64, _) in shift(b) { .uint(a << $0) } },
        // Bits move in from the left as zeros, whatever the sign.
        .function("math.bitShiftRight", returns: .int) { (a: Int64, b: Int64, _) in
            shift(b) { .int(Int64(bitPattern: UInt64(bitPattern: a) >> $0)) }
        },
        .function("math.bitShiftRight", returns: .uint) { (a: UInt64, b: Int64, _) in shift(b) { .uint(a >> $0) } },
    ]

    private static func shift(_ offset: Int64, _ result: (Int64) -> CELValue) -> CELValue {
        offset < 0 ? .failure("negative offset: \(offset)") : result(min(offset, 64))
    }
}
