/// A key that was pressed, as far as screens tell them apart.
package enum TerminalKey: Hashable, Sendable {
    case up, down, left, right, pageUp, pageDown, home, end
    case enter, escape, tab, backTab, backspace
    case character(Character)
    /// Ctrl-C
    case interrupt
    /// Ctrl-Z
    case suspend
    /// Ctrl-L
    case redraw
    /// Ctrl-U
    case clearLine
}
