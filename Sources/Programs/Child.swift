internal import CSpawn
internal import Glibc

/// A program that is run to its end, by argument vector and never through a shell.
///
/// It gets a session of its own, so that it finds no terminal to ask on; it inherits no open file, and only the environment it is given with a mark
/// beside it; its output is capped, and it has a deadline. When it ends or is ended, everything that it started is ended too, as far as `ProgramTree`
/// finds it.
package struct Child {
    /// Looked for in the `PATH` unless it holds a `/`.
    package var program: String
    package var arguments: [String]
    package var environment: [String: String]
    /// Where it runs; nil for where we are.
    package var folder: String?
    /// What it reads from its standard input.
    package var input: [UInt8] = []
    /// The most bytes of each of its two outputs; one that says more is ended.
    package var outputLimit = 16 << 20
    /// After so many milliseconds it is ended.
    package var deadline: Int
    /// Whether what it leaves behind lives on when it ends by itself, such as a cache of credentials that is the user's.
    package var mayLeaveOthers = false
    /// Asked about every 20 ms; a reason ends the program.
    package var interrupt: () -> Interruption? = { nil }

    package enum Interruption: Hashable { case cancelled, tooLarge }

    package struct Result {
        /// What it exited with; 128 and the signal's number where a signal ended it.
        package var code: Int32
        package var output: [UInt8]
        package var errors: [UInt8]
    }

    package enum Failure: Error, Hashable {
        /// The program is not there.
        case missing
        case deadline
        case tooMuchOutput
        case interrupted(Interruption)
        case system(String)
    }

    package init(
        program: String, arguments: [String], environment: [String: String], folder: String? = nil, input: [UInt8] = [],
        outputLimit: Int = 16 << 20, deadline: Int, interrupt: @escaping () -> Interruption? = { nil }
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.input = input
        self.outputLimit = outputLimit
        self.deadline = deadline
        self.interrupt = interrupt
    }

    package func run() throws(Failure) -> Result {
        let input = try inputFile()
        defer { close(input) }
        var output = try Pipe()
        defer { output.closeBoth() }
        var errors = try Pipe()
        defer { errors.closeBoth() }
        var tree = ProgramTree()
        let process = try spawn(input, output.writing, errors.writing, tree.mark)
        tree.root = process
        output.closeWriting()
        errors.closeWriting()
        var reading = Reading(process: process, streams: [output.reading, errors.reading])
        do throws(Failure) {
            try reading.readToEnd(of: self)
        } catch {
            Child.end(tree)
            throw error
        }
        if !mayLeaveOthers { tree.end() }
        return Result(code: Child.reap(process), output: reading.bytes[0], errors: reading.bytes[1])
    }

    /// A file in memory: unlike a pipe it needs nobody to write on while the program runs, and breaks for nobody.
    private func inputFile() throws(Failure) -> Int32 {
        guard !input.isEmpty else { return try checked(open("/dev/null", O_RDONLY | O_CLOEXEC)) }
        let file = try checked(memfd_create("input", UInt32(BURSAR_MFD_CLOEXEC)))
        var rest = input[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else {
                close(file)
                throw .system(lastError())
            }
            rest = rest.dropFirst(max(count, 0))
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private func spawn(_ input: Int32, _ output: Int32, _ errors: Int32, _ mark: (name: String, value: String)) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
        for (target, source) in [input, output, errors].enumerated() { posix_spawn_file_actions_adddup2(&actions, source, Int32(target)) }
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // We may ignore or block signals; the program must not.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(Int32(BURSAR_SPAWN_SETSID) | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var vector: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.merging([mark.name: mark.value]) { $1 }.sorted { $0.key < $1.key }
        var names: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in vector + names { free(text) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, program, &actions, &attributes, &vector, &names)
        guard code == 0 else { throw code == ENOENT ? .missing : .system(String(cString: strerror(code)).lowercased()) }
        return process
    }

    /// How long a program that is told to end may take before it is killed, in milliseconds.
    private static let exitGracePeriod = 2_000
    /// How long output is read after the program has exited, in milliseconds.
    fileprivate static let outputGracePeriod = 500

    /// Ends the program with everything it started: politely, so that it takes its lock files with it, then not.
    private static func end(_ tree: ProgramTree) {
        tree.endPolitely()
        let killsAt = milliseconds() + exitGracePeriod
        while !hasExited(tree.root), milliseconds() < killsAt { poll(nil, 0, 5) }
        // First those that only their parents give away.
        tree.end()
        kill(-tree.root, SIGKILL)
        tree.end()
        _ = reap(tree.root)
    }

    private static func reap(_ process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Whether it has ended; it is left to be reaped.
    fileprivate static func hasExited(_ process: pid_t) -> Bool {
        var information = siginfo_t()
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) < 0, errno == EINTR {}
        return information.si_signo == SIGCHLD
    }

    package static func milliseconds() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return now.tv_sec * 1_000 + now.tv_nsec / 1_000_000
    }
}

/// Collects both outputs until the program has ended.
private struct Reading {
    let process: pid_t
    var streams: [Int32]
    var bytes: [[UInt8]] = [[], []]
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)

    init(process: pid_t, streams: [Int32]) {
        self.process = process
        self.streams = streams
    }

    mutating func readToEnd(of child: Child) throws(Child.Failure) {
        let end = Child.milliseconds() + child.deadline
        // A program may leave another behind that holds the pipes, such as a credential cache: what that says is not waited for.
        var stopsReadingAt: Int?
        while true {
            let now = Child.milliseconds()
            if now >= end { throw .deadline }
            if let reason = child.interrupt() { throw .interrupted(reason) }
            if streams.allSatisfy({ $0 < 0 }) || stopsReadingAt.map({ now >= $0 }) == true, Child.hasExited(process) { return }
            if stopsReadingAt == nil, Child.hasExited(process) { stopsReadingAt = now + Child.outputGracePeriod }
            try readSome(limit: child.outputLimit)
        }
    }

    private mutating func readSome(limit: Int) throws(Child.Failure) {
        // A negative descriptor is skipped; with both closed this waits for the program itself.
        var polled = streams.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let isWaiting = streams.allSatisfy { $0 < 0 }
        guard poll(&polled, 2, isWaiting ? 2 : 20) > 0 else { return }
        for index in 0..<2 where polled[index].revents != 0 {
            let count = read(streams[index], &chunk, chunk.count)
            if count > 0 {
                bytes[index] += chunk[..<count]
                if bytes[index].count > limit { throw .tooMuchOutput }
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                streams[index] = -1
            }
        }
    }
}

private struct Pipe {
    private(set) var reading: Int32
    private(set) var writing: Int32

    init() throws(Child.Failure) {
        var ends: [Int32] = [0, 0]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .system(lastError()) }
        (reading, writing) = (ends[0], ends[1])
    }

    mutating func closeWriting() {
        close(writing)
        writing = -1
    }

    mutating func closeBoth() {
        if writing >= 0 { closeWriting() }
        close(reading)
    }
}

private func checked(_ descriptor: Int32) throws(Child.Failure) -> Int32 {
    guard descriptor >= 0 else { throw .system(lastError()) }
    return descriptor
}

/// To be called directly behind the call that failed.
private func lastError() -> String { String(cString: strerror(errno)).lowercased() }
