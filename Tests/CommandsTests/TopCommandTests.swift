import Foundation
import Glibc
import TestSupport
import Testing

/// The real program on a pseudo-terminal.
@Suite("bursar top")
struct TopCommandTests {
    /// The two ends of a terminal.
    private final class PseudoTerminal {
        struct Missing: Error { let reason: String }

        /// TIOCSPTLCK and TIOCGPTN of Linux.
        private static let (lock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

        let master: Int32
        let path: String
        /// Held open, so that the terminal outlives the program.
        private let held: Int32
        private(set) var shown = ""

        init() throws {
            master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            // What unlockpt and ptsname do.
            var (locked, number): (Int32, UInt32) = (0, 0)
            guard master >= 0, ioctl(master, Self.lock, &locked) == 0, ioctl(master, Self.number, &number) == 0 else {
                throw Missing(reason: String(cString: strerror(errno)))
            }
            path = "/dev/pts/\(number)"
            held = open(path, O_RDWR | O_NOCTTY)
            _ = fcntl(master, F_SETFL, O_NONBLOCK)
            resize(80, 24)
        }

        deinit {
            close(held)
            close(master)
        }

        func resize(_ columns: UInt16, _ rows: UInt16) {
            var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
            _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        }

        /// Whether lines are edited and echoed, as a shell needs it.
        var isUsual: Bool {
            var modes = termios()
            tcgetattr(held, &modes)
            let wanted = tcflag_t(ICANON | ECHO | ISIG)
            return modes.c_lflag & wanted == wanted
        }

        func type(_ keys: String) {
            let bytes = Array(keys.utf8)
            _ = write(master, bytes, bytes.count)
        }

        /// Reads until this was shown; false where it never is.
        func waits(for text: String, _ process: ChildProcess) -> Bool {
            for _ in 0..<6_000 {
                read()
                if let found = shown.range(of: text) {
                    shown = String(shown[found.upperBound...])
                    return true
                }
                if !process.isRunning { return false }
                usleep(10_000)
            }
            return false
        }

        func read() {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = Glibc.read(master, &bytes, bytes.count)
                guard count > 0 else { return }
                shown += String(decoding: bytes[..<count], as: UTF8.self)
            }
        }
    }

    private let repository: TemporaryRepository
    private let outside = TemporaryDirectory()
    private let terminal: PseudoTerminal

    init() throws {
        try outside.write(
            """
            BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName,RegionId,SubAccountId,ResourceId,Tags
            1,1,1,1,USD,2026-10-01T00:00:00Z,2026-10-31T00:00:00Z,Usage,SQS,us-east-1,1,queue-1,

            """, to: "bill.csv")
        repository = try UntaggedQueue.repository(bill: outside.path + "/bill.csv")
        terminal = try PseudoTerminal()
    }

    private func start(_ words: String...) throws -> ChildProcess {
        try ChildProcess(
            Program.bursar.path, ["top", "-C", repository.path] + words,
            environment: ["PATH": "/usr/bin:/bin", "HOME": outside.path, "TERM": "xterm", "LC_ALL": "C.UTF-8"],
            streams: .init(input: terminal.path, output: terminal.path, errors: outside.path + "/err"), isGroup: true)
    }

    @Test("draws, follows the window's size, shows a patch, and leaves the terminal as it was")
    func whole() throws {
        let process = try start("--rev", "HEAD")
        #expect(terminal.waits(for: "[1 Teams", process))
        #expect(!terminal.isUsual)
        terminal.type("2")
        #expect(terminal.waits(for: "[2 Findings", process))
        terminal.type("p")
        #expect(terminal.waits(for: "git apply", process))
        terminal.resize(200, 60)
        process.signal(SIGWINCH)
        #expect(terminal.waits(for: "\u{1B}[2K", process))
        terminal.type("\u{1B}")
        #expect(terminal.waits(for: "────", process), "a tall screen tells the selected row below the list")
        terminal.type("q")
        #expect(process.wait() == 0)
        #expect(terminal.isUsual)
        terminal.read()
        #expect(terminal.shown.contains("\u{1B}[?25h\u{1B}[?1049l"))
    }

    @Test(
        "leaves the terminal as it was when a signal ends it, also one of a breakdown",
        arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT])
    func ended(signal: Int32) throws {
        let process = try start()
        #expect(terminal.waits(for: "[1 Teams", process))
        process.signal(signal)
        #expect(process.wait() == 128 + signal)
        #expect(terminal.isUsual)
        terminal.read()
        #expect(terminal.shown.contains("\u{1B}[?1049l"))
    }

    @Test("gives the terminal back while it is stopped, and takes it again", arguments: [false, true])
    func stopped(byKey: Bool) throws {
        let process = try start()
        #expect(terminal.waits(for: "[1 Teams", process))
        if byKey { terminal.type("\u{1A}") } else { process.signal(SIGTSTP) }
        #expect(terminal.waits(for: "\u{1B}[?1049l", process))
        for _ in 0..<500 where !terminal.isUsual { usleep(10_000) }
        #expect(terminal.isUsual)
        process.signal(SIGCONT)
        #expect(terminal.waits(for: "[1 Teams", process))
        #expect(!terminal.isUsual)
        terminal.type("\u{3}")
        #expect(process.wait() == 0)
        #expect(terminal.isUsual)
    }

    @Test("says what it needs where there is no terminal")
    func none() throws {
        let said = Said("top", "-C", repository.path)
        #expect(said.code == 2)
        #expect(said.error.contains("needs a terminal") && said.error.contains("bursar scorecard"))
        let piped = try Program.bursar.run(["top", "-C", repository.path])
        #expect(piped.code == 2 && piped.error.contains("needs a terminal"))
    }
}
