final class ListNode: Node, @unchecked Sendable {
    let elements: [(node: Node, isOptional: Bool)]
    init(_ elements: [(node: Node, isOptional: Bool)], _ range: Range<Int>) {
        self.elements = elements
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        frame.meter.cost &+= 10
        var values: [CELValue] = []
        values.reserveCapacity(elements.count)
        var failure: CELValue?
        for element in elements {
            let value = element.node.evaluate(&frame)
            if value.isUnusable {
                failure = failure.map { combined($0, value) } ?? value
            } else if !element.isOptional {
                values.append(value)
            } else if case .optional(let optional) = value {
                if let wrapped = optional.wrapped { values.append(wrapped) }
            } else {
                failure = failure ?? located("'?' wants an optional, not \(value.typeName)")
            }
        }
        if let failure { return failure }
        let list = CELList(values)
        if let error = frame.meter.depthError(list.depth) { return located(.error(error)) }
        return .list(list)
    }
}

final class MapNode: Node, @unchecked Sendable {
    let entries: [(key: Node, value: Node, isOptional: Bool)]
    init(_ entries: [(key: Node, value: Node, isOptional: Bool)], _ range: Range<Int>) {
        self.entries = entries
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        frame.meter.cost &+= 30
        var builder = MapBuilder()
        var failure: CELValue?
        for entry in entries {
            let key = entry.key.evaluate(&frame)
            var value = entry.value.evaluate(&frame)
            if let found = strict(key, value) {
                failure = failure.map { combined($0, found) } ?? found
                continue
            }
            if entry.isOptional {
                guard case .optional(let optional) = value else {
                    failure = failure ?? located("'?' wants an optional, not \(value.typeName)")
                    continue
                }
                guard let wrapped = optional.wrapped else { continue }
                value = wrapped
            }
            guard frame.meter.charge(keyCost(key)) else { return located(.error(frame.meter.costError)) }
            if let error = builder.add(key, value) { failure = failure ?? located(.error(error)) }
        }
        if let failure { return failure }
        let map = builder.map
        if let error = frame.meter.depthError(map.depth) { return located(.error(error)) }
        return .map(map)
    }
}

/// Long keys take time to hash.
@inline(__always)
func keyCost(_ key: CELValue) -> UInt64 {
    if case .string(let text) = key { return UInt64(text.utf8.count) / 10 }
    return 0
}

/// Collects entries whose keys have to differ.
struct MapBuilder {
    private var keys: [CELValue] = []
    private var values: [CELValue] = []
    private var places: [CELKey: Int] = [:]

    var count: Int { keys.count }

    mutating func add(_ key: CELValue, _ value: CELValue) -> CELError? {
        if case .double = key { return CELError("unsupported key type: double") }
        guard let found = CELKey(key) else { return CELError("unsupported key type: \(key.typeName)") }
        guard places.updateValue(keys.count, forKey: found) == nil else { return CELError("the key \(key.shown) is repeated") }
        keys.append(key)
        values.append(value)
        return nil
    }

    var map: CELMap { CELMap(distinct: keys, values, places) }
}

/// `cel.bind` and `cel.block`: values get names. An error in a value only counts where the name is used.
final class BindNode: Node, @unchecked Sendable {
    let bindings: [(slot: Int, value: Node)]
    let body: Node

    init(_ bindings: [(slot: Int, value: Node)], _ body: Node, _ range: Range<Int>) {
        self.bindings = bindings
        self.body = body
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        for binding in bindings {
            let value = binding.value.evaluate(&frame)
            if value.isLimit { return value }
            frame.slots[binding.slot] = value
        }
        return body.evaluate(&frame)
    }

    override func test(_ frame: inout Frame) -> Truth {
        for binding in bindings {
            let value = binding.value.evaluate(&frame)
            if value.isLimit { return truth(of: value, &frame) }
            frame.slots[binding.slot] = value
        }
        return body.test(&frame)
    }
}

/// `optMap` and `optFlatMap`.
final class OptionalMapNode: Node, @unchecked Sendable {
    let target: Node
    let slot: Int
    let body: Node
    let isFlat: Bool

    init(_ target: Node, slot: Int, _ body: Node, isFlat: Bool, _ range: Range<Int>) {
        self.target = target
        self.slot = slot
        self.body = body
        self.isFlat = isFlat
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        let value = target.evaluate(&frame)
        frame.meter.cost &+= 1
        if value.isUnusable { return value }
        guard case .optional(let optional) = value else { return located("no such overload: optMap of \(value.typeName)") }
        guard let wrapped = optional.wrapped else { return .noValue }
        frame.slots[slot] = wrapped
        let result = body.evaluate(&frame)
        if result.isUnusable { return result }
        if isFlat {
            guard case .optional = result else { return located("optFlatMap() wants an optional, not \(result.typeName)") }
            return result
        }
        let made = CELOptional(result)
        if let error = frame.meter.depthError(made.depth) { return located(.error(error)) }
        return .optional(made)
    }
}
