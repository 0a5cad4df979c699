package import Reporting

/// A line of a screen.
package struct ScreenLine: Hashable, Sendable {
    package var text: StyledText
    /// Shown inverted over its whole width, in which colours would not be read.
    package var isSelected = false

    init(_ text: StyledText, isSelected: Bool = false) {
        self.text = text
        self.isSelected = isSelected
    }

    /// As a terminal takes it, in at most so many columns.
    package func rendered(columns: Int, color: Bool) -> String {
        let cut = text.keepingStart(columns)
        guard isSelected else { return cut.rendered(TextStyle(color: color)) }
        return "\u{1B}[7m" + cut.rendered(.plain) + String(repeating: " ", count: max(0, columns - cut.width)) + "\u{1B}[0m"
    }
}
