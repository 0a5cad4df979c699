import CostModel
import Diagnostics
import HCL

extension ModuleInstance {
    /// The modules that a `module` block makes; nil for one whose code is not here.
    func children(_ name: String) throws(EvaluationError) -> Repetition<ModuleInstance>? {
        guard let declaration = code.calls[name] else {
            throw EvaluationError("there is no module '\(name)'\(DidYouMean.hint(for: name, in: code.calls.keys))")
        }
        guard case .folder(let folder)? = code.target(of: declaration), let called = context.module(folder) else { return nil }
        guard depth < RootContext.deepestModules else { throw EvaluationError("modules call each other too deeply", kind: .limit) }
        return try repetition(ofCall: name) { () throws(EvaluationError) in
            try declaration.repetition(in: self) { (key: InstanceKey) throws(EvaluationError) in
                try context.admitInstance()
                let references: any References = InstanceReferences(module: self, key: key)
                let call = ModuleCall(declaration: declaration, caller: self, references: references)
                let path = (path.isEmpty ? "" : path + ".") + "module.\(name)" + key.suffix
                context.register(call, path: path)
                return ModuleInstance(code: called, path: path, call: call, context: context)
            }
        }
    }

    /// What is called from somewhere else than this tree, and how often; nil where the code is here or is said to be missing, and where nothing
    /// is called.
    func unseenModule(_ name: String, in root: String) throws(EvaluationError) -> UnseenModule? {
        guard let declaration = code.calls[name] else { return nil }
        switch code.target(of: declaration) {
        case .folder, .outside: return nil
        case .remote, nil: break
        }
        func text(_ name: String) -> String? {
            declaration.attribute(name).map { attribute, file in
                evaluator.value(of: attribute.value, in: scope(file)).text ?? file.text(attribute.value.range)
            }
        }
        guard let source = text("source") else { return nil }
        let copies: UnseenModule.Copies
        switch try declaration.repetition(in: self, make: { (key: InstanceKey) throws(EvaluationError) in key }) {
        case .single: copies = .count(1)
        case .counted(let keys):
            guard !keys.isEmpty else { return nil }
            copies = .count(keys.count)
        case .keyed(let keys):
            guard !keys.isEmpty else { return nil }
            copies = .keys(Set(keys.map(\.key)))
        case .unknown:
            let written = declaration.attribute("count") ?? declaration.attribute("for_each")
            copies = .unknown(written.map { attribute, file in file.text(attribute.value.range) } ?? "")
        }
        return UnseenModule(
            root: root, address: (path.isEmpty ? "" : path + ".") + "module.\(name)", source: source, version: text("version"),
            copies: copies, location: declaration.place)
    }

    /// How many modules it stands in.
    var depth: Int {
        var depth = 0
        var at = call
        while let call = at {
            depth += 1
            at = call.caller.call
        }
        return depth
    }

    /// `module.name.output`, `module.name["key"].output`
    func output(_ steps: [TraversalStep]) throws(EvaluationError) -> (value: Value, used: Int) {
        let name = try name(steps, 0, after: "module")
        guard let children = try children(name) else { return (.unknown("the code of module '\(name)' is not here"), steps.count) }
        switch children {
        case .single(let module): return try output(of: module, steps, from: 1)
        case .unknown(_, let reason): return (.unknown(reason), steps.count)
        case .counted(let modules):
            if steps.count > 1, case .key(let key) = steps[1] {
                if let reason = key.unknownReason { return (.unknown(reason), 2) }
                guard let index = key.text.flatMap({ Int($0) }), modules.indices.contains(index) else {
                    throw EvaluationError("module '\(name)' has no instance \(key.text ?? "")")
                }
                return try output(of: modules[index], steps, from: 2)
            }
            return (.tuple(try modules.map { (module) throws(EvaluationError) in try module.outputs() }), 1)
        case .keyed(let modules):
            if steps.count > 1, case .key(let key) = steps[1] {
                if let reason = key.unknownReason { return (.unknown(reason), 2) }
                guard let found = modules.first(where: { $0.key == key.text }) else {
                    throw EvaluationError("module '\(name)' has no instance \(key.text ?? "")")
                }
                return try output(of: found.instance, steps, from: 2)
            }
            var entries: [MapValue.Entry] = []
            for (key, module) in modules { entries.append(MapValue.Entry(key, try module.outputs())) }
            return (.map(MapValue(entries)), 1)
        }
    }

    private func output(of module: ModuleInstance, _ steps: [TraversalStep], from index: Int) throws(EvaluationError) -> (
        value: Value, used: Int
    ) {
        guard steps.indices.contains(index), case .name(let name) = steps[index] else { return (try module.outputs(), index) }
        return (try module.output(name), index + 1)
    }

    private func outputs() throws(EvaluationError) -> Value {
        var entries: [MapValue.Entry] = []
        for name in code.outputs.keys.sorted() { entries.append(MapValue.Entry(name, try output(name))) }
        return .map(MapValue(entries))
    }
}
