import CostModel
import Diagnostics
import HCL

/// Makes digests of what expressions say.
///
/// Of a value that is known the digest is that of the value. A value that cannot be known before apply may change all the same, so its
/// digest is that of everything it is made of: references are followed to the expressions that they stand for.
final class ValueDigests {
    /// Where an expression stands.
    struct Position {
        var scope: Scope
        /// What `self` means; nil where it means nothing.
        var own: ResourceInstance?
        /// Names that are bound only here: the variables of loops, the iterators of dynamic blocks.
        var bound: Set<String> = []
        /// Of a map that is compared as such, entry by entry, only what is not known counts.
        var isCompared = false

        fileprivate var module: ModuleInstance? {
            scope.references as? ModuleInstance ?? (scope.references as? InstanceReferences)?.module
        }

        fileprivate func binding(_ names: [String?]) -> Position {
            var position = self
            position.bound.formUnion(names.compactMap(\.self))
            return position
        }

        /// Where a name's meaning stands.
        fileprivate func moved(to scope: Scope, own: ResourceInstance? = nil) -> Position {
            Position(scope: scope, own: own, isCompared: isCompared)
        }

        /// A part of which everything counts.
        fileprivate var whole: Position {
            var position = self
            position.isCompared = false
            return position
        }
    }

    /// By the module's path and where the expression stands.
    private var known: [String: SHA256.Digest] = [:]
    private var pending: Set<String> = []

    func add(_ expression: Expression, at position: Position, to hash: inout SHA256) {
        if let module = position.module, !mentions(position.bound, expression) {
            let value = module.evaluator.value(of: expression, in: position.scope)
            guard value.deepUnknownReason != nil else {
                if position.isCompared { return }
                hash.update(field: value.typeName)
                return hash.update(field: value.json)
            }
        }
        hash.update(field: "?")
        if position.isCompared {
            addEntries(of: expression, at: position, to: &hash)
        } else {
            addParts(of: expression, at: position, to: &hash)
        }
    }

    private func mentions(_ names: Set<String>, _ expression: Expression) -> Bool {
        guard !names.isEmpty else { return false }
        if case .variable(let name) = expression.kind { return names.contains(name) }
        return expression.children.contains { mentions(names, $0) }
    }

    // MARK: Parts

    /// What is not known of a map that is compared entry by entry.
    private func addEntries(of expression: Expression, at position: Position, to hash: inout SHA256) {
        switch expression.kind {
        case .parentheses(let inner): add(inner, at: position, to: &hash)
        case .call("merge", _, let arguments, _), .call("tomap", _, let arguments, _):
            for argument in arguments { add(argument, at: position, to: &hash) }
        case .conditional(let condition, let then, let otherwise):
            switch position.module?.evaluator.value(of: condition, in: position.scope).kind {
            case .bool(let flag): add(flag ? then : otherwise, at: position, to: &hash)
            default: addParts(of: expression, at: position.whole, to: &hash)
            }
        case .object(let items):
            for item in items {
                guard item.key.literal != nil else {
                    addItem(item, at: position.whole, to: &hash)
                    continue
                }
                // What is known is compared, also that it is there.
                if position.module?.evaluator.value(of: item.value, in: position.scope).deepUnknownReason == nil { continue }
                addItem(item, at: position.whole, to: &hash)
            }
        case .variable, .attribute, .index: addTraversal(expression, at: position, to: &hash)
        default: addParts(of: expression, at: position.whole, to: &hash)
        }
    }

    private func addItem(_ item: ObjectItem, at position: Position, to hash: inout SHA256) {
        hash.update(field: position.scope.file.text(item.keyRange))
        if case .expression(let key) = item.key { add(key, at: position, to: &hash) }
        if case .template(let key) = item.key { add(key.parts, at: position, to: &hash) }
        add(item.value, at: position, to: &hash)
    }

    private func addParts(of expression: Expression, at position: Position, to hash: inout SHA256) {
        switch expression.kind {
        case .number(let text): hash.update(field: text)
        case .bool(let flag): hash.update(field: "\(flag)")
        case .null, .splatElement: hash.update(field: "")
        case .template(let template): add(template.parts, at: position, to: &hash)
        case .variable, .attribute, .index: addTraversal(expression, at: position, to: &hash)
        case .splat(let source, let each, _):
            hash.update(field: position.scope.file.text(each.range))
            add(source, at: position, to: &hash)
        case .call(let name, _, let arguments, _):
            hash.update(field: name)
            for argument in arguments { add(argument, at: position, to: &hash) }
        case .binary(let sign, let left, let right):
            hash.update(field: sign.rawValue)
            add(left, at: position, to: &hash)
            add(right, at: position, to: &hash)
        case .object(let items):
            for item in items { addItem(item, at: position, to: &hash) }
        case .forExpression(let loop):
            hash.update(field: position.scope.file.text(expression.range))
            add(loop.collection, at: position, to: &hash)
            let inside = position.binding([loop.keyName, loop.valueName])
            for part in [loop.key, loop.value, loop.condition] { if let part { add(part, at: inside, to: &hash) } }
        case .unary, .conditional, .tuple, .parentheses:
            for child in expression.children { add(child, at: position, to: &hash) }
        }
        hash.update(field: ";")
    }

