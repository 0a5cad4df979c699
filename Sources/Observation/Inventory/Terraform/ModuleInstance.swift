import CostModel
import Diagnostics
import HCL

/// A module as one root uses it: the root itself, or what one `module` block, repeated or not, makes of a folder.
///
/// Everything is evaluated when it is first asked for and kept. A name that is being evaluated when it is asked for again is a cycle.
final class ModuleInstance: References {
    let code: ModuleCode
    /// `module.a["x"].module.b`, empty for the root.
    let path: String
    /// How the module was called; nil for the root.
    let call: ModuleCall?
    let context: RootContext
    private var known: [Name: Value] = [:]
    private var pending: Set<Name> = []
    private var children: [String: Repetition<ModuleInstance>] = [:]
    private var instances: [String: Repetition<ResourceInstance>] = [:]
    private var defaults: [String: Value] = [:]
    private var doubted: ModuleInstance?

    enum Name: Hashable {
        case variable(String), local(String), output(String), call(String), resource(String)
        case argument(resource: String, String)
        case provider(String)
    }

    init(code: ModuleCode, path: String, call: ModuleCall?, context: RootContext) {
        self.code = code
        self.path = path
        self.call = call
        self.context = context
    }

    var evaluator: Evaluator { context.evaluator }

    /// Forgets what was read. Modules know their callers and callers their modules: a process that reads again and again would keep all of it.
    func letGo() {
        doubted?.letGo()
        doubted = nil
        for child in children.values.flatMap(\.instances) { child.letGo() }
        children = [:]
        instances = [:]
        known = [:]
    }

    /// The same module where nothing is known that whoever applies its root may set; nil where nobody asks for that.
    var doubting: ModuleInstance? {
        if let doubted { return doubted }
        guard let context = context.doubting else { return nil }
        var call = call
        if let known = self.call {
            guard let caller = known.caller.doubting, let key = (known.references as? InstanceReferences)?.key else { return nil }
            call = ModuleCall(
                declaration: known.declaration, caller: caller, references: InstanceReferences(module: caller, key: key))
        }
        let made = ModuleInstance(code: code, path: path, call: call, context: context)
        doubted = made
        return made
    }

    func scope(_ file: SourceFile) -> Scope { Scope(file: file, references: self) }

    // MARK: References

    func resolve(_ root: String, _ steps: [TraversalStep], in evaluator: Evaluator) throws(EvaluationError) -> (value: Value, used: Int)? {
        switch root {
        case "var": return (try variable(try name(steps, 0, after: root)), 1)
        case "local": return (try local(try name(steps, 0, after: root)), 1)
        case "module": return try output(steps)
        case "resource":
            let type = try name(steps, 0, after: root)
            return try resource(type, Array(steps.dropFirst())).map { ($0.value, $0.used + 1) }
        case "data", "ephemeral": return (.unknown(AfterApply.reason("\(root).\(Self.written(steps, 2))")), min(2, steps.count))
        case "path": return (pathValue(try name(steps, 0, after: root)), 1)
        case "terraform":
            let property = try name(steps, 0, after: root)
            if property == "workspace" {
                if let workspace = context.workspace { return (.string(workspace), 1) }
                context.askedForWorkspace = true
                if context.doubtsWorkspace || context.doubtsSettings { return (.unknown(RootContext.unknownWorkspace), 1) }
            }
            return (property == "workspace" ? .string("default") : .unknown("terraform.\(property) is not known"), 1)
        case "each", "count", "self": throw EvaluationError("'\(root)' means nothing here")
        default: return try resource(root, steps)
        }
    }

    func definition(_ root: String, _ name: String) -> (expression: Expression, scope: Scope)? {
        guard root == "local", let local = code.locals[name] else { return nil }
        return (local.attribute.value, scope(local.file))
    }

