/// What a macro runs over, and where it puts each element.
struct LoopDomain {
    let node: Node
    let slots: [Int]

    /// The elements of a list, or the keys and values of a map.
    enum Elements {
        case list([CELValue])
        case map(CELMap)
        case failure(CELValue)

        var count: Int {
            switch self {
            case .list(let elements): elements.count
            case .map(let map): map.count
            case .failure: 0
            }
        }
    }

    func elements(_ frame: inout Frame) -> Elements {
        switch node.evaluate(&frame) {
        case .list(let list): .list(list.elements)
        case .map(let map): .map(map)
        case let value where value.isUnusable: .failure(value)
        case let value: .failure(node.located("no such overload: a macro runs over a list or a map, not over \(value.typeName)"))
        }
    }

    /// Puts one element where the macro's body finds it.
    @inline(__always)
    func bind(_ elements: Elements, _ index: Int, _ frame: inout Frame) {
        switch elements {
        case .list(let elements):
            if slots.count == 1 {
                frame.slots[slots[0]] = elements[index]
            } else {
                frame.slots[slots[0]] = .int(Int64(index))
                frame.slots[slots[1]] = elements[index]
            }
        case .map(let map):
            frame.slots[slots[0]] = map.keys[index]
            if slots.count > 1 { frame.slots[slots[1]] = map.values[index] }
        case .failure: break
        }
    }
}

/// `all` and `exists`: one element decides, whatever the others came to.
final class QuantifierNode: TestNode, @unchecked Sendable {
    let domain: LoopDomain
    let condition: Node
    let isExists: Bool

    init(_ domain: LoopDomain, _ condition: Node, isExists: Bool, _ range: Range<Int>) {
        self.domain = domain
        self.condition = condition
        self.isExists = isExists
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let elements = domain.elements(&frame)
        if case .failure(let value) = elements {
            frame.pending = value
            return .other
        }
        var failure: CELValue?
        for index in 0..<elements.count {
            if let error = frame.nextRound() {
                frame.pending = located(.error(error))
                return .other
            }
            domain.bind(elements, index, &frame)
            switch condition.test(&frame) {
            case .yes: if isExists { return .yes }
            case .no: if !isExists { return .no }
            case .other:
                if frame.pending.isLimit { return .other }
                failure = failure.map { combined($0, frame.pending) } ?? frame.pending
            }
        }
        if let failure {
            frame.pending = failure
            return .other
        }
        return isExists ? .no : .yes
    }
}

/// `exists(k, k == "text")`, which needs no slot: the most frequent condition on tags.
final class ExistsTextNode: TestNode, @unchecked Sendable {
    let domain: LoopDomain
    let text: String

    init(_ domain: LoopDomain, _ text: String, _ range: Range<Int>) {
        self.domain = domain
        self.text = text
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        switch domain.node.evaluate(&frame) {
        case .list(let list): return search(list.elements, &frame)
        case .map(let map): return search(map.keys, &frame)
        case let value where value.isUnusable: frame.pending = value
        case let value: frame.pending = located("no such overload: a macro runs over a list or a map, not over \(value.typeName)")
        }
        return .other
    }

    private func search(_ values: [CELValue], _ frame: inout Frame) -> Truth {
        var failure: CELValue?
        for value in values {
            if let error = frame.nextRound() {
                frame.pending = located(.error(error))
                return .other
            }
            frame.meter.cost &+= 1
            switch value {
            case .string(let found):
                frame.meter.cost &+= textComparisonCost(found, text)
                if sameText(found, text) { return .yes }
            case .unknown, .error: failure = failure.map { combined($0, value) } ?? value
            default: frame.meter.cost &+= 1
            }
        }
        guard let failure else { return .no }
        frame.pending = failure
        return .other
    }
}

/// `exists_one`: every element has to be looked at, and none may fail.
final class ExistsOneNode: TestNode, @unchecked Sendable {
    let domain: LoopDomain
    let condition: Node

    init(_ domain: LoopDomain, _ condition: Node, _ range: Range<Int>) {
        self.domain = domain
        self.condition = condition
        super.init(range)
    }