    private func add(_ parts: [Template.Part], at position: Position, to hash: inout SHA256) {
        for part in parts {
            switch part {
            case .literal(let text): hash.update(field: text)
            case .interpolation(let expression): add(expression, at: position, to: &hash)
            case .condition(let condition, let then, let otherwise):
                add(condition, at: position, to: &hash)
                add(then, at: position, to: &hash)
                add(otherwise, at: position, to: &hash)
            case .loop(let keyName, let valueName, let collection, let body):
                add(collection, at: position, to: &hash)
                add(body, at: position.binding([keyName, valueName]), to: &hash)
            }
        }
    }

    // MARK: References

    /// `local.tags["env"]`: the name, what it stands for, and the keys.
    private func addTraversal(_ expression: Expression, at position: Position, to hash: inout SHA256) {
        var steps: [String?] = []
        var at = expression
        while true {
            switch at.kind {
            case .attribute(let base, let name):
                steps.append(name)
                at = base
                continue
            case .index(let base, let key):
                if case .template(let template) = key.kind, let name = template.literal {
                    steps.append(name)
                } else {
                    steps.append(nil)
                    add(key, at: position.whole, to: &hash)
                }
                at = base
                continue
            default: break
            }
            break
        }
        steps.reverse()
        for step in steps { hash.update(field: step ?? "[]") }
        guard case .variable(let root) = at.kind else { return add(at, at: position, to: &hash) }
        hash.update(field: root)
        guard !position.bound.contains(root), let module = position.module else { return }
        addReference(root, steps, in: module, at: position, to: &hash)
    }

    private func addReference(
        _ root: String, _ steps: [String?], in module: ModuleInstance, at position: Position, to hash: inout SHA256
    ) {
        // `resource.aws_vpc.main` is `aws_vpc.main`.
        if root == "resource", let type = steps.first ?? nil {
            return addReference(type, Array(steps.dropFirst()), in: module, at: position, to: &hash)
        }
        let name = steps.first.flatMap(\.self)
        let rest = Array(steps.dropFirst())
        switch root {
        case "local":
            guard let local = name.flatMap({ module.code.locals[$0] }) else { return }
            follow(local.attribute.value, rest, at: position.moved(to: module.scope(local.file)), to: &hash)
        case "var":
            guard let name else { return }
            addVariable(name, rest, of: module, at: position, to: &hash)
        case "module":
            guard let name, let children = (try? module.children(name)) ?? nil else { return }
            for child in children.instances { addOutputs(of: child, rest, at: position, to: &hash) }
        case "self":
            guard let own = position.own, let name else { return }
            addArgument(name, rest, of: own, at: position, to: &hash)
        case "each", "count":
            // What they mean is seen in the repetition.
            for name in ["for_each", "count"] {
                guard let (attribute, file) = position.own?.declaration.attribute(name) else { continue }
                follow(attribute.value, [], at: position.whole.moved(to: module.scope(file)), to: &hash)
            }
        case "data" where name == "aws_default_tags":
            let declaration = module.code.dataSources.first { $0.label(0) == name && $0.label(1) == rest.first.flatMap(\.self) }
            if let declaration { addDefaultTags(of: declaration, in: module, at: position, to: &hash) }
        default:
            guard let name, module.code.resources["\(root).\(name)"] != nil,
                let repetition = try? module.instances(ofResource: "\(root).\(name)")
            else { return }
            for instance in repetition.instances { addResource(instance, rest, at: position, to: &hash) }
        }
    }

    private func addVariable(
        _ name: String, _ rest: [String?], of module: ModuleInstance, at position: Position, to hash: inout SHA256
    ) {
        if let call = module.call, let (attribute, file) = call.declaration.attribute(name) {
            follow(attribute.value, rest, at: position.moved(to: Scope(file: file, references: call.references)), to: &hash)
        } else if module.call == nil, let given = module.context.variableValues?[name] ?? module.code.variableValues[name] {
            follow(given.attribute.value, rest, at: position.moved(to: module.scope(given.file)), to: &hash)
        } else if let (attribute, file) = module.code.variables[name]?.attribute("default") {
            follow(attribute.value, rest, at: position.moved(to: module.scope(file)), to: &hash)
        }
    }

