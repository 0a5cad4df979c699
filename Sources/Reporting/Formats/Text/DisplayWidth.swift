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
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F,
            0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default:
            // U+FE0F asks for the picture of a character that is also a letter.
            if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return 2 }
            switch first.properties.generalCategory {
            case .nonspacingMark, .enclosingMark: return 0
            default: return 1
            }
        }
    }
}
