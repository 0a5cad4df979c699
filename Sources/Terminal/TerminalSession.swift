import Glibc

/// What a screen waits for.
package enum TerminalEvent: Hashable, Sendable {
    case key(TerminalKey)
    /// Whatever was on the screen is to be drawn again: it has another size, or others have written on it.
    case changed
    /// The terminal is gone, or a signal asks the process to end.
    case ended(signal: Int32)
}

package enum TerminalError: Error, Hashable {
    /// stdin or stdout is a file or a pipe.
    case notTerminal
    /// The words of the system.
    case failed(String)
}

/// The whole screen of a terminal: keys as they are pressed, a screen beside the one of the shell, and no cursor. It is put back as it was
/// by `close`, at a signal, and when the process breaks down.
///
/// There is one terminal, so there is one session at a time.
package final class TerminalSession {
    /// Milliseconds after which an escape was the key, and not the beginning of one.
    private static let patience: Int32 = 40

    private var decoder = KeyDecoder()
    private var events: [TerminalEvent] = []
    private let signals: TerminalSignals

    package init() throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notTerminal }
        guard let signals = TerminalSignals() else { throw .failed(String(cString: strerror(errno))) }
        self.signals = signals
        guard TerminalModes.enter() else {
            let reason = String(cString: strerror(errno))
            signals.close()
            throw .failed(reason)
        }
    }

    package func close() {
        TerminalModes.leave()
        signals.close()
    }

    /// Ends the process as the signal would have without a session.
    package func end(by signal: Int32) -> Never {
        close()
        _ = Glibc.signal(signal, SIG_DFL)
        raise(signal)
        exit(128 + signal)
    }

    /// Columns and rows; what does not say is taken for the size that terminals began with.
    package var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// What replaces everything that is shown by these lines. None may be wider than the screen.
    package static func drawing(_ lines: [String]) -> String {
        // A line is emptied before it is written: behind a full one the cursor still stands on its last column.
        "\u{1B}[H" + lines.map { "\u{1B}[2K" + $0 }.joined(separator: "\r\n") + "\u{1B}[J"
    }

    /// Waits for the next thing that happens.
    package func next() -> TerminalEvent {
        while true {
            if !events.isEmpty { return events.removeFirst() }
            var waited = [STDIN_FILENO, signals.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let ready = poll(&waited, 2, decoder.isWaiting ? Self.patience : -1)
            if ready < 0, errno != EINTR { return .ended(signal: SIGHUP) }
            if ready == 0 { take(decoder.flush()) }
            guard ready > 0 else { continue }
            if waited[1].revents != 0 { signals.taken().forEach(take) }
            if waited[0].revents != 0 { readKeys() }
        }
    }

    private func readKeys() {
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else { return events.append(.ended(signal: SIGHUP)) }
        take(decoder.decode(bytes[..<count]))
    }

    private func take(_ keys: [TerminalKey]) {
        for key in keys {
            if key == .suspend { stop() } else { events.append(.key(key)) }
        }
    }

    private func take(_ signal: Int32) {
        switch signal {
        case SIGTSTP: stop()
        case SIGWINCH: events.append(.changed)
        case SIGCONT:
            // It was stopped by force, and the shell has had the terminal since.
            _ = TerminalModes.enter()
            events.append(.changed)
        default: events.append(.ended(signal: signal))
        }
    }

    /// Gives the terminal back to the shell until that continues us.
    private func stop() {
        TerminalModes.leave()
        signals.stopProcess()
        _ = TerminalModes.enter()
        events.append(.changed)
    }
}
