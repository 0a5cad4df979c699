/// How a text may look: what the place it goes to can show.
package struct TextStyle: Hashable, Sendable {
    /// Colours, by ANSI escapes.
    package var color: Bool
    /// Columns of the terminal; nil: nothing is ever cut.
    package var width: Int?

    package init(color: Bool = false, width: Int? = nil) {
        self.color = color
        self.width = width
    }

    package static let plain = TextStyle()
}
