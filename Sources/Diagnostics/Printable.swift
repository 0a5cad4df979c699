extension Unicode.Scalar {
    /// Whether a terminal or a page shows it as a mark, and nothing else happens.
    ///
    /// Control characters drive terminals (ESC colours, moves the cursor, sets titles), and format characters reorder or hide text
    /// (U+202E writes backwards). Names that come from repositories may hold any of them.
    package var isPrintable: Bool {
        if isASCII { return value >= 0x20 && value < 0x7F }
        // Lines and blocks, which tables are drawn with: looking their category up takes time.
        if (0x2500...0x25FF).contains(value) { return true }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
        default: return true
        }
    }
}

extension String {
    /// The text as it may be shown to a person: whatever is not printable is written out, `\n`, `\t` or `\u{1B}`.
    package var printable: String {
        // Nearly every text is plain ASCII, and tables hold many.
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        guard unicodeScalars.contains(where: { !$0.isPrintable }) else { return self }
        // Not scalars of many at once: that would copy all there is for each of them.
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case _ where scalar.isPrintable: text.unicodeScalars.append(scalar)
            case "\n": text += #"\n"#
            case "\r": text += #"\r"#
            case "\t": text += #"\t"#
            default: text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return text
    }
}
