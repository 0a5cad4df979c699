import Diagnostics

/// Finds where new items of an object literal go and how they are written there; alignment is left to `HCLEditor`.
struct ObjectEditor {
    let lines: SourceLines
    let object: Expression
    let items: [ObjectItem]
    /// Whether an empty object may become several lines: as the value of an argument or item, not inside a call.
    let mayExpand: Bool

    private var bytes: [UInt8] { lines.bytes }
    private var closeBrace: Int { object.range.upperBound - 1 }

    /// One edit that adds the entries behind the last item.
    func insert(_ entries: [(key: String, value: String)]) -> TextEdit {
        guard let last = items.last else { return fill(entries) }
        if lines.areOnOneLine(last.range.upperBound, closeBrace) { return append(entries, behind: last) }
        let indentation =
            lines.isFirstOnLine(last.range.lowerBound)
            ? lines.indentation(at: last.range.lowerBound) : lines.deeperIndentation(at: closeBrace)
        let comma = hasComma(behind: last) ? "," : ""
        let texts = entries.map { lines.ending + indentation + text($0, lines.indented($0.value, by: indentation)) + comma }
        return .insert(texts.joined(), at: lines.end(of: last.range.upperBound))
    }

    /// The first item of an object.
    private func fill(_ entries: [(key: String, value: String)]) -> TextEdit {
        let open = object.range.lowerBound
        let isOneLine = lines.areOnOneLine(open, closeBrace)
        let hasComment = !bytes[open + 1..<closeBrace].allSatisfy { $0.isBlank || $0 == .newline || $0 == .carriageReturn }
        if isOneLine, hasComment || !mayExpand {
            let inner = entries.map { text($0, lines.indented($0.value, by: lines.indentation(at: open))) }.joined(separator: ", ")
            let gap = hasComment ? closeBrace - bytes[..<closeBrace].reversed().prefix(while: \.isBlank).count : open + 1
            return TextEdit(gap..<closeBrace, " \(inner) ")
        }
        let indentation = lines.deeperIndentation(at: isOneLine ? open : closeBrace)
        let inner = entries.map { indentation + text($0, lines.indented($0.value, by: indentation)) + lines.ending }.joined()
        if hasComment { return .insert(inner, at: lines.start(of: closeBrace)) }
        return TextEdit(open + 1..<closeBrace, lines.ending + inner + lines.indentation(at: isOneLine ? open : closeBrace))
    }

    /// `{ a = 1 }` becomes `{ a = 1, b = 2 }`.
    private func append(_ entries: [(key: String, value: String)], behind last: ObjectItem) -> TextEdit {
        let comma = commaEnd(behind: last)
        let indentation = lines.indentation(at: last.range.upperBound)
        let texts = entries.map { text($0, lines.indented($0.value, by: indentation)) }.joined(separator: ", ")
        guard let comma else { return .insert(", " + texts, at: last.range.upperBound) }
        return .insert(" " + texts + ",", at: comma)
    }

    private func text(_ entry: (key: String, value: String), _ value: String) -> String {
        let key = HCLString.key(entry.key, quoting: quotesKeys)
        guard let last = items.last else { return "\(key) = \(value)" }
        let before = last.separator.lowerBound > last.keyRange.upperBound ? " " : ""
        let after = last.range.upperBound > last.separator.upperBound && bytes[last.separator.upperBound].isBlank ? " " : ""
        return key + before + lines.file.text(last.separator) + after + value
    }

    /// Whether all keys that are there are quoted.
    private var quotesKeys: Bool {
        !items.isEmpty
            && items.allSatisfy { item in
                if case .template = item.key { true } else { false }
            }
    }

    private func hasComma(behind item: ObjectItem) -> Bool { commaEnd(behind: item) != nil }

    /// The offset behind the comma that ends an item; a comment may stand between.
    private func commaEnd(behind item: ObjectItem) -> Int? {
        let token = Lexer(bytes: bytes).token(at: item.range.upperBound, newlines: true)
        return token.kind == .comma ? token.range.upperBound : nil
    }

    /// An edit that gives an item another key, quoted as the old one was.
    static func rename(_ item: ObjectItem, to key: String) -> TextEdit {
        let isQuoted = if case .template = item.key { true } else { false }
        return TextEdit(item.keyRange, HCLString.key(key, quoting: isQuoted))
    }
}
