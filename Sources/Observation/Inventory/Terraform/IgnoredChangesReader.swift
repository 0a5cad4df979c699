import CostModel
import HCL

/// Finds which changes of a resource Terraform will not make: `ignore_changes` of its block, `ignore_tags` of its provider.
enum IgnoredChangesReader {
    static func read(_ instance: ResourceInstance) -> IgnoredChanges {
        var result = IgnoredChanges()
        for (block, _) in instance.declaration.blocks("lifecycle") {
            guard let attribute = block.body.attribute("ignore_changes") else { continue }
            var written = IgnoredChanges()
            add(attribute.value, TagArgument.of(instance.type), to: &written)
            // An override's list stands for the one before; what ignores everything goes on doing so.
            let wasAll = result.all
            if written != IgnoredChanges() { result = written }
            result.all = result.all || wasAll
        }
        let name = ModuleInstance.providerName(of: instance.declaration)
        guard let (provider, module) = instance.module.provider(name) else { return result }
        for (block, file) in provider.blocks("ignore_tags") {
            let scope = module.scope(file, of: provider)
            result.keys.formUnion(texts(block, "keys", scope, module))
            result.keyPrefixes.formUnion(texts(block, "key_prefixes", scope, module))
        }
        return result
    }

    private static func texts(_ block: Block, _ name: String, _ scope: Scope, _ module: ModuleInstance) -> [String] {
        guard let attribute = block.body.attribute(name) else { return [] }
        return module.evaluator.value(of: attribute.value, in: scope).elements?.compactMap(\.text) ?? []
    }

    private static func add(_ expression: Expression, _ tags: TagArgument, to result: inout IgnoredChanges) {
        switch expression.kind {
        case .tuple(let elements): for element in elements { add(element, tags, to: &result) }
        case .parentheses(let inner): add(inner, tags, to: &result)
        case .variable("all"): result.all = true
        // Old code writes names as strings.
        case .template(let template):
            guard let name = template.literal else { return }
            if name == "*" { result.all = true } else { add(name.split(separator: ".").map { String($0) }, tags, to: &result) }
        default:
            guard let path = path(of: expression) else { return }
            add(path, tags, to: &result)
        }
    }

    private static func add(_ path: [String], _ tags: TagArgument, to result: inout IgnoredChanges) {
        let place = (tags.block.map { [$0] } ?? []) + [tags.name]
        if path.count > place.count, path.starts(with: place) {
            result.keys.insert(path[place.count])
        } else {
            if place.starts(with: path) { result.tags = true }
            result.arguments.insert(path.joined(separator: "."))
        }
    }

    /// `tags["k"]`, `root_block_device[0].volume_type`: the names; numbers count blocks and say nothing else.
    private static func path(of expression: Expression) -> [String]? {
        switch expression.kind {
        case .variable(let name): return [name]
        case .attribute(let base, let name): return path(of: base).map { $0 + [name] }
        case .index(let base, let key):
            guard case .template(let template) = key.kind, let name = template.literal else { return path(of: base) }
            return path(of: base).map { $0 + [name] }
        default: return nil
        }
    }
}
