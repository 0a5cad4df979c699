/// Quantities, as Kubernetes has them, with operators besides the methods.
extension Library {
    static let quantities: [Function] = [
        .function("quantity", returns: .quantity) { (a: String, _) in
            CELQuantity.parse(a).map { .quantity($0) } ?? .failure("'\(a.prefix(40))' is not a quantity such as '1.5Gi' or '200m'")
        },
        .function("quantity", returns: .quantity) { (a: Int64, _) in .quantity(CELQuantity(nanos: Int128(a) * 1_000_000_000)) },
        .function("isQuantity", returns: .bool) { (a: String, _) in .bool(CELQuantity.parse(a) != nil) },
        .method("add", returns: .quantity) { (a: Quantity, b: Quantity, _) in sum(a, b.quantity.nanos) },
        .method("add", returns: .quantity) { (a: Quantity, b: Int64, _) in sum(a, Int128(b) * 1_000_000_000) },
        .method("sub", returns: .quantity) { (a: Quantity, b: Quantity, _) in difference(a, b.quantity.nanos) },
        .method("sub", returns: .quantity) { (a: Quantity, b: Int64, _) in difference(a, Int128(b) * 1_000_000_000) },
        .function("_+_", returns: .quantity) { (a: Quantity, b: Quantity, _) in sum(a, b.quantity.nanos) },
        .function("_-_", returns: .quantity) { (a: Quantity, b: Quantity, _) in difference(a, b.quantity.nanos) },
        .method("compareTo", returns: .int) { (a: Quantity, b: Quantity, _) in
            let order = a.quantity.order(b.quantity)
            return .int(order == .less ? -1 : order == .greater ? 1 : 0)
        },
        .method("isGreaterThan", returns: .bool) { (a: Quantity, b: Quantity, _) in .bool(a.quantity.order(b.quantity) == .greater) },
        .method("isLessThan", returns: .bool) { (a: Quantity, b: Quantity, _) in .bool(a.quantity.order(b.quantity) == .less) },
        .method("sign", returns: .int) { (a: Quantity, _) in .int(Int64(a.quantity.nanos.signum())) },
        .method("isInteger", returns: .bool) { (a: Quantity, _) in .bool(a.quantity.whole != nil) },
        .method("asInteger", returns: .int) { (a: Quantity, _) in
            a.quantity.whole.map { .int($0) } ?? .failure("the quantity \(a.quantity.text) is not a whole number that fits an int")
        },
        .method("asApproximateFloat", returns: .double) { (a: Quantity, _) in .double(Double(a.quantity.nanos) / 1e9) },
    ]

    private static func difference(_ a: Quantity, _ nanos: Int128) -> CELValue {
        let (difference, overflows) = a.quantity.nanos.subtractingReportingOverflow(nanos)
        return overflows ? .failure("the quantity is too large") : .quantity(CELQuantity(nanos: difference))
    }

    private static func sum(_ a: Quantity, _ nanos: Int128) -> CELValue {
        let (sum, overflows) = a.quantity.nanos.addingReportingOverflow(nanos)
        return overflows ? .failure("the quantity is too large") : .quantity(CELQuantity(nanos: sum))
    }
}
