/// Operators whose code is in nodes of their own; here they have their types, and code for where nodes cannot be picked.
extension Library {
    static let operators: [Function] =
        [
            .function("!_", returns: .bool) { (a: Bool, _) in .bool(!a) },
            equal("_==_", isNegated: false), equal("_!=_", isNegated: true),
            .function("@in", [.parameter("A"), .list(.parameter("A"))], returns: .bool, cost: .secondElements) {
                (a: CELValue, b: Elements, meter) in isIn(a, b.elements, &meter)
            },
            .function("@in", [.parameter("A"), .map(.parameter("A"), .parameter("B"))], returns: .bool, cost: .text) {
                (a: CELValue, b: MapArgument, _) in
                .bool(b.map.value(a) != nil)
            },
        ]

    private static func equal(_ name: String, isNegated: Bool) -> Function {
        .function(name, [.parameter("A"), .parameter("A")], returns: .bool) { (a: CELValue, b: CELValue, meter) in
            switch equality(a, b, &meter) {
            case .yes: .bool(!isNegated)
            case .no: .bool(isNegated)
            case .failed(let value): value
            }
        }
    }

    /// An element that is unknown only matters when none is equal.
    static func isIn(_ value: CELValue, _ elements: [CELValue], _ meter: inout Meter) -> CELValue {
        var failure: CELValue?
        for element in elements {
            guard meter.charge(comparisonCost(value, element) - 1) else { return .error(meter.costError) }
            switch equality(value, element, &meter) {
            case .yes: return .bool(true)
            case .no: continue
            case .failed(let found):
                if found.isLimit { return found }
                failure = failure.map { combined($0, found) } ?? found
            }
        }
        return failure ?? .bool(false)
    }

    static let comparisons: [Function] = Relation.all.sorted { $0.key < $1.key }.flatMap { name, relation in
        comparable.map { left, right in
            .function(name, [left, right], returns: .bool) { (a: CELValue, b: CELValue, _) in
                relation.holds(order(a, b)).map { .bool($0) }
            }
        }
    }

    private static let comparable: [(CELType, CELType)] = {
        let same: [CELType] = [.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .money, .quantity]
        let numbers: [CELType] = [.int, .uint, .double]
        let mixed = numbers.flatMap { a in numbers.filter { $0 != a }.map { (a, $0) } }
        return same.map { ($0, $0) } + mixed + numbers.flatMap { [(.money, $0), ($0, .money)] }
    }()
}
