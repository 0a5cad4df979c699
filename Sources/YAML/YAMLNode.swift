package import Diagnostics

/// A value of a YAML document and the exact bytes it was written in.
package struct YAMLNode: Sendable {
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    package var content: Content
    /// Written with brackets or braces rather than by indentation; false for scalars.
    package var isFlow: Bool
    /// The value's own bytes: without its anchor, the comments behind it or the blank lines that follow. An empty value has an
    /// empty range right behind its colon or dash. For a value that stands here by an alias, the place of the `*alias`.
    package var range: SourceRange
    /// The value was written elsewhere, behind an anchor, and stands here by an alias. The ranges of what it holds are those of the
    /// place where it was written.
    package var isAlias: Bool

    package init(_ content: Content, isFlow: Bool = false, range: SourceRange, isAlias: Bool = false) {
        self.content = content
        self.isFlow = isFlow
        self.range = range
        self.isAlias = isAlias
    }
}

/// One `key: value` of a mapping, in the order of the text.
package struct YAMLEntry: Sendable {
    package var keyNode: YAMLNode
    /// The key's text, without quotes.
    package var key: String
    package var value: YAMLNode

    package var keyRange: SourceRange { keyNode.range }
}

extension YAMLNode {
    package var scalar: YAMLScalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }

    package var sequence: [YAMLNode]? {
        guard case .sequence(let elements) = content else { return nil }
        return elements
    }

    package var mapping: [YAMLEntry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// Null, written or left out.
    package var isNull: Bool { scalar?.kind == .null }

    /// The value behind a key; nil where this is no mapping or has no such key.
    package subscript(key: String) -> YAMLNode? { mapping?.first { $0.key == key }?.value }
}
