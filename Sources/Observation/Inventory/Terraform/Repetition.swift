import HCL

/// What `count` or `for_each` make of a block.
enum Repetition<Instance> {
    case single(Instance)
    case counted([Instance])
    /// In the order of the keys.
    case keyed([(key: String, instance: Instance)])
    /// How often cannot be known: one instance stands for all.
    case unknown(Instance, reason: String)

    var instances: [Instance] {
        switch self {
        case .single(let instance), .unknown(let instance, _): [instance]
        case .counted(let instances): instances
        case .keyed(let instances): instances.map(\.instance)
        }
    }
}

/// Which of a repeated block's instances it is: what `each` and `count` mean inside.
struct InstanceKey {
    enum Kind {
        case none
        case count(Int)
        case each(key: String, value: Value)
        case unknown(String)
    }

    var kind: Kind

    /// As it stands behind the name in addresses: `[0]`, `["a"]`.
    var suffix: String {
        switch kind {
        case .none, .unknown: ""
        case .count(let index): "[\(index)]"
        case .each(let key, _): "[\(Self.quoted(key))]"
        }
    }

    /// As Terraform quotes keys in addresses.
    static func quoted(_ key: String) -> String {
        var text = "\""
        let scalars = Array(key.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "$", "%":
                text.unicodeScalars.append(scalar)
                if index + 1 < scalars.count, scalars[index + 1] == "{" { text.unicodeScalars.append(scalar) }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

/// The names inside one instance of a block: `each`, `count` and `self` besides those of its module.
struct InstanceReferences: References {
    let module: ModuleInstance
    let key: InstanceKey
    /// `type.name` of the resource whose block it is, which may not read itself.
    var own: String?

    func definition(_ root: String, _ name: String) -> (expression: Expression, scope: Scope)? { module.definition(root, name) }

    func declares(_ root: String, _ steps: [String]) -> Bool {
        switch (root, key.kind) {
        case ("each", .each), ("each", .unknown), ("count", .count), ("count", .unknown): true
        default: module.declares(root, steps)
        }
    }

    func resolve(_ root: String, _ steps: [TraversalStep], in evaluator: Evaluator) throws(EvaluationError) -> (value: Value, used: Int)? {
        switch (root, key.kind) {
        case ("each", .each(let key, let value)):
            switch try module.name(steps, 0, after: root) {
            case "key": return (.string(key).adding(.each), 1)
            case "value": return (value, 1)
            default: throw EvaluationError("'each' has a key and a value only")
            }
        case ("count", .count(let index)): return (.number(index), min(1, steps.count))
        case ("each", .unknown(let reason)), ("count", .unknown(let reason)): return (.unknown(reason), min(1, steps.count))
        case ("self", _): return (.unknown("known only after apply: self"), min(1, steps.count))
        case _ where own != nil && steps.first.flatMap(\.name).map { "\(root).\($0)" } == own:
            throw EvaluationError("\(own ?? "") refers to itself", kind: .refused)
        default: return try module.resolve(root, steps, in: evaluator)
        }
    }
}

extension Declaration {
    /// Evaluates `count` or `for_each` and makes the instances.
    ///
    /// Where they are none, and where it is asked for, it may be that somebody who applies the code sets what makes some.
    func repetition<Instance>(
        in module: ModuleInstance, make: (InstanceKey) throws(EvaluationError) -> Instance
    ) throws(EvaluationError) -> Repetition<Instance> {
        let stated = try stated(in: module, make: make)
        guard stated.instances.isEmpty, let doubting = module.doubting else { return stated }
        let doubted: Repetition<InstanceKey>
        do throws(EvaluationError) {
            doubted = try self.stated(in: doubting) { (key: InstanceKey) throws(EvaluationError) in key }
        } catch { return stated }
        if case .unknown(_, let reason) = doubted { return try unknown(reason, make) }
        return doubted.instances.isEmpty ? stated : try unknown("whoever applies the code may set what decides it", make)
    }

    private func stated<Instance>(
        in module: ModuleInstance, make: (InstanceKey) throws(EvaluationError) -> Instance
    ) throws(EvaluationError) -> Repetition<Instance> {
        if let (attribute, file) = attribute("count") {
            let value = module.evaluator.value(of: attribute.value, in: module.scope(file))
            return try counted(value, make)
        }
        if let (attribute, file) = attribute("for_each") {
            let value = module.evaluator.value(of: attribute.value, in: module.scope(file))
            return try keyed(value, make)
        }
        return .single(try make(InstanceKey(kind: .none)))
    }

    private func counted<Instance>(
        _ value: Value, _ make: (InstanceKey) throws(EvaluationError) -> Instance
    ) throws(EvaluationError) -> Repetition<Instance> {
        if let reason = value.unknownReason { return try unknown(reason, make) }
        guard let count = (try? value.converted(to: .number))?.count, count >= 0 else {
            return try unknown("count is not a whole number from 0 upwards", make)
        }
        try Self.admit(count)
        var instances: [Instance] = []
        for index in 0..<count { instances.append(try make(InstanceKey(kind: .count(index)))) }
        return .counted(instances)
    }

    private func keyed<Instance>(
        _ value: Value, _ make: (InstanceKey) throws(EvaluationError) -> Instance
    ) throws(EvaluationError) -> Repetition<Instance> {
        var instances: [(key: String, instance: Instance)] = []
        switch value.kind {
        case .unknown(let reason): return try unknown(reason, make)
        case .map(let map):
            if let reason = map.openReason { return try unknown(reason, make) }
            try Self.admit(map.entries.count)
            for entry in map.entries {
                let element = entry.value.inheriting(from: value).adding(.each)
                instances.append((entry.key, try make(InstanceKey(kind: .each(key: entry.key, value: element)))))
            }
        case .set(let elements):
            try Self.admit(elements.count)
            for element in elements {
                guard let key = element.string else { return try unknown("a set for for_each holds strings only", make) }
                instances.append((key, try make(InstanceKey(kind: .each(key: key, value: element.inheriting(from: value).adding(.each))))))
            }
        default: return try unknown("for_each needs a map or a set of strings, but this is \(value.typeName)", make)
        }
        return .keyed(instances)
    }

    private func unknown<Instance>(
        _ reason: String, _ make: (InstanceKey) throws(EvaluationError) -> Instance
    ) throws(EvaluationError) -> Repetition<Instance> {
        .unknown(try make(InstanceKey(kind: .unknown(reason))), reason: reason)
    }

    /// Terraform has no limit; beyond this the input is a mistake or an attack. Leaving some out would be to pass them.
    private static func admit(_ count: Int) throws(EvaluationError) {
        let most = RepetitionLimit.instances
        guard count <= most else { throw EvaluationError("more than \(most) instances are not read", kind: .limit) }
    }
}

enum RepetitionLimit {
    /// Of one block.
    static let instances = 10_000
}

extension Value {
    fileprivate var count: Int? {
        guard case .number(let number) = kind else { return nil }
        return number.integer
    }
}

extension TraversalStep {
    fileprivate var name: String? { if case .name(let name) = self { name } else { nil } }
}
