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
        var text: String
        var look: Look
    }

    private var runs: [Run]

    init(_ text: String, _ look: Look = .plain) {
        runs = text.isEmpty ? [] : [Run(text: text.printable, look: look)]
    }

    init(stringLiteral text: String) { self.init(text) }

    static func + (a: StyledText, b: StyledText) -> StyledText {
        var sum = a
        sum.runs += b.runs
        return sum
    }

    static func += (a: inout StyledText, b: StyledText) { a = a + b }

    /// Columns of a terminal.
    var width: Int { runs.reduce(0) { $0 + $1.text.displayWidth } }
    var isEmpty: Bool { runs.isEmpty }

    func rendered(_ style: TextStyle) -> String {
        runs.map { run in
            style.color && run.look != .plain ? "\u{1B}[\(run.look.rawValue)m\(run.text)\u{1B}[0m" : run.text
        }.joined()
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
