import Patterns

extension MapValue {
    /// Why it is not known whether the map has this key, or which value; nil where nothing that is unknown can be it.
    package func reason(hiding key: String) -> String? {
        guard let openReason else { return nil }
        let key = key.composed
        if let openKeys, !openKeys.contains(where: { $0.mayBe(key) }) { return nil }
        return openReason
    }

    /// The patterns of two maps together.
    static func joined(_ a: MapValue, _ b: MapValue) -> [KeyPattern]? {
        let open = [a, b].filter { $0.openReason != nil }
        guard open.allSatisfy({ $0.openKeys != nil }) else { return nil }
        return open.flatMap { $0.openKeys ?? [] }
    }
}

extension Evaluator {
    /// What is known of a key whose value is not known; nil: nothing.
    func pattern(of key: ObjectItem.Key, _ scope: Scope) -> KeyPattern? {
        switch key {
        case .bare: nil
        case .template(let template): pattern(of: template, scope)
        case .expression(let expression): pattern(of: expression, scope, depth: 0)
        }
    }

    private func pattern(of expression: Expression, _ scope: Scope, depth: Int) -> KeyPattern? {
        guard depth < 8 else { return nil }
        switch expression.kind {
        case .parentheses(let inner): return pattern(of: inner, scope, depth: depth + 1)
        case .template(let template):
            if let inner = template.interpolation { return pattern(of: inner, scope, depth: depth + 1) }
            return pattern(of: template, scope)
        case .attribute(let base, let name):
            guard case .variable(let root) = base.kind, scope.local(root) == nil,
                let (definition, place) = scope.references.definition(root, name)
            else { return nil }
            return pattern(of: definition, place, depth: depth + 1)
        case .call("format", _, let arguments, _):
            guard case .template(let template)? = arguments.first?.kind, let text = template.literal else { return nil }
            let pieces = text.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
            // `%%` is a sign by itself.
            guard pieces.count > 1, !pieces.dropFirst().dropLast().contains(where: \.isEmpty) else { return nil }
            return KeyPattern(around: String(decoding: pieces[0], as: UTF8.self), "")
        default: return nil
        }
    }

    private func pattern(of template: Template, _ scope: Scope) -> KeyPattern? {
        var pieces: [String?] = []
        for part in template.parts {
            switch part {
            case .literal(let text): pieces.append(text)
            case .interpolation(let expression): pieces.append(value(of: expression, in: scope).text)
            case .condition, .loop: pieces.append(nil)
            }
        }
        let pattern = KeyPattern(
            around: pieces.prefix { $0 != nil }.compactMap(\.self).joined(),
            pieces.reversed().prefix { $0 != nil }.reversed().compactMap(\.self).joined())
        return pattern.prefix.isEmpty && pattern.suffix.isEmpty ? nil : pattern
    }
}

extension KeyPattern {
    /// What is certain of a text that begins and ends with these: composed, without what may be composed with something between them.
    fileprivate init(around prefix: String, _ suffix: String) {
        var first = prefix.composed.unicodeScalars[...]
        // A mark composes with letters and signs such as `=` before it, and with nothing else of ASCII.
        if let last = first.last, !("0"..."9").contains(last), !"-_./: ".unicodeScalars.contains(last) {
            while let mark = first.last, mark.properties.canonicalCombiningClass != .notReordered { first.removeLast() }
            first = first.dropLast()
        }
        self.init(prefix: String(first), suffix: String(suffix.composed.unicodeScalars.drop { !$0.isASCII }))
    }
}
