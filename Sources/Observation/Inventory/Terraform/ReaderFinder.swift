import CostModel
import Diagnostics
import HCL

/// Lists everything in a root's code that reads values, with digests of what it reads.
///
/// Tags and sizes are left out where they are compared as such, and what only passes a value on to code that is here is seen there: locals,
/// variables, arguments of modules in the tree and their outputs.
struct ReaderFinder {
    private let root: String
    /// Whether tags and sizes count like other arguments: in roots that are not observed nobody else compares them.
    private let countsTags: Bool
    private let values = ValueDigests()
    private(set) var readers: CodeReaders = [:]

    /// Names that stand as such, not for their values.
    private static let names: Set<String> = ["provider", "providers", "depends_on", "source", "version", "alias", "to", "from"]
    /// What decides how many instances there are is seen in which there are.
    private static let repetition: Set<String> = ["count", "for_each"]
    /// Blocks of which only the condition matters: the message is shown when it fails.
    private static let conditions: Set<String> = ["precondition", "postcondition", "validation", "assert"]

    init(root: String, countsTags: Bool) {
        self.root = root
        self.countsTags = countsTags
    }

    /// Reads some of the root's own resource blocks, and with `others` whatever else it has.
    mutating func read(_ code: ModuleCode, in context: RootContext, resources names: ArraySlice<String>, others: Bool) {
        let module = ModuleInstance(code: code, path: "", call: nil, context: context)
        if others { visitOthers(of: module) }
        for name in names { addResources(name, in: module) }
        if others {
            for name in code.callOrder { addCall(name, in: module) }
            addMistakes(of: module)
        }
        module.letGo()
        context.letGo()
    }

    private mutating func addMistakes(of module: ModuleInstance) {
        var errors = Set(module.evaluator.problems.map(\.message))
        errors.formUnion(mistakes)
        guard let place = module.code.place else { return }
        // A value of a wrong type, a key that is not there any more: Terraform would stop.
        readers[ResourceIdentity(root: root, address: "")] = CodeReader(
            place: place, digests: Dictionary(uniqueKeysWithValues: errors.map { ($0, SHA256().digest()) }))
    }

    /// Of variables, which may be wrong without being read.
    private var mistakes: Set<String> = []

    private mutating func visit(_ module: ModuleInstance) {
        visitOthers(of: module)
        for name in module.code.resourceOrder { addResources(name, in: module) }
        for name in module.code.callOrder { addCall(name, in: module) }
    }

    private mutating func visitOthers(of module: ModuleInstance) {
        let code = module.code
        for (name, output) in code.outputs {
            add("output.\(name)", output, in: module, leaving: module.path.isEmpty ? [] : ["value"])
        }
        for (name, variable) in code.variables {
            do { _ = try module.variable(name) } catch { mistakes.insert(error.message) }
            add("var.\(name)", variable, in: module, leaving: ["type", "default", "description", "nullable", "sensitive", "ephemeral"])
        }
        for data in code.dataSources { addRepeated("data.\(data.label(0) ?? "").\(data.label(1) ?? "")", data, in: module) }
        for (name, provider) in code.providers {
            // Default tags are seen in the tags of resources.
            add("provider.\(name)", provider, in: module, leaving: countsTags ? [] : ["default_tags", "default_labels"])
        }
        for block in code.otherBlocks { add(Self.address(of: block), block, in: module) }
    }

    private mutating func addResources(_ name: String, in module: ModuleInstance) {
        for instance in (try? module.instances(ofResource: name))?.instances ?? [] {
            var left: Set<String> = []
            if !countsTags {
                left.insert(TagReader.argument(of: instance.type))
                if let size = SizeReader.read(instance) { left.insert(size.name) }
            }
            add(instance.address, instance.declaration, at: { .init(scope: instance.scope($0), own: instance) }, leaving: left)
        }
    }

    /// Arguments of a module whose code is not here may be read by anything there.
    private mutating func addCall(_ name: String, in module: ModuleInstance) {
        guard let declaration = module.code.calls[name] else { return }
        if let children = (try? module.children(name)) ?? nil {
            for child in children.instances { visit(child) }
        } else {
            addRepeated("module.\(name)", declaration, in: module)
        }
    }

