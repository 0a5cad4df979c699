extension Library {
    static let overflow = CELValue.failure("integer overflow")

    static let arithmetic: [Function] = [
        .function("-_", returns: .int) { (a: Int64, _) in a == .min ? overflow : .int(-a) },
        .function("-_", returns: .double) { (a: Double, _) in .double(-a) },
        .function("_+_", returns: .int) { (a: Int64, b: Int64, _) in checked(a.addingReportingOverflow(b)) },
        .function("_-_", returns: .int) { (a: Int64, b: Int64, _) in checked(a.subtractingReportingOverflow(b)) },
        .function("_*_", returns: .int) { (a: Int64, b: Int64, _) in checked(a.multipliedReportingOverflow(by: b)) },
        .function("_/_", returns: .int) { (a: Int64, b: Int64, _) in
            b == 0 ? .failure("division by zero") : checked(a.dividedReportingOverflow(by: b))
        },
        .function("_%_", returns: .int) { (a: Int64, b: Int64, _) in
            b == 0 ? .failure("modulus by zero") : checked(a.remainderReportingOverflow(dividingBy: b))
        },
        .function("_+_", returns: .uint) { (a: UInt64, b: UInt64, _) in checked(a.addingReportingOverflow(b)) },
        .function("_-_", returns: .uint) { (a: UInt64, b: UInt64, _) in checked(a.subtractingReportingOverflow(b)) },
        .function("_*_", returns: .uint) { (a: UInt64, b: UInt64, _) in checked(a.multipliedReportingOverflow(by: b)) },
        .function("_/_", returns: .uint) { (a: UInt64, b: UInt64, _) in b == 0 ? .failure("division by zero") : .uint(a / b) },
        .function("_%_", returns: .uint) { (a: UInt64, b: UInt64, _) in b == 0 ? .failure("modulus by zero") : .uint(a % b) },
        .function("_+_", returns: .double) { (a: Double, b: Double, _) in .double(a + b) },
        .function("_-_", returns: .double) { (a: Double, b: Double, _) in .double(a - b) },
        .function("_*_", returns: .double) { (a: Double, b: Double, _) in .double(a * b) },
        .function("_/_", returns: .double) { (a: Double, b: Double, _) in .double(a / b) },
        .function("_+_", returns: .string, cost: .concatenation) { (a: String, b: String, meter) in
            meter.textError(a.utf8.count + b.utf8.count).map { .error($0) } ?? .string(a + b)
        },
        .function("_+_", returns: .bytes, cost: .concatenation) { (a: Bytes, b: Bytes, meter) in
            meter.textError(a.bytes.count + b.bytes.count).map { .error($0) } ?? .bytes(a.bytes + b.bytes)
        },
        .function("_+_", [.list(.parameter("A")), .list(.parameter("A"))], returns: .list(.parameter("A")), cost: .bothElements) {
            (a: Elements, b: Elements, meter) in
            meter.listError(a.elements.count + b.elements.count).map { .error($0) } ?? .list(a.elements + b.elements)
        },
    ]

    private static func checked(_ result: (Int64, overflow: Bool)) -> CELValue { result.overflow ? overflow : .int(result.0) }
    private static func checked(_ result: (UInt64, overflow: Bool)) -> CELValue { result.overflow ? overflow : .uint(result.0) }
}
