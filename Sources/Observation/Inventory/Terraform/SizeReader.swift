import CostModel
import Diagnostics
import HCL

/// Finds the argument that says how large a resource is.
enum SizeReader {
    /// By the provider's prefix: `size` is a machine type with Azure and a number of gigabytes with AWS.
    static func names(for type: String) -> [String] {
        if type.hasPrefix("aws_") { return ["instance_type", "instance_class", "node_type"] }
        if type.hasPrefix("google_") { return ["machine_type"] }
        if type.hasPrefix("azurerm_") { return ["vm_size", "size"] }
        return ["instance_type", "instance_class", "machine_type", "node_type", "vm_size", "size"]
    }

    static func read(_ instance: ResourceInstance) -> SizeArgument? {
        for name in names(for: instance.type) {
            guard let value = instance.argument(name), !value.isNull else { continue }
            return size(name, value, instance)
        }
        return nil
    }

    private static func size(_ name: String, _ value: Value, _ instance: ResourceInstance) -> SizeArgument {
        var size = SizeArgument(name: name, value: value.text)
        if size.value == nil { size.unknownReason = value.deepUnknownReason ?? "a size is a string, but this is \(value.typeName)" }
        guard let origin = value.origin else {
            size.computedReason = "computed"
            return size
        }
        size.from = Place(origin.file, origin.range)
        if instance.module.context.askedForWorkspace, !Self.stands(origin, in: instance) {
            size.undecidedReason = "it may depend on the workspace, and which one is used is not known"
        }
        // A chosen literal may be edited: what else it would change is for the editor's proof to find.
        if let reason = origin.computed {
            size.computedReason = reason
        } else {
            size.literal = FileSpan(file: origin.file.path, bytes: origin.range)
        }
        return size
    }

    /// Whether the size is written out in the resource's block itself.
    private static func stands(_ origin: Origin, in instance: ResourceInstance) -> Bool {
        let block = instance.declaration.block.range
        return origin.isLiteral && origin.file.path == instance.declaration.file.path && block.lowerBound <= origin.range.lowerBound
            && origin.range.upperBound <= block.upperBound && !origin.viaCondition
    }
}
