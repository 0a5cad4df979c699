import CostModel
import Diagnostics
import HCL

/// Digests of what a resource's block says besides its tags and size, as it evaluates.
struct ArgumentDigest {
    private let instance: ResourceInstance
    private var hash = SHA256()

    /// Names of providers, resources and arguments stand here as such, not for their values: the text must do.
    static let metaArguments: Set<String> = ["provider", "depends_on"]
    /// The same; and what a dynamic block makes depends on a name that is bound only there.
    static let metaBlocks: Set<String> = ["dynamic", "lifecycle", "provisioner", "connection"]

    /// What decides how many instances there are is seen in which there are; its values show in the arguments that use them.
    static let repetition: Set<String> = ["count", "for_each"]

    /// By the name of each argument and each kind of nested block.
    static func digests(of instance: ResourceInstance, without names: [String]) -> [String: String] {
        let declaration = instance.declaration
        let left = repetition.union(names)
        var result: [String: String] = [:]
        for name in declaration.attributeNames.subtracting(left) {
            var digest = ArgumentDigest(instance: instance)
            digest.add(argument: name)
            result[name] = digest.hash.hexDigest()
        }
        for type in declaration.blockTypes.subtracting(left) {
            var digest = ArgumentDigest(instance: instance)
            for (block, file) in declaration.blocks(type) { digest.add(block, file: instance.scope(file)) }
            result[type] = digest.hash.hexDigest()
        }
        return result
    }

    private init(instance: ResourceInstance) {
        self.instance = instance
    }

    private mutating func add(argument name: String) {
        if Self.metaArguments.contains(name), let (attribute, file) = instance.declaration.attribute(name) {
            hash.update(field: file.text(attribute.value.range))
        } else if let value = instance.argument(name) {
            add(value)
        }
    }

    private mutating func add(_ block: Block, file scope: Scope) {
        hash.update(field: block.type)
        for label in block.labels { hash.update(field: label.text) }
        guard !Self.metaBlocks.contains(block.type) else {
            hash.update(field: scope.file.text(block.range))
            return
        }
        for attribute in block.body.attributes {
            hash.update(field: attribute.name)
            add(instance.module.evaluator.value(of: attribute.value, in: scope))
        }
        for nested in block.body.blocks { add(nested, file: scope) }
        hash.update(field: "}")
    }

    private mutating func add(_ value: Value) {
        hash.update(field: value.typeName)
        hash.update(field: value.deepUnknownReason ?? "")
        hash.update(field: value.json)
    }
}
