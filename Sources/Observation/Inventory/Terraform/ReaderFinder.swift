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

    /// Names that stand as such, not for their values; what stands in brackets behind them has one.
    private static let names: Set<String> = ["provider", "providers", "depends_on", "alias", "to", "from"]
    /// What decides how many instances there are is seen in which there are, as far as that is known.
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
            add(
                "provider.\(name)", provider, in: module, leaving: countsTags ? [] : ["default_tags", "default_labels"],
                unknown: countsTags ? [:] : ["default_tags": CodeReader.unknownTags, "default_labels": CodeReader.unknownTags])
        }
        for block in code.otherBlocks { add(Self.address(of: block), block, in: module) }
    }

    private mutating func addResources(_ name: String, in module: ModuleInstance) {
        guard let declaration = module.code.resources[name] else { return }
        let repetition = try? module.instances(ofResource: name)
        let unread = ResourceInstance(declaration: declaration, module: module, key: Self.unread)
        for instance in repetition?.instances ?? [unread] {
            // Tags and sizes are compared as such, as far as they are known.
            var unknown: [String: String] = [:]
            let tags = TagArgument.of(instance.type)
            if !countsTags {
                unknown[tags.name] = CodeReader.unknownTags
                if let size = SizeReader.read(instance) { unknown[size.name] = size.name }
            }
            // What is called like nested tags is something else outside of their block.
            let left = tags.block == nil ? Set(unknown.keys) : Set(unknown.keys).subtracting([tags.name])
            add(
                instance.address, declaration, at: { .init(scope: instance.scope($0), own: instance) },
                leaving: Self.left(repetition).union(left), unknown: unknown, tags: countsTags ? nil : tags)
        }
    }

    /// Stands for all instances where it cannot be evaluated how many there are.
    private static let unread = InstanceKey(kind: .unknown("cannot be evaluated"))

    /// What decides how many instances there are, where it is known which.
    private static func left<Instance>(_ repetition: Repetition<Instance>?) -> Set<String> {
        if case .unknown? = repetition { return [] }
        return repetition == nil ? [] : Self.repetition
    }

    /// Arguments of a module whose code is not here may be read by anything there.
    private mutating func addCall(_ name: String, in module: ModuleInstance) {
        guard let declaration = module.code.calls[name] else { return }
        if let children = (try? module.children(name)) ?? nil {
            for child in children.instances { visit(child) }
            guard case .unknown = children else { return }
            let others = declaration.attributeNames.subtracting(Self.repetition).union(declaration.blockTypes)
            add("module.\(name)", declaration, in: module, leaving: others)
        } else {
            addRepeated("module.\(name)", declaration, in: module)
        }
    }

    private mutating func addRepeated(_ address: String, _ declaration: Declaration, in module: ModuleInstance) {
        let repetition = try? declaration.repetition(in: module) { (key: InstanceKey) throws(EvaluationError) in key }
        for key in repetition?.instances ?? [Self.unread] {
            let own = ResourceInstance(declaration: declaration, module: module, key: key)
            add(
                Self.path(address, in: module) + key.suffix, declaration, at: { .init(scope: own.scope($0), own: own) },
                leaving: Self.left(repetition))
        }
    }

    private mutating func add(
        _ address: String, _ declaration: Declaration, in module: ModuleInstance, leaving left: Set<String> = [],
        unknown: [String: String] = [:]
    ) {
        add(Self.path(address, in: module), declaration, at: { .init(scope: module.scope($0)) }, leaving: left, unknown: unknown)
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

    /// - Parameters:
    ///   - left: what is compared otherwise.
    ///   - unknown: that of which only what is not known counts, with the name of its digest.
    private mutating func add(
        _ address: String, _ declaration: Declaration, at position: (SourceFile) -> ValueDigests.Position, leaving left: Set<String> = [],
        unknown: [String: String] = [:], tags: TagArgument? = nil
    ) {
        var digests: [String: SHA256.Digest] = [:]
        for (name, digest) in unknown.sorted(by: { $0.key < $1.key }) {
            var hash = SHA256()
            addUnknown(name, in: tags?.name == name ? tags?.block : nil, of: declaration, at: position, to: &hash)
            let found = hash.digest()
            if found != Self.nothing { digests[digest] = found }
        }
        for name in declaration.attributeNames.subtracting(left) {
            guard let (attribute, file) = declaration.attribute(name) else { continue }
            var hash = SHA256()
            add(attribute, at: position(file), to: &hash)
            digests[name] = hash.digest()
        }
        for type in declaration.blockTypes.subtracting(left) {
            var hash = SHA256()
            for (block, file) in declaration.blocks(type) where !Self.makesTags(block, tags) {
                add(block, at: position(file), without: tags?.block == type ? tags?.name : nil, to: &hash)
            }
            digests[type] = hash.digest()
        }
        guard !digests.isEmpty else { return }
        readers[ResourceIdentity(root: root, address: address)] = CodeReader(place: declaration.place, digests: digests)
    }

    /// The digest where all is known.
    private static let nothing = SHA256().digest()

    private static func makesTags(_ block: Block, _ tags: TagArgument?) -> Bool {
        guard let tags, tags.isRepeatedBlock else { return false }
        return block.type == "dynamic" && block.labels.first?.text == tags.name
    }

    private func addUnknown(
        _ name: String, in around: String?, of declaration: Declaration, at position: (SourceFile) -> ValueDigests.Position,
        to hash: inout SHA256
    ) {
        var attributes = around == nil ? declaration.attribute(name).map { [$0] } ?? [] : []
        // `default_tags { tags = … }`, and the `tags { … }` of old code.
        for (block, file) in declaration.blocks(around ?? name) {
            attributes += block.body.attributes.filter { around == nil || $0.name == name }.map { ($0, file) }
        }
        for (block, file) in declaration.blocks("dynamic") where block.labels.first?.text == around ?? name {
            guard TagBlocks.isPlain(block, name), let each = block.body.attribute("for_each") else {
                add(block, at: position(file), to: &hash)
                continue
            }
            attributes.append((each, file))
        }
        for (attribute, file) in attributes {
            var position = position(file)
            position.isCompared = true
            values.add(attribute.value, at: position, to: &hash)
        }
    }

    private func add(_ attribute: Attribute, at position: ValueDigests.Position, to hash: inout SHA256) {
        hash.update(field: attribute.name)
        guard Self.names.contains(attribute.name) else { return values.add(attribute.value, at: position, to: &hash) }
        hash.update(field: position.scope.file.text(attribute.value.range))
        addKeys(in: attribute.value, at: position, to: &hash)
    }

    /// `aws.by_region[local.region]`
    private func addKeys(in expression: Expression, at position: ValueDigests.Position, to hash: inout SHA256) {
        if case .index(let base, let key) = expression.kind {
            values.add(key, at: position, to: &hash)
            return addKeys(in: base, at: position, to: &hash)
        }
        for child in expression.children { addKeys(in: child, at: position, to: &hash) }
    }

    private func add(
        _ block: Block, at position: ValueDigests.Position, without name: String? = nil, to hash: inout SHA256
    ) {
        hash.update(field: block.type)
        for label in block.labels { hash.update(field: label.text) }
        switch block.type {
        case "required_providers": hash.update(field: position.scope.file.text(block.range))
        case "dynamic": addDynamic(block, at: position, to: &hash)
        case _ where Self.conditions.contains(block.type):
            if let condition = block.body.attribute("condition") { add(condition, at: position, to: &hash) }
        default:
            for attribute in block.body.attributes where attribute.name != name {
                // `ignore_changes` names arguments; it does not read them.
                if block.type == "lifecycle", attribute.name == "ignore_changes" {
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
