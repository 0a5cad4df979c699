import Diagnostics

/// A piece of text with its looks, harmless by construction: whatever goes in is made printable, and only `rendered` writes escapes.
struct StyledText: Hashable, Sendable, ExpressibleByStringLiteral {
    enum Look: String, Hashable, Sendable {
        case plain = ""
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case blue = "34"
        case magenta = "35"
        case cyan = "36"
        case alarm = "1;31"
    }

    private struct Run: Hashable, Sendable {
        let text: String
        let look: Look
        let width: Int

        init(text: String, look: Look) {
            self.text = text
            self.look = look
            width = text.displayWidth
        }
    }

    /// Nearly every text is one run; it needs no array, of which a long table would have millions.
    private var first: Run?
    private var others: [Run] = []

    private var runs: [Run] {
        get { first.map { [$0] + others } ?? [] }
        set {
            first = newValue.first
            others = Array(newValue.dropFirst())
        }
    }

    init(_ text: String, _ look: Look = .plain) {
        first = text.isEmpty ? nil : Run(text: text.printable, look: look)
    }

    init(stringLiteral text: String) { self.init(text) }

    static func + (a: StyledText, b: StyledText) -> StyledText {
        guard a.first != nil else { return b }
        var sum = a
        sum.others += b.runs
        return sum
    }

    static func += (a: inout StyledText, b: StyledText) { a = a + b }

    /// Columns of a terminal.
    var width: Int { others.reduce(first?.width ?? 0) { $0 + $1.width } }
    var isEmpty: Bool { first == nil }

    func rendered(_ style: TextStyle) -> String {
        func rendered(_ run: Run) -> String {
            style.color && run.look != .plain ? "\u{1B}[\(run.look.rawValue)m\(run.text)\u{1B}[0m" : run.text
        }
        return others.reduce(first.map(rendered) ?? "") { $0 + rendered($1) }
    }

    /// Lines of at most so many columns, broken between words; a word that is longer stands whole on a line of its own.
    func wrapped(_ limit: Int) -> [StyledText] {
        guard width > limit else { return [self] }
        var lines: [[Run]] = []
        var line: [Run] = []
        var used = 0
        for run in runs {
            for (index, word) in run.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                var piece = Run(text: (index > 0 ? " " : "") + word, look: run.look)
                if index > 0, used > 0, used + piece.width > limit {
                    lines.append(line)
                    (line, used) = ([], 0)
                    piece = Run(text: String(word), look: run.look)
                }
                line.append(piece)
                used += piece.width
            }
        }
        return (lines + [line]).map { runs in
            var text = StyledText("")
            text.runs = Self.merged(runs.filter { !$0.text.isEmpty })
            return text
        }
    }

    /// Neighbours of one look are one run, so that each colour is switched on once.
    private static func merged(_ runs: [Run]) -> [Run] {
        runs.reduce(into: []) { merged, run in
            if let last = merged.last, last.look == run.look {
                merged[merged.count - 1] = Run(text: last.text + run.text, look: run.look)
            } else {
                merged.append(run)
            }
        }
    }

    /// Cut to so many columns, with an ellipsis as the first of them where something was lost.
    func keepingEnd(_ limit: Int) -> StyledText {
        guard width > limit else { return self }
        var kept: [Run] = []
        var room = max(0, limit - 1)
        for run in runs.reversed() {
            var characters: [Character] = []
            for character in run.text.reversed() {
                guard character.displayWidth <= room else {
                    room = 0
                    break
                }
                characters.append(character)
                room -= character.displayWidth
            }
            kept.append(Run(text: String(characters.reversed()), look: run.look))
            if room == 0 { break }
        }
        var result = StyledText(limit > 0 ? "…" : "", .dim)
        result.runs += kept.reversed().filter { !$0.text.isEmpty }
        return result
    }
}

extension Sequence<StyledText> {
    func joined(separator: StyledText) -> StyledText {
        reduce(into: nil as StyledText?) { sum, text in sum = sum.map { $0 + separator + text } ?? text } ?? ""
    }
}

extension String {
    /// Columns of a terminal: East Asian wide characters and most emoji take two.
    var displayWidth: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        // Letters and blocks that never join with a neighbour need no search for characters.
        if unicodeScalars.allSatisfy({ $0.value < 0x7F || (0x2500...0x25A0).contains($0.value) }) { return unicodeScalars.count }
        return reduce(0) { $0 + $1.displayWidth }
    }
}

extension Character {
    var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        switch first.value {
        // Latin letters and the marks that bars are made of.
        case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF, 0x2500...0x25A0: return 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default:
            switch first.properties.generalCategory {
            case .nonspacingMark, .enclosingMark: return 0
            default: return 1
            }
        }
    }
}