    private mutating func addRepeated(_ address: String, _ declaration: Declaration, in module: ModuleInstance) {
        let repetition = try? declaration.repetition(in: module) { (key: InstanceKey) throws(EvaluationError) in key }
        for key in repetition?.instances ?? [InstanceKey(kind: .unknown("cannot be evaluated"))] {
            let own = ResourceInstance(declaration: declaration, module: module, key: key)
            add(Self.path(address, in: module) + key.suffix, declaration, at: { .init(scope: own.scope($0), own: own) })
        }
    }

    private mutating func add(_ address: String, _ declaration: Declaration, in module: ModuleInstance, leaving left: Set<String> = []) {
        add(Self.path(address, in: module), declaration, at: { .init(scope: module.scope($0)) }, leaving: left)
    }

    private static func path(_ address: String, in module: ModuleInstance) -> String {
        module.path.isEmpty ? address : module.path + "." + address
    }

    private static func address(of block: Declaration) -> String {
        ([block.block.type] + block.block.labels.map(\.text)).joined(separator: ".")
            // Of blocks without labels there may be several.
            + (block.block.labels.isEmpty ? " at \(block.file.path):\(block.place.line)" : "")
    }

    // MARK: Digests

    private mutating func add(
        _ address: String, _ declaration: Declaration, at position: (SourceFile) -> ValueDigests.Position, leaving left: Set<String> = []
    ) {
        let left = left.union(Self.repetition)
        var digests: [String: SHA256.Digest] = [:]
        for name in declaration.attributeNames.subtracting(left) {
            guard let (attribute, file) = declaration.attribute(name) else { continue }
            var hash = SHA256()
            add(attribute, at: position(file), to: &hash)
            digests[name] = hash.digest()
        }
        for type in declaration.blockTypes.subtracting(left) {
            var hash = SHA256()
            for (block, file) in declaration.blocks(type) { add(block, at: position(file), to: &hash) }
            digests[type] = hash.digest()
        }
        guard !digests.isEmpty else { return }
        readers[ResourceIdentity(root: root, address: address)] = CodeReader(place: declaration.place, digests: digests)
    }

    private func add(_ attribute: Attribute, at position: ValueDigests.Position, to hash: inout SHA256) {
        hash.update(field: attribute.name)
        guard !Self.names.contains(attribute.name) else { return hash.update(field: position.scope.file.text(attribute.value.range)) }
        values.add(attribute.value, at: position, to: &hash)
    }

    private func add(_ block: Block, at position: ValueDigests.Position, to hash: inout SHA256) {
        hash.update(field: block.type)
        for label in block.labels { hash.update(field: label.text) }
        switch block.type {
        case "required_providers": hash.update(field: position.scope.file.text(block.range))
        case "dynamic": addDynamic(block, at: position, to: &hash)
        case _ where Self.conditions.contains(block.type):
            if let condition = block.body.attribute("condition") { add(condition, at: position, to: &hash) }
        default:
            for attribute in block.body.attributes {
                // `ignore_changes` names arguments; it does not read them.
                if block.type == "lifecycle", attribute.name != "replace_triggered_by" {
                    hash.update(field: position.scope.file.text(attribute.range))
                } else {
                    add(attribute, at: position, to: &hash)
                }
            }
            for nested in block.body.blocks { add(nested, at: position, to: &hash) }
        }
        hash.update(field: "}")
    }

    /// A block for each element: what it says is made of the elements and of a text in which they have a name.
    private func addDynamic(_ block: Block, at position: ValueDigests.Position, to hash: inout SHA256) {
        var iterator = block.labels.first?.text ?? ""
        if case .variable(let name)? = block.body.attribute("iterator")?.value.kind { iterator = name }
        var inside = position
        inside.bound.insert(iterator)
        if let elements = block.body.attribute("for_each") { add(elements, at: position, to: &hash) }
        for nested in block.body.blocks { add(nested, at: inside, to: &hash) }
    }
}
