/// How a text may look: what the place it goes to can show.
package struct TextStyle: Hashable, Sendable {
    /// Colours, by ANSI escapes.
    package var color: Bool
    /// Columns of the terminal; nil: it goes into a file or a pipe, and nothing is ever cut or wrapped.
    package var width: Int?

    package init(color: Bool = false, width: Int? = nil) {
        self.color = color
        self.width = width
    }

    package static let plain = TextStyle()

    var isTerminal: Bool { width != nil }
}

extension StyledText {
    /// Lines that a terminal need not break itself; further ones are indented by two columns more.
    func lines(_ style: TextStyle, indent: Int = 0) -> [String] {
        let space = String(repeating: " ", count: indent)
        guard let limit = style.width, indent + width > limit else { return [space + rendered(style) + "\n"] }
        return wrapped(limit - indent - 2).enumerated().map { index, line in
            space + (index > 0 ? "  " : "") + line.rendered(style) + "\n"
        }
    }
}
