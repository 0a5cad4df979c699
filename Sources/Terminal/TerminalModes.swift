import Glibc

/// How the terminal was, and the ways there and back. Signal handlers use `leave`: it allocates nothing and takes no lock.
enum TerminalModes {
    /// A screen of its own, no cursor, and lines that do not wrap.
    private static var entering: StaticString { "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[2J" }
    private static var leaving: StaticString { "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l" }

    nonisolated(unsafe) private static let before = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    nonisolated(unsafe) private static let isEntered = {
        let flag = UnsafeMutablePointer<sig_atomic_t>.allocate(capacity: 1)
        flag.initialize(to: 0)
        return flag
    }()

    /// False, with `errno`, where the terminal cannot be set up.
    static func enter() -> Bool {
        // What was found first is what is put back, however often it is entered again.
        if isEntered.pointee == 0 {
            guard tcgetattr(STDIN_FILENO, before) == 0 else { return false }
        }
        var modes = before.pointee
        cfmakeraw(&modes)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes) == 0 else { return false }
        isEntered.pointee = 1
        write(entering)
        return true
    }

    static func leave() {
        guard isEntered.pointee != 0 else { return }
        isEntered.pointee = 0
        write(leaving)
        _ = tcsetattr(STDIN_FILENO, TCSANOW, before)
    }

    private static func write(_ text: StaticString) {
        _ = Glibc.write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
}
