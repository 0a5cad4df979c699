import CostModel
import Diagnostics
import HCL

/// Reads what a resource's arguments and nested blocks say, for rules in CEL and for their fixes.
struct AttributeReader {
    private let instance: ResourceInstance

    /// What says how a resource is made, not what it is.
    private static let metaArguments: Set<String> = ["count", "for_each", "provider", "depends_on"]
    private static let metaBlocks: Set<String> = ["provisioner", "connection"]
    /// Values deeper than this are no configuration but an attack; what lies below is unknown.
    private static let deepest = 16

    static func attributes(of instance: ResourceInstance) -> [String: ResourceAttribute] {
        AttributeReader(instance: instance).read()
    }

    private func read() -> [String: ResourceAttribute] {
        let declaration = instance.declaration
        var result: [String: ResourceAttribute] = [:]
        for name in declaration.attributeNames.subtracting(Self.metaArguments) {
            guard let (attribute, file) = declaration.attribute(name) else { continue }
            // `ignore_changes = [tags]` names arguments; it does not read them.
            let value = instance.module.evaluator.value(of: attribute.value, in: instance.scope(file))
            guard !SensitiveArguments.hides(value, of: name, in: instance.type) else {
                result[name] = ResourceAttribute(.unknown(SecretReason.ofProvider(name)))
                continue
            }
            // A null argument is left out.
            if !value.isNull { result[name] = Self.attribute(value, depth: 0) }
        }
        for type in declaration.blockTypes.subtracting(Self.metaBlocks) where type != "dynamic" && type != "lifecycle" {
            result[type] = ResourceAttribute(.list(declaration.blocks(type).map { block($0.block, $0.file, depth: 1) }))
        }
        for (block, _) in declaration.blocks("dynamic") {
            guard let type = block.labels.first?.text else { continue }
            result[type] = ResourceAttribute(.unknown("the blocks '\(type)' are made by a dynamic block"))
        }
        return result
    }

    private func block(_ block: Block, _ file: SourceFile, depth: Int) -> ResourceAttribute {
        let span = FileSpan(file: file.path, bytes: block.range)
        guard depth < Self.deepest else { return ResourceAttribute(.unknown("nested too deeply"), block: span) }
        var entries: [String: ResourceAttribute] = [:]
        for attribute in block.body.attributes {
            let value = instance.module.evaluator.value(of: attribute.value, in: instance.scope(file))
            guard !SensitiveArguments.hides(value, of: attribute.name, in: instance.type) else {
                entries[attribute.name] = ResourceAttribute(.unknown(SecretReason.ofProvider(attribute.name)))
                continue
            }
            if !value.isNull { entries[attribute.name] = Self.attribute(value, depth: depth) }
        }
        for (type, blocks) in Dictionary(grouping: block.body.blocks, by: \.type) {
            if type == "dynamic" {
                for block in blocks {
                    guard let name = block.labels.first?.text else { continue }
                    entries[name] = ResourceAttribute(.unknown("the blocks '\(name)' are made by a dynamic block"))
                }
            } else {
                entries[type] = ResourceAttribute(.list(blocks.map { self.block($0, file, depth: depth + 1) }))
            }
        }
        return ResourceAttribute(.map(entries), block: span)
    }

    private static func attribute(_ value: Value, depth: Int) -> ResourceAttribute {
        guard depth < deepest else { return ResourceAttribute(.unknown("nested too deeply")) }
        var result = ResourceAttribute(.null)
        switch value.kind {
        case .null: result.value = .null
        case .bool(let flag): result.value = .bool(flag)
        case .number(let number):
            // A third, such as 1/3, cannot be held exactly.
            result.value =
                FixedDecimal(exactly: number.description).map { .number($0) } ?? .unknown("the number \(number) cannot be held exactly")
        case .string(let text): result.value = .string(text)
        case .list(let elements, _), .set(let elements):
            result.value = .list(elements.map { attribute($0, depth: depth + 1) })
        case .map(let map):
            if let reason = map.openReason {
                result.value = .unknown(reason)
            } else {
                result.value = .map(
                    Dictionary(map.entries.map { ($0.key, attribute($0.value, depth: depth + 1)) }, uniquingKeysWith: { _, last in last }))
            }
        case .unknown(let reason): result.value = .unknown(reason)
        }
        guard let origin = value.origin else {
            result.computedReason = "computed"
            return result
        }
        if let reason = origin.computed {
            result.computedReason = reason
        } else {
            result.literal = FileSpan(file: origin.file.path, bytes: origin.range)
        }
        return result
    }
}
