import CostModel
import Diagnostics
import HCL

/// A digest of what a resource's block says besides its tags and size, as it evaluates.
struct ArgumentDigest {
    private let instance: ResourceInstance
    private var hash = SHA256()

    /// Names of providers, resources and arguments stand here as such, not for their values: the text must do.
    private static let metaArguments: Set<String> = ["provider", "depends_on"]
    /// The same; and what a dynamic block makes depends on a name that is bound only there.
    private static let metaBlocks: Set<String> = ["dynamic", "lifecycle", "provisioner", "connection"]

    /// What decides how many instances there are is seen in which there are; its values show in the arguments that use them.
    private static let repetition: Set<String> = ["count", "for_each"]

    static func text(of instance: ResourceInstance, without names: Set<String>) -> String {
        var digest = ArgumentDigest(instance: instance)
        digest.add(instance.declaration, without: names.union(repetition))
        return digest.hash.hexDigest()
    }

    private init(instance: ResourceInstance) {
        self.instance = instance
    }

    private mutating func add(_ declaration: Declaration, without names: Set<String>) {
        for name in declaration.attributeNames.subtracting(names).sorted() {
            hash.update(field: name)
            if Self.metaArguments.contains(name), let (attribute, file) = declaration.attribute(name) {
                hash.update(field: file.text(attribute.value.range))
            } else if let value = instance.argument(name) {
                add(value)
            }
        }
        for type in declaration.blockTypes.subtracting(names).sorted() {
            for (block, file) in declaration.blocks(type) { add(block, file: instance.scope(file)) }
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
        hash.update(field: JSONWriter.text(of: value))
    }
}