    func declares(_ root: String, _ steps: [String]) -> Bool {
        guard let name = steps.first else { return false }
        let second = steps.dropFirst().first
        return switch root {
        case "var": code.variables[name] != nil
        case "local": code.locals[name] != nil
        case "module": code.calls[name] != nil
        case "each", "count", "self": false
        case "path": ["module", "root", "cwd"].contains(name)
        case "terraform": ["workspace", "env", "applying"].contains(name)
        case "data": second.map { code.dataNames.contains("\(name).\($0)") } ?? true
        case "resource": second.map { code.resources["\(name).\($0)"] != nil } ?? true
        case "ephemeral", "action", "provider": true
        default: code.resources["\(root).\(name)"] != nil
        }
    }

    func name(_ steps: [TraversalStep], _ index: Int, after root: String) throws(EvaluationError) -> String {
        guard steps.indices.contains(index) else { throw EvaluationError("'\(root)' needs a name behind it") }
        switch steps[index] {
        case .name(let name): return name
        case .key(let key):
            guard let name = key.string else { throw EvaluationError("'\(root)' needs a name behind it") }
            return name
        }
    }

    private static func written(_ steps: [TraversalStep], _ count: Int) -> String {
        steps.prefix(count).map { step in
            switch step {
            case .name(let name): name
            case .key(let key): "[\(key.text ?? "…")]"
            }
        }.joined(separator: ".")
    }

    /// The kept value, or the one that is computed now.
    func remember(_ name: Name, called text: @autoclosure () -> String, compute: () throws(EvaluationError) -> Value)
        throws(EvaluationError) -> Value
    {
        if let value = known[name] { return value }
        guard pending.insert(name).inserted else { throw EvaluationError("\(text()) refers to itself", kind: .refused) }
        defer { pending.remove(name) }
        let value = try compute()
        known[name] = value
        return value
    }

    // MARK: Names

    private func local(_ name: String) throws(EvaluationError) -> Value {
        guard let local = code.locals[name] else {
            throw EvaluationError("there is no local '\(name)'\(DidYouMean.hint(for: name, in: code.locals.keys))")
        }
        return try remember(.local(name), called: "local '\(name)'") { () throws(EvaluationError) in
            evaluator.value(of: local.attribute.value, in: scope(local.file)).adding(.reference(Origin.Reference(.local, name, in: path)))
        }
    }

    func variable(_ name: String) throws(EvaluationError) -> Value {
        guard let declaration = code.variables[name] else {
            throw EvaluationError("there is no variable '\(name)'\(DidYouMean.hint(for: name, in: code.variables.keys))")
        }
        return try remember(.variable(name), called: "variable '\(name)'") { () throws(EvaluationError) in
            try variable(name, declaration)
        }
    }

    private func variable(_ name: String, _ declaration: Declaration) throws(EvaluationError) -> Value {
        let constraint = declaration.attribute("type").map { attribute, file in
            // What a type fills in belongs to the type: nothing is written into it for one caller.
            TypeConstraint(attribute.value) { expression in
                self.evaluator.value(of: expression, in: Scope(file: file, references: NoReferences()))
                    .unplaced("filled in by the variable's type", file, expression.range)
            }
        }
        if let mistake = constraint?.mistake {
            throw EvaluationError("the type of variable '\(name)' is refused: \(mistake)", kind: .refused)
        }
        var given = givenValue(name)
        if given?.isNull == true, let (attribute, file) = declaration.attribute("nullable"),
            case .bool(false) = evaluator.value(of: attribute.value, in: scope(file)).kind
        {
            given = nil
        }
        if let secrecy = secrecy(of: declaration) { return .unknown(SecretReason.declared("variable", name, secrecy)) }
        if given == nil, call == nil, let reason = undecided(name, declaration) { return .unknown(reason) }
        let value = given ?? defaultValue(name, declaration) ?? .unknown("variable '\(name)' has no default and no value is given")
        return try constraint?.applied(to: value) ?? value
    }

    /// `sensitive` or `ephemeral` where a variable or an output is marked so: what nobody may be shown is not known here.
    private func secrecy(of declaration: Declaration) -> String? {
        ["sensitive", "ephemeral"].first { mark in
            guard let (attribute, file) = declaration.attribute(mark) else { return false }
            if case .bool(false) = evaluator.value(of: attribute.value, in: scope(file)).kind { return false }
            return true
        }
    }

