import CostModel

/// How much was used, added up beside a bill's costs: by it alone a price that rose is told from more usage.
///
/// A SKU is counted in one unit. A sum of which one row states no quantity is unknown, and so is one that cannot be held.
struct QuantitySums {
    private var sums: [Int128] = []
    private static let unknown = Int128.min

    /// - Parameter index: of a key that is known, or the next one.
    mutating func add(_ quantity: FixedDecimal?, at index: Int) { add(quantity?.raw ?? Self.unknown, at: index) }

    /// Adds to a key the sum that another one has elsewhere.
    mutating func add(_ other: Int, of quantities: QuantitySums, at index: Int) { add(quantities.sums[other], at: index) }

    private mutating func add(_ raw: Int128, at index: Int) {
        guard index < sums.count else { return sums.append(raw) }
        guard sums[index] != Self.unknown, raw != Self.unknown else {
            sums[index] = Self.unknown
            return
        }
        let (sum, isTooMuch) = sums[index].addingReportingOverflow(raw)
        sums[index] = isTooMuch ? Self.unknown : sum
    }

    /// Nil: it is unknown.
    subscript(index: Int) -> FixedDecimal? { sums[index] == Self.unknown ? nil : FixedDecimal(raw: sums[index]) }

    func pack(into packer: inout BytePacker) { for sum in sums { packer.add(sum) } }

    /// - Parameter count: of keys.
    init(_ unpacker: inout ByteUnpacker, count: Int) throws(ByteUnpacker.Torn) {
        sums.reserveCapacity(count)
        for _ in 0..<count { sums.append(try unpacker.number()) }
    }

    init() {}
}
