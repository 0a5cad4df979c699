import CostModel
import Diagnostics
import HCL
import Patterns

/// Finds the tags that a resource instance will have, and where they are written.
struct TagReader {
    let instance: ResourceInstance
    let takesTags: Bool?

    private var argument: TagArgument { .of(instance.type) }

    func read() -> TagSet {
        var result = TagSet(supported: takesTags)
        guard takesTags != false else {
            result.insertionObstacle = "the type takes no tags"
            if TagArgument.isTag(instance.type), let key = instance.argument("key")?.text {
                result.tags[key] = Tag(value: instance.argument("value")?.text, computedReason: "a tag of another resource")
            }
            return result
        }
        let own = ownTags
        guard takesTags == true || own != nil else {
            // Neither the tables nor the code say that it takes any: default tags may not reach it, and nothing is written into it.
            result.insertionObstacle = "it is not known whether the type takes \(argument.path)"
            return result
        }
        if argument.hasDefaults {
            let defaults = instance.module.providerTags(ModuleInstance.providerName(of: instance.declaration))
            add(defaults, isDefault: true, to: &result)
        }
        if let own { add(own, isDefault: false, to: &result) }
        let finder = InsertionFinder(instance: instance, argument: argument)
        let found = finder.find(own)
        result.insertions = found.locations
        result.adoptions = found.adoptions
        result.changeReplaces = TaggableTypes.replacesWithTags(instance.type)
        if result.insertions.isEmpty { result.insertionObstacle = found.obstacle ?? finder.lacking ?? obstacle(own) }
        return result
    }

    /// The argument. As a block, `tags { … }`, Terraform took it before 0.12 and refuses it since.
    private var ownTags: Value? {
        if argument.isRepeatedBlock { return TagBlocks.read(argument.name, of: instance) }
        if let name = argument.block { return nestedTags(in: name) }
        if let value = instance.argument(argument.name) { return value }
        guard let (block, file) = instance.declaration.blocks(argument.name).first else { return nil }
        let reason = "'\(argument.name)' is a block, which Terraform refuses: write \(argument.name) = { … }"
        return Value(.unknown(reason), origin: Origin(file: file, range: block.range, computed: reason))
    }

    private func nestedTags(in name: String) -> Value? {
        let blocks = instance.declaration.blocks(name)
        let dynamic = instance.declaration.blocks("dynamic").contains { $0.block.labels.first?.text == name }
        guard blocks.count < 2, !dynamic else { return .unknown("there is not exactly one block '\(name)'") }
        guard let (block, file) = blocks.first, let attribute = block.body.attribute(argument.name) else { return nil }
        return instance.module.evaluator.value(of: attribute.value, in: instance.scope(file))
    }

    private func add(_ value: Value, isDefault: Bool, to result: inout TagSet) {
        switch value.kind {
        case .map(let map):
            if let reason = map.openReason { open(reason, map.openKeys, &result) }
            result.tags.reserveCapacity(result.tags.count + map.entries.count)
            for entry in map.entries {
                // A null is a tag that is not set; a default of that key then shows.
                guard !entry.value.isNull else { continue }
                var tag = tag(entry, in: value)
                tag.isProviderDefault = isDefault
                result.tags[entry.key] = tag
            }
        case .unknown(let reason): open(reason, nil, &result)
        default: break
        }
    }

    /// Whatever the provider's defaults say may be overridden by what is not known.
    private func open(_ reason: String, _ patterns: [KeyPattern]?, _ result: inout TagSet) {
        let wasOpen = result.openReason != nil
        result.openReason = result.openReason ?? reason
        result.openKeys = wasOpen ? result.openKeys.flatMap { known in patterns.map { known + $0 } } : patterns
        for key in result.tags.keys where patterns?.contains(where: { $0.mayBe(key) }) ?? true {
            result.tags[key]?.value = nil
            result.tags[key]?.unknownReason = reason
        }
    }

    private func tag(_ entry: MapValue.Entry, in container: Value) -> Tag {
        let value = entry.value.inheriting(from: container)
        var tag = Tag(value: nil)
        // Terraform converts what is in a map of strings: true, 1.
        if let text = value.text {
            tag.value = text
        } else {
            tag.unknownReason = value.deepUnknownReason ?? value.reasonWithoutText ?? "a tag is a string, but this is \(value.typeName)"
        }
        if let item = entry.item {
            tag.item = FileSpan(file: item.file.path, bytes: item.range)
            if item.hasLiteralKey { tag.key = FileSpan(file: item.file.path, bytes: item.keyRange) }
            tag.from = Place(item.file, item.range)
        } else if let origin = value.origin {
            tag.from = Place(origin.file, origin.range)
        } else if let (attribute, file) = instance.declaration.attribute(argument.name) {
            tag.from = Place(file, attribute.range)
        }
        guard let origin = value.origin else {
            tag.computedReason = "computed"
            return tag
        }
        if let reason = origin.computed ?? origin.detour {
            tag.computedReason = reason
        } else {
            tag.literal = FileSpan(file: origin.file.path, bytes: origin.range)
        }
        return tag
    }

    private func obstacle(_ own: Value?) -> String {
        guard let own else {
            if argument.isRepeatedBlock { return "its tags are blocks '\(argument.name)', which are written by hand" }
            return "the resource has no place for \(argument.path)"
        }
        let name = argument.isRepeatedBlock ? "its tags" : argument.path
        if let reason = own.unknownReason { return "\(name) cannot be known: \(reason)" }
        guard let reason = own.origin?.computed else { return "\(name) are not written as an object" }
        return "\(name) are \(reason)"
    }
}
