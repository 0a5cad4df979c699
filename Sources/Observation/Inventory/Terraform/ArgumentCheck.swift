import Diagnostics
import HCL

/// Evaluates what a resource's block says besides its tags and size, for the mistakes in it alone: each is told, whether anybody asks for the
/// argument or not.
struct ArgumentCheck {
    private let instance: ResourceInstance

    /// What decides how many instances there are is evaluated for that; these name providers and resources, which are no values.
    private static let left: Set<String> = ["count", "for_each", "provider", "depends_on"]
    /// What a dynamic block makes depends on a name that is bound only there; the others stand for what happens at apply.
    private static let leftBlocks: Set<String> = ["dynamic", "lifecycle", "provisioner", "connection"]

    /// - Parameter names: arguments that are read for what they mean.
    static func run(on instance: ResourceInstance, without names: [String]) {
        let check = ArgumentCheck(instance: instance)
        let declaration = instance.declaration
        // What no override touches, and that is nearly every block, need not be looked up by name.
        guard !declaration.overrides.isEmpty else { return check.check(declaration.block.body, declaration.file, without: names) }
        for name in declaration.attributeNames.sorted() {
            if let (attribute, file) = declaration.attribute(name) { check.check(attribute, file, without: names) }
        }
        for type in declaration.blockTypes.sorted() {
            for (block, file) in declaration.blocks(type) { check.check(block, file, without: names) }
        }
    }

    private func check(_ body: Body, _ file: SourceFile, without names: [String]) {
        for attribute in body.attributes { check(attribute, file, without: names) }
        for block in body.blocks { check(block, file, without: names) }
    }

    private func check(_ attribute: Attribute, _ file: SourceFile, without names: [String]) {
        // Most arguments are written out: there is nothing to find, and nothing to remember of it.
        guard !attribute.value.isPlain, !names.contains(attribute.name), !Self.left.contains(attribute.name) else { return }
        _ = instance.module.evaluator.value(of: attribute.value, in: instance.scope(file))
    }

    private func check(_ block: Block, _ file: SourceFile, without names: [String]) {
        guard !Self.leftBlocks.contains(block.type), !names.contains(block.type) else { return }
        // The names are those of the resource's own arguments; inside a nested block they mean something else.
        for attribute in block.body.attributes where !attribute.value.isPlain {
            _ = instance.module.evaluator.value(of: attribute.value, in: instance.scope(file))
        }
        for nested in block.body.blocks { check(nested, file, without: []) }
    }
}
