import CostModel

/// Shared costs that were allocated, as FOCUS 1.3 and later have them: a machine's charge is replaced by one row for each container, which
/// add up to it. All rows count. Where the charge itself stands beside its parts and is not zero, the same money stands twice.
final class FOCUSAllocation {
    /// The rows of what was allocated and what was not, by resource, product and day.
    private var parts: Set<UInt64> = []
    private var wholes: [UInt64: Int] = [:]
    private let hash = ByteHash()

    func add(_ other: FOCUSAllocation) {
        parts.formUnion(other.parts)
        wholes.merge(other.wholes) { $0 + $1 }
    }

    func add(isPart: Bool, _ charge: Charge, resource: UnsafeBufferPointer<UInt8>, sku: UnsafeBufferPointer<UInt8>?) {
        guard charge.category == .usage else { return }
        var key = hash.joined(hash.hash(resource), UInt64(bitPattern: Int64(charge.day.number)))
        if let sku { key = hash.joined(key, hash.hash(sku)) }
        if isPart {
            parts.insert(key)
        } else if !charge.amounts.effective.isZero || !charge.amounts.billed.isZero {
            wholes[key, default: 0] += 1
        }
    }

    func remark(_ problems: RowProblems) {
        let rows = wholes.reduce(0) { $0 + (parts.contains($1.key) ? $1.value : 0) }
        guard rows > 0 else { return }
        problems.add(
            .warning, id: "allocated-twice", line: 1,
            "AllocatedMethodId: \(rows) \(rows == 1 ? "row" : "rows") of a cost that is allocated \(rows == 1 ? "stands" : "stand") beside "
                + "its parts: the same money may count twice")
    }
}
