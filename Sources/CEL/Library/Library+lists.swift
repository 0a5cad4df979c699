extension Library {
    private static let anyList = CELType.list(.parameter("A"))

    static let lists: [Function] = [
        .method("slice", [anyList, .int, .int], returns: anyList, cost: .elements.sized(.first)) {
            (a: Elements, start: Int64, end: Int64, _) in
            guard start >= 0, end >= 0, start <= end, end <= a.elements.count else {
                return .failure("cannot slice from \(start) to \(end): the list has \(a.elements.count) elements")
            }
            return .list(Array(a.elements[Int(start)..<Int(end)]))
        },
        .method("flatten", [.list(anyList)], returns: anyList, cost: .open) { (a: Elements, meter) in flatten(a.elements, 1, &meter) },
        .method("flatten", [anyList], returns: .list(.dyn), cost: .open) { (a: Elements, meter) in flatten(a.elements, 1, &meter) },
        .method("flatten", [.list(.dyn), .int], returns: .list(.dyn), cost: .open) { (a: Elements, depth: Int64, meter) in
            depth < 0 ? .failure("flatten() to a negative depth: \(depth)") : flatten(a.elements, depth, &meter)
        },
        .method("sort", [anyList], returns: anyList, cost: .open) { (a: Elements, meter) in sort(a.elements, by: a.elements, &meter) },
        .method("distinct", [anyList], returns: anyList, cost: .open) { (a: Elements, meter) in distinct(a.elements, &meter) },
        .method("reverse", [anyList], returns: anyList, cost: .elements.sized(.first)) { (a: Elements, _) in .list(a.elements.reversed()) },
        .method("first", [anyList], returns: .optional(.parameter("A"))) { (a: Elements, _) in .optional(CELOptional(a.elements.first)) },
        .method("last", [anyList], returns: .optional(.parameter("A"))) { (a: Elements, _) in .optional(CELOptional(a.elements.last)) },
        .function("lists.range", returns: .list(.int), cost: .open) { (count: Int64, meter) in
            if let error = meter.listError(Int(count)) { return .error(error) }
            guard meter.charge(UInt64(max(0, count))) else { return .error(meter.costError) }
            return .list((0..<max(0, count)).map { .int($0) })
        },
    ]

    private static func flatten(_ elements: [CELValue], _ depth: Int64, _ meter: inout Meter) -> CELValue {
        var result: [CELValue] = []
        if let error = flatten(elements, depth, into: &result, &meter) { return .error(error) }
        return .list(result)
    }

    private static func flatten(_ elements: [CELValue], _ depth: Int64, into result: inout [CELValue], _ meter: inout Meter) -> CELError? {
        for element in elements {
            guard meter.charge(1) else { return meter.costError }
            if depth > 0, case .list(let list) = element {
                if let error = flatten(list.elements, depth - 1, into: &result, &meter) { return error }
            } else {
                result.append(element)
                if let error = meter.listError(result.count) { return error }
            }
        }
        return nil
    }

    /// Sorts elements by keys, which all have one type; equal ones stay in their order.
    static func sort(_ elements: [CELValue], by keys: [CELValue], _ meter: inout Meter) -> CELValue {
        guard let first = keys.first else { return .list([]) }
        let rounds = UInt64(64 - UInt64(keys.count).leadingZeroBitCount)
        let amount = keys.reduce(UInt64(0)) { plus($0, max(1, tenth($1.costSize))) }
        guard meter.charge(times(amount, rounds)) else { return .error(meter.costError) }
        for key in keys {
            guard key.type == first.type else { return .failure("cannot sort \(first.typeName) with \(key.typeName)") }
            switch order(key, first) {
            case .undefined: return .failure("cannot sort: \(key.typeName) has no order")
            case .currencies: return .failure("cannot sort amounts in different currencies")
            default: continue
            }
        }
        // Numbers that are none come last, so that there is an order.
        let isBefore = { (a: Int, b: Int) in
            switch order(keys[a], keys[b]) {
            case .less: true
            case .unordered: keys[a].isNotANumber == keys[b].isNotANumber ? a < b : keys[b].isNotANumber
            case .equal: a < b
            default: false
            }
        }
        return .list(keys.indices.sorted(by: isBefore).map { elements[$0] })
    }

    private static func distinct(_ elements: [CELValue], _ meter: inout Meter) -> CELValue {
        var seen: Set<CELKey> = []
        var others: [CELValue] = []
        var result: [CELValue] = []
        for element in elements {
            guard meter.charge(max(1, tenth(element.costSize))) else { return .error(meter.costError) }
            if let key = CELKey(element) {
                guard seen.insert(key).inserted else { continue }
            } else {
                guard meter.charge(UInt64(others.count)) else { return .error(meter.costError) }
                let found = isIn(element, others, &meter)
                switch found {
                case .bool(true): continue
                case .bool: others.append(element)
                default: return found
                }
            }
            result.append(element)
        }
        return .list(result)
    }

    static let sets: [Function] = [
        .function("sets.contains", [anyList, anyList], returns: .bool, cost: .open) { (a: Elements, b: Elements, meter) in
            areIn(b.elements, a.elements, &meter)
        },
        .function("sets.equivalent", [anyList, anyList], returns: .bool, cost: .open) { (a: Elements, b: Elements, meter) in
            let first = areIn(b.elements, a.elements, &meter)
            guard case .bool(true) = first else { return first }
            return areIn(a.elements, b.elements, &meter)
        },
        .function("sets.intersects", [anyList, anyList], returns: .bool, cost: .open) { (a: Elements, b: Elements, meter) in
            for element in a.elements {
                guard meter.charge(UInt64(b.elements.count) + 1) else { return .error(meter.costError) }
                let found = isIn(element, b.elements, &meter)
                if case .bool(false) = found { continue }
                return found
            }
            return .bool(false)
        },
    ]

    private static func areIn(_ elements: [CELValue], _ list: [CELValue], _ meter: inout Meter) -> CELValue {
        for element in elements {
            guard meter.charge(UInt64(list.count) + 1) else { return .error(meter.costError) }
            let found = isIn(element, list, &meter)
            guard case .bool(true) = found else { return found }
        }
        return .bool(true)
    }
}

extension CELValue {
    fileprivate var isNotANumber: Bool {
        if case .double(let value) = self { return value.isNaN }
        return false
    }
}
