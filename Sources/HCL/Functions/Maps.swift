import Diagnostics
import Patterns

extension Function {
    static let maps: [Function] = [
        Function("merge", 0...Int.max, unknowns: .own) { call throws(EvaluationError) in
            var merge = Merge()
            for argument in call.arguments { try merge.add(argument) }
            return .map(merge.result)
        },
        Function("keys", 1, unknowns: .shallow) { call throws(EvaluationError) in
            let map = try call.map(0)
            if let reason = map.openReason { return .unknown(reason) }
            return Value(.list(map.keys.map { .string($0) }, isTuple: map.isObject))
        },
        Function("values", 1, unknowns: .shallow) { call throws(EvaluationError) in
            let map = try call.map(0)
            if let reason = map.openReason { return .unknown(reason) }
            return Value(.list(map.entries.map { $0.value.inheriting(from: call.arguments[0]) }, isTuple: map.isObject))
        },
        Function("zipmap", 2, unknowns: .shallow) { call throws(EvaluationError) in
            let values = try call.elements(1)
            if let reason = call.arguments[0].deepUnknownReason { return .unknown(reason) }
            let keys = try call.texts(0)
            guard keys.count == values.count else { throw EvaluationError("zipmap() needs as many keys as values") }
            let entries = zip(keys, values).map { MapValue.Entry($0, $1.inheriting(from: call.arguments[1])) }
            guard case .list(_, let isTuple) = call.arguments[1].kind else { throw EvaluationError("zipmap() needs a list of values") }
            return .map(MapValue(entries, isObject: isTuple))
        },
        Function("transpose", 1) { call throws(EvaluationError) in
            var lists: [String: [String]] = [:]
            guard case .map(let map) = try call.arguments[0].converted(to: .map(.list(.string))).kind else {
                throw EvaluationError("transpose() needs a map of lists")
            }
            for entry in map.entries {
                guard let elements = entry.value.elements else { throw EvaluationError("transpose() needs lists that are not null") }
                for element in elements { lists[try element.requireText(), default: []].append(entry.key) }
            }
            return .map(
                MapValue(lists.map { MapValue.Entry($0.key, .list($0.value.sorted(by: byBytes).map { .string($0) })) }, isObject: false))
        },
        Function("matchkeys", 3) { call throws(EvaluationError) in
            let values = try call.list(0)
            var keys = try call.list(1)
            var wanted = try call.list(2)
            guard let type = ValueType.unified((keys + wanted).map(\.type)) else {
                throw EvaluationError("matchkeys() needs keys of one type")
            }
            keys = try Value.tuple(keys).converted(to: .list(type)).elements ?? []
            wanted = try Value.tuple(wanted).converted(to: .list(type)).elements ?? []
            guard values.count == keys.count else { throw EvaluationError("matchkeys() needs as many keys as values") }
            try call.evaluator.charge(keys.count * wanted.count)
            return .list(zip(values, keys).filter { pair in wanted.contains { $0.equals(pair.1) } }.map(\.0))
        },
    ]

    /// merge(): a later argument's keys win; what an unknown argument may hold is not known, unless a later one says it.
    private struct Merge {
        private var entries: [String: MapValue.Entry] = [:]
        private var openReason: String?
        private var openKeys: [KeyPattern]? = []
        private var sources: [Origin] = []
        private var isObject = false

        mutating func add(_ argument: Value) throws(EvaluationError) {
            switch argument.kind {
            case .null:
                // It adds nothing, but whoever set the variable to null may set it to something else.
                guard var origin = argument.origin else { return }
                origin.computed = "null"
                sources.append(origin)
            case .unknown(let reason): open(reason, nil)
            case .map(let map):
                if let reason = map.openReason { open(reason, map.openKeys) }
                isObject = isObject || map.isObject
                let path = argument.origin?.path ?? []
                for var entry in map.entries {
                    entry.value = entry.value.adding(path)
                    entry.item?.path += path
                    entries[entry.key] = entry
                }
                sources += map.sources
            // Beside nulls and empty ones Terraform takes it for one that is empty, too.
            case .list(let elements, _) where elements.isEmpty:
                throw EvaluationError("merge() of an empty list is not evaluated", kind: .unsupported)
            default: throw EvaluationError("merge() needs maps, but this is \(argument.typeName)")
            }
        }

        /// What was added before may be overridden where an unknown key may be equal, and a key added there would not count for certain.
        private mutating func open(_ reason: String, _ patterns: [KeyPattern]?) {
            openReason = openReason ?? reason
            guard let patterns else {
                openKeys = nil
                entries = entries.mapValues { MapValue.Entry($0.key, .unknown(reason)) }
                sources = []
                return
            }
            openKeys = openKeys.map { $0 + patterns }
            for key in entries.keys where patterns.contains(where: { $0.mayBe(key) }) {
                entries[key] = MapValue.Entry(key, .unknown(reason))
            }
        }

        var result: MapValue {
            MapValue(
                Array(entries.values), isObject: isObject, openReason: openReason, openKeys: openReason == nil ? nil : openKeys,
                sources: sources)
        }
    }
}
