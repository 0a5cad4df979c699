/// What one argument or nested block of a resource says, as far as it is known before apply, and where it is written.
package struct ResourceAttribute: Hashable, Sendable {
    package indirect enum Value: Hashable, Sendable {
        case null
        case bool(Bool)
        /// As the code writes it, exactly: `100`, `0.5`.
        case number(FixedDecimal)
        case string(String)
        case list([ResourceAttribute])
        /// By key; of an object literal, or of a nested block.
        case map([String: ResourceAttribute])
        /// Why it cannot be known.
        case unknown(String)
    }

    package var value: Value
    /// The literal that is the value, reached by following references only; nil when the value is computed or no literal.
    package var literal: FileSpan?
    /// Why `literal` is nil.
    package var computedReason: String?
    /// Of a nested block: the block, which takes further arguments.
    package var block: FileSpan?

    package init(_ value: Value, literal: FileSpan? = nil, computedReason: String? = nil, block: FileSpan? = nil) {
        self.value = value
        self.literal = literal
        self.computedReason = computedReason
        self.block = block
    }

    /// Why the value, or something inside it, cannot be known; nil when all of it is.
    package var unknownReason: String? {
        switch value {
        case .unknown(let reason): return reason
        case .list(let elements): return elements.lazy.compactMap(\.unknownReason).first
        case .map(let entries): return entries.sorted { $0.key < $1.key }.lazy.compactMap(\.value.unknownReason).first
        case .null, .bool, .number, .string: return nil
        }
    }
}

extension [String: ResourceAttribute] {
    /// What stands at a path such as `root_block_device.volume_size`; nil: nothing, or there is more than one such block.
    package func attribute(at path: String) -> ResourceAttribute? {
        var entries = self
        var found: ResourceAttribute?
        for name in path.split(separator: ".") {
            if let outer = found {
                if case .unknown = outer.value { return outer }
                guard case .list(let blocks) = outer.value, blocks.count == 1, case .map(let inside) = blocks[0].value else { return nil }
                entries = inside
            }
            guard let next = entries[String(name)] else { return nil }
            found = next
        }
        return found
    }
}