    private func givenValue(_ name: String) -> Value? {
        if let call {
            return call.argument(name)?.adding(.reference(Origin.Reference(.argument, name, in: path)))
        }
        guard let given = context.variableValues?[name] ?? code.variableValues[name] else { return nil }
        return evaluator.value(of: given.attribute.value, in: Scope(file: given.file, references: NoReferences()))
            .adding(.reference(Origin.Reference(.variableFile, name, in: path)))
    }

    /// Why it is not known which value a root's variable has: a file sets another than the default, and Terraform may be told to read it.
    private func undecided(_ name: String, _ declaration: Declaration) -> String? {
        guard context.variableValues == nil else { return nil }
        let preset = defaultValue(name, declaration)
        if context.doubtsSettings, preset != nil { return "variable '\(name)' has a default, and whoever applies the code may set it" }
        guard let others = code.otherVariableValues[name] else { return nil }
        for other in others {
            let value = evaluator.value(of: other.attribute.value, in: Scope(file: other.file, references: NoReferences()))
            if let preset, preset.text ?? preset.json == value.text ?? value.json { continue }
            return "variable '\(name)' may be set by \(other.file.path), and it is not known whether that file is used"
        }
        return nil
    }

    private func defaultValue(_ name: String, _ declaration: Declaration) -> Value? {
        declaration.attribute("default").map { attribute, file in
            evaluator.value(of: attribute.value, in: Scope(file: file, references: NoReferences()))
                .adding(.reference(Origin.Reference(.variableDefault, name, in: path)))
        }
    }

    private func pathValue(_ property: String) -> Value {
        switch property {
        case "module": .string(ModulePath.relative(code.folder, to: context.root))
        case "root": .string(".")
        default: .unknown("path.\(property) depends on the machine")
        }
    }

    /// An output, as the caller sees it.
    func output(_ name: String) throws(EvaluationError) -> Value {
        guard let declaration = code.outputs[name], let (attribute, file) = declaration.attribute("value") else {
            throw EvaluationError("module '\(path)' has no output '\(name)'\(DidYouMean.hint(for: name, in: code.outputs.keys))")
        }
        if let secrecy = secrecy(of: declaration) { return .unknown(SecretReason.declared("output", name, secrecy)) }
        return try remember(.output(name), called: "output '\(name)'") { () throws(EvaluationError) in
            evaluator.value(of: attribute.value, in: scope(file)).adding(.reference(Origin.Reference(.output, name, in: path)))
        }
    }

    // MARK: Parts that are made once

    func repetition(ofCall name: String, make: () throws(EvaluationError) -> Repetition<ModuleInstance>) throws(EvaluationError)
        -> Repetition<ModuleInstance>
    {
        if let known = children[name] { return known }
        guard pending.insert(.call(name)).inserted else { throw EvaluationError("module '\(name)' refers to itself", kind: .refused) }
        defer { pending.remove(.call(name)) }
        let made = try make()
        children[name] = made
        return made
    }

    func repetition(
        ofResource name: String, make: () throws(EvaluationError) -> Repetition<ResourceInstance>
    ) throws(EvaluationError) -> Repetition<ResourceInstance> {
        if let known = instances[name] { return known }
        guard pending.insert(.resource(name)).inserted else { throw EvaluationError("resource '\(name)' refers to itself", kind: .refused) }
        defer { pending.remove(.resource(name)) }
        let made = try make()
        instances[name] = made
        return made
    }
}

/// A module block in its caller, for one instance.
struct ModuleCall {
    let declaration: Declaration
    let caller: ModuleInstance
    let references: any References

    func argument(_ name: String) -> Value? {
        declaration.attribute(name).map { attribute, file in
            caller.evaluator.value(of: attribute.value, in: Scope(file: file, references: references))
        }
    }

    func passes(_ name: String) -> Bool { declaration.attribute(name) != nil }
}

/// Where nothing may be referred to: defaults and variable files.
struct NoReferences: References {
    func resolve(_ root: String, _ steps: [TraversalStep], in evaluator: Evaluator) throws(EvaluationError) -> (value: Value, used: Int)? {
        nil
    }

    func declares(_ root: String, _ steps: [String]) -> Bool { false }
    var allowsCalls: Bool { false }
}