    /// `module.a.name`, and with a key or without a name all outputs.
    private func addOutputs(of child: ModuleInstance, _ steps: [String?], at position: Position, to hash: inout SHA256) {
        let named = steps.prefix(2).enumerated().first { $0.element.map { child.code.outputs[$0] != nil } ?? false }
        let names = named.map { [$0.element ?? ""] } ?? child.code.outputs.keys.sorted()
        for name in names {
            guard let (attribute, file) = child.code.outputs[name]?.attribute("value") else { continue }
            let rest = named.map { Array(steps.dropFirst($0.offset + 1)) } ?? []
            follow(attribute.value, rest, at: position.moved(to: child.scope(file)), to: &hash)
        }
    }

    private func addResource(_ instance: ResourceInstance, _ steps: [String?], at position: Position, to hash: inout SHA256) {
        // The first step may be an instance's key.
        for (index, step) in steps.prefix(2).enumerated() {
            if let step, instance.declaration.attribute(step) != nil || Self.allTags.contains(step) {
                return addArgument(step, Array(steps.dropFirst(index + 1)), of: instance, at: position, to: &hash)
            }
        }
        let names = steps.compactMap(\.self)
        // What only the provider knows, such as an id, does not follow from what is written.
        guard names.isEmpty || names.count == 1 && Self.isKey(names[0], of: instance) else { return }
        for name in instance.declaration.attributeNames.sorted() where !Self.metaArguments.contains(name) {
            addArgument(name, [], of: instance, at: position.whole, to: &hash)
        }
    }

    private static func isKey(_ name: String, of instance: ResourceInstance) -> Bool {
        if case .each(let key, _) = instance.key.kind { return key == name }
        return false
    }

    private func addArgument(
        _ name: String, _ rest: [String?], of instance: ResourceInstance, at position: Position, to hash: inout SHA256
    ) {
        if Self.allTags.contains(name) {
            // Tags and the provider's default tags together.
            addArgument(TagArgument.of(instance.type).name, [], of: instance, at: position, to: &hash)
            return addDefaultTags(of: instance.declaration, in: instance.module, at: position, to: &hash)
        }
        guard let (attribute, file) = instance.declaration.attribute(name) else { return }
        follow(attribute.value, rest, at: position.moved(to: instance.scope(file), own: instance), to: &hash)
    }

    /// The tags that the provider of a block adds to all resources.
    private func addDefaultTags(
        of declaration: Declaration, in module: ModuleInstance, at position: Position, to hash: inout SHA256
    ) {
        guard let (provider, owner) = module.provider(ModuleInstance.providerName(of: declaration)) else { return }
        for (block, file) in provider.blocks("default_tags") {
            guard let attribute = block.body.attribute("tags") else { continue }
            follow(attribute.value, [], at: position.moved(to: owner.scope(file)), to: &hash)
        }
        guard let (attribute, file) = provider.attribute("default_labels") else { return }
        follow(attribute.value, [], at: position.moved(to: owner.scope(file)), to: &hash)
    }

    private static let allTags: Set<String> = ["tags_all", "effective_labels", "terraform_labels"]
    static let metaArguments: Set<String> = ["count", "for_each", "provider", "depends_on"]

    /// What a name stands for: each expression once, and only the item that is asked for where it is an object that is written out.
    private func follow(_ expression: Expression, _ steps: [String?], at position: Position, to hash: inout SHA256) {
        var expression = expression
        var steps = steps[...]
        while true {
            if case .parentheses(let inner) = expression.kind {
                expression = inner
            } else if case .object(let items) = expression.kind, let step = steps.first ?? nil,
                items.allSatisfy({ $0.key.literal != nil }), let item = items.last(where: { $0.key.literal == step })
            {
                expression = item.value
                steps = steps.dropFirst()
            } else {
                break
            }
        }
        var position = position
        // What is left of the name says which part is meant; the rest of it does not count as compared.
        if !steps.isEmpty { position.isCompared = false }
        let instance = position.own.map(\.address) ?? position.module?.path ?? ""
        let name = "\(instance) \(position.scope.file.path) \(expression.range)\(position.isCompared ? " compared" : "")"
        if let digest = known[name] { return hash.update(digest) }
        guard pending.insert(name).inserted else { return hash.update(field: "circle") }
        defer { pending.remove(name) }
        var inner = SHA256()
        add(expression, at: position, to: &inner)
        let digest = inner.digest()
        known[name] = digest
        hash.update(digest)
    }
}