    override func test(_ frame: inout Frame) -> Truth {
        let elements = domain.elements(&frame)
        if case .failure(let value) = elements {
            frame.pending = value
            return .other
        }
        var count = 0
        var failure: CELValue?
        for index in 0..<elements.count {
            if let error = frame.nextRound() {
                frame.pending = located(.error(error))
                return .other
            }
            domain.bind(elements, index, &frame)
            switch condition.test(&frame) {
            case .yes: count += 1
            case .no: continue
            case .other:
                if frame.pending.isLimit { return .other }
                failure = failure.map { combined($0, frame.pending) } ?? frame.pending
            }
        }
        guard let failure else { return count == 1 ? .yes : .no }
        frame.pending = failure
        return .other
    }
}

/// `map`, `filter`, `transformList`, `transformMap` and `transformMapEntry`.
final class TransformNode: Node, @unchecked Sendable {
    enum Output { case list, map, entries }
    let domain: LoopDomain
    let condition: Node?
    /// Nil keeps the element: `filter`.
    let result: Node?
    let output: Output

    init(_ domain: LoopDomain, _ condition: Node?, _ result: Node?, _ output: Output, _ range: Range<Int>) {
        self.domain = domain
        self.condition = condition
        self.result = result
        self.output = output
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        let elements = domain.elements(&frame)
        if case .failure(let value) = elements { return value }
        frame.meter.cost &+= output == .list ? 10 : 30
        var list: [CELValue] = []
        var map = MapBuilder()
        var failure: CELValue?
        for index in 0..<elements.count {
            if let error = frame.nextRound() { return located(.error(error)) }
            domain.bind(elements, index, &frame)
            var value: CELValue?
            switch condition?.test(&frame) ?? .yes {
            case .no: continue
            case .other: value = frame.pending
            case .yes: value = result?.evaluate(&frame)
            }
            let element = value ?? frame.slots[domain.slots[0]]
            frame.meter.cost &+= 1
            if element.isUnusable, result != nil || value != nil || element.isLimit {
                if element.isLimit { return element }
                failure = failure.map { combined($0, element) } ?? element
            } else if let error = pay(for: element, elements, index, &frame.meter)
                ?? add(element, elements, index, &list, &map) ?? frame.meter.listError(list.count + map.count)
            {
                if error.isLimit { return located(.error(error)) }
                failure = failure ?? located(.error(error))
            }
        }
        if let failure { return failure }
        let made = output == .list ? CELValue.list(CELList(list)) : .map(map.map)
        if let error = frame.meter.depthError(made.depth) { return located(.error(error)) }
        return made
    }

    /// Maps hash their keys.
    private func pay(for element: CELValue, _ elements: LoopDomain.Elements, _ index: Int, _ meter: inout Meter) -> CELError? {
        var cost: UInt64 = 0
        switch (output, elements, element) {
        case (.map, .map(let domain), _): cost = keyCost(domain.keys[index])
        case (.entries, _, .map(let entry)): cost = entry.keys.reduce(0) { $0 + 1 + keyCost($1) }
        default: return nil
        }
        return meter.charge(cost) ? nil : meter.costError
    }

    private func add(
        _ element: CELValue, _ elements: LoopDomain.Elements, _ index: Int, _ list: inout [CELValue], _ map: inout MapBuilder
    ) -> CELError? {
        switch output {
        case .list:
            list.append(element)
            return nil
        case .map:
            if case .map(let domain) = elements { return map.add(domain.keys[index], element) }
            return map.add(.int(Int64(index)), element)
        case .entries:
            guard case .map(let entry) = element else {
                return CELError("transformMapEntry() makes maps of one entry, not \(element.typeName)")
            }
            for (key, value) in zip(entry.keys, entry.values) {
                if let error = map.add(key, value) { return error }
            }
            return nil
        }
    }
}

/// `sortBy`: the keys are computed once, and the elements follow them.
final class SortNode: Node, @unchecked Sendable {
    let domain: LoopDomain
    let keys: TransformNode

    init(_ domain: LoopDomain, _ keys: TransformNode, _ range: Range<Int>) {
        self.domain = domain
        self.keys = keys
        super.init(range)
    }

    override func evaluate(_ frame: inout Frame) -> CELValue {
        let elements: [CELValue]
        switch domain.elements(&frame) {
        case .list(let list): elements = list
        case .map(let map): elements = map.keys
        case .failure(let value): return value
        }
        let keys = keys.evaluate(&frame)
        guard case .list(let list) = keys else { return keys }
        return located(Library.sort(elements, by: list.elements, &frame.meter))
    }
}
