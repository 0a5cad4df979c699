import CostModel
import Diagnostics
import HCL

/// One instance of a resource block.
struct ResourceInstance {
    let declaration: Declaration
    let module: ModuleInstance
    let key: InstanceKey

    var type: String { declaration.label(0) ?? "" }
    var name: String { declaration.label(1) ?? "" }
    var address: String { (module.path.isEmpty ? "" : module.path + ".") + "\(type).\(name)" + key.suffix }

    func scope(_ file: SourceFile) -> Scope {
        Scope(file: file, references: InstanceReferences(module: module, key: key, own: "\(type).\(name)"))
    }

    /// An argument's value; nil where it is not written.
    func argument(_ name: String) -> Value? {
        declaration.attribute(name).map { attribute, file in module.evaluator.value(of: attribute.value, in: scope(file)) }
    }
}

extension ModuleInstance {
    func instances(ofResource name: String) throws(EvaluationError) -> Repetition<ResourceInstance> {
        guard let declaration = code.resources[name] else {
            throw EvaluationError("there is no resource '\(name)'\(DidYouMean.hint(for: name, in: code.resources.keys))")
        }
        if !declaration.isRepeated {
            // Nothing is evaluated for it, so that it cannot refer to itself, and there is nothing worth remembering. Whoever visits all
            // resources admits it, once.
            return .single(ResourceInstance(declaration: declaration, module: self, key: InstanceKey(kind: .none)))
        }
        return try repetition(ofResource: name) { () throws(EvaluationError) in
            try declaration.repetition(in: self) { (key: InstanceKey) throws(EvaluationError) in
                try context.admitInstance()
                return ResourceInstance(declaration: declaration, module: self, key: key)
            }
        }
    }

    /// `aws_vpc.main.cidr_block`: an argument that is written has its value, everything else is known after apply.
    func resource(_ type: String, _ steps: [TraversalStep]) throws(EvaluationError) -> (value: Value, used: Int)? {
        guard case .name(let name)? = steps.first else { return nil }
        guard code.resources["\(type).\(name)"] != nil else {
            // A type without an underscore is more likely a misspelt name.
            guard type.contains("_") else { return nil }
            throw EvaluationError("there is no resource '\(type).\(name)'")
        }
        let repetition = try instances(ofResource: "\(type).\(name)")
        switch repetition {
        case .single(let instance): return try attribute(of: instance, steps, from: 1)
        case .unknown(_, let reason): return (.unknown(reason), steps.count)
        case .counted(let instances):
            if steps.count > 1, case .key(let key) = steps[1] {
                if let reason = key.unknownReason { return (.unknown(reason), 2) }
                guard let index = key.text.flatMap({ Int($0) }), instances.indices.contains(index) else {
                    throw EvaluationError("\(type).\(name) has no instance \(key.text ?? "")")
                }
                return try attribute(of: instances[index], steps, from: 2)
            }
            return (.tuple(instances.map { whole($0) }), 1)
        case .keyed(let instances):
            if steps.count > 1, case .key(let key) = steps[1] {
                if let reason = key.unknownReason { return (.unknown(reason), 2) }
                guard let found = instances.first(where: { $0.key == key.text }) else {
                    throw EvaluationError("\(type).\(name) has no instance \(key.text ?? "")")
                }
                return try attribute(of: found.instance, steps, from: 2)
            }
            return (.map(MapValue(instances.map { MapValue.Entry($0.key, whole($0.instance)) })), 1)
        }
    }

    private func attribute(of instance: ResourceInstance, _ steps: [TraversalStep], from index: Int) throws(EvaluationError) -> (
        value: Value, used: Int
    ) {
        guard steps.indices.contains(index), case .name(let name) = steps[index] else { return (whole(instance), index) }
        return (try attribute(name, of: instance), index + 1)
    }

    private func attribute(_ name: String, of instance: ResourceInstance) throws(EvaluationError) -> Value {
        let address = instance.address
        let mayBeSecret = SensitiveArguments.contains(name, of: instance.type)
        if mayBeSecret, instance.declaration.attribute(name) == nil { return .unknown(SecretReason.ofProvider(name)) }
        guard instance.declaration.attribute(name) != nil else { return .unknown(AfterApply.reason("\(address).\(name)")) }
        return try remember(.argument(resource: address, name), called: "\(address).\(name)") { () throws(EvaluationError) in
            let value = instance.argument(name) ?? .null
            // A null argument is left to the provider.
            if value.isNull { return .unknown(AfterApply.reason("\(address).\(name)")) }
            if SensitiveArguments.hides(value, of: name, in: instance.type) { return .unknown(SecretReason.ofProvider(name)) }
            return value.adding(.reference(Origin.Reference(.resource, "\(address).\(name)", in: path)))
        }
    }

    /// An instance as an object: what is written is known, and there are further attributes after apply. No circle arises that is not one
    /// for Terraform too, because it orders whole resources.
    private func whole(_ instance: ResourceInstance) -> Value {
        let entries = instance.declaration.attributeNames.subtracting(["count", "for_each", "provider", "depends_on"]).map { name in
            // An argument that cannot be evaluated is unknown, as the others are before apply.
            MapValue.Entry(name, (try? attribute(name, of: instance)) ?? .unknown(AfterApply.reason("\(instance.address).\(name)")))
        }
        return .map(MapValue(entries, openReason: AfterApply.reason(instance.address)))
    }
}
