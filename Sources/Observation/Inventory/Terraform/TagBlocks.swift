import HCL

/// Tags that are blocks, one for each: `tag { key = "team" … }`, written out or made of a map by a dynamic block.
enum TagBlocks {
    /// Nil where there is none.
    static func read(_ name: String, of instance: ResourceInstance) -> Value? {
        // What an override file says replaces all of them; old code gives a list.
        if instance.argument("tags") != nil { return .unknown("they are given as a list") }
        var entries: [MapValue.Entry] = []
        var openReason: String?
        var sources: [Origin] = []
        var origin: Origin?
        for (block, file) in instance.declaration.blocks(name) {
            origin = origin ?? Origin(file: file, range: block.range, computed: "written as blocks")
            func value(_ attribute: String) -> Value? {
                block.body.attribute(attribute).map { instance.module.evaluator.value(of: $0.value, in: instance.scope(file)) }
            }
            guard let key = value("key")?.text, let attribute = block.body.attribute("key") else {
                openReason = openReason ?? value("key")?.deepUnknownReason ?? "a tag's key is not known"
                continue
            }
            let item = MapValue.Item(file: file, range: block.range, keyRange: attribute.value.range, hasLiteralKey: false)
            entries.append(MapValue.Entry(key, value("value") ?? .null, item: item))
        }
        for (block, file) in instance.declaration.blocks("dynamic") where block.labels.first?.text == name {
            origin = origin ?? Origin(file: file, range: block.range, computed: "made by a dynamic block")
            guard isPlain(block, name), let each = block.body.attribute("for_each") else {
                openReason = openReason ?? "the blocks '\(name)' are made by a dynamic block"
                continue
            }
            let elements = instance.module.evaluator.value(of: each.value, in: instance.scope(file))
            guard let map = elements.mapValue else {
                openReason = openReason ?? elements.deepUnknownReason ?? "the blocks '\(name)' are made by a dynamic block"
                continue
            }
            entries += map.entries.map { MapValue.Entry($0.key, $0.value.inheriting(from: elements), item: $0.item) }
            openReason = openReason ?? map.openReason
            sources += map.sources
        }
        guard let origin else { return nil }
        return Value(.map(MapValue(entries, openReason: openReason, sources: sources)), origin: origin)
    }

    /// Whether a dynamic block takes keys and values as they are.
    static func isPlain(_ block: Block, _ name: String) -> Bool {
        var iterator = name
        if case .variable(let other)? = block.body.attribute("iterator")?.value.kind { iterator = other }
        guard let content = block.body.blocks("content").first?.body else { return false }
        return content.attribute("key")?.value.address == iterator + ".key"
            && content.attribute("value")?.value.address == iterator + ".value"
    }
}
