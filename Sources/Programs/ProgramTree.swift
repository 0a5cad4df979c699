internal import Glibc
internal import Synchronization

/// Everything that a program started, and what that started, also where it took a session of its own and its parents have gone.
///
/// They are found in the system's list of processes: by who their parents are, and by a mark in the environment, which is handed down. Only who empties
/// its environment, takes a session of its own and outlives its parents is not found; nor is what another user runs, or anything without `/proc`.
struct ProgramTree {
    /// In the environment of each of them.
    let mark: (name: String, value: String)
    /// The program that was run. Until it is reaped nobody else can have its number; 0 before it runs and after that.
    var root: pid_t = 0

    private static let count = Atomic(0)
    /// How often the list is read until nobody is left: who starts others as fast as they are ended does not hold us for ever.
    private static let rounds = 200

    init() {
        mark = ("BURSAR_PROGRAM", "\(getpid())-\(Self.count.add(1, ordering: .relaxed).newValue)")
    }

    /// Asks all to end, each once: a second signal would end who is just tidying up.
    func endPolitely() {
        let others = members().filter { getpgid($0) != root }
        kill(-root, SIGTERM)
        for process in others { kill(process, SIGTERM) }
    }

    /// Ends all but the root.
    func end() {
        for _ in 0..<Self.rounds {
            let members = members()
            if members.isEmpty { return }
            for process in members { kill(process, SIGKILL) }
            poll(nil, 0, 2)
        }
    }

    /// Those that run: one that has ended and was not reaped starts nothing any more.
    private func members() -> [pid_t] {
        let marked = Array("\(mark.name)=\(mark.value)".utf8)[...]
        var parents: [pid_t: pid_t] = [:]
        var members: Set<pid_t> = []
        for process in Self.processes {
            guard let parent = Self.parent(of: process) else { continue }
            parents[process] = parent
            if Self.read("/proc/\(process)/environ").split(separator: 0).contains(marked) { members.insert(process) }
        }
        if root > 0 {
            var found: Set = [root]
            while true {
                let next = parents.filter { found.contains($0.value) && !found.contains($0.key) }.map(\.key)
                if next.isEmpty { break }
                found.formUnion(next)
            }
            members.formUnion(found)
        }
        return members.subtracting([root, getpid()]).sorted()
    }

    private static var processes: [pid_t] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var processes: [pid_t] = []
        while let entry = readdir(folder) {
            // An entry is only as long as its name.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let process = pid_t(name) { processes.append(process) }
        }
        return processes
    }

    /// Nil where it has ended. Its name, which it chooses, stands in brackets before what is asked for.
    private static func parent(of process: pid_t) -> pid_t? {
        let text = read("/proc/\(process)/stat")
        guard let bracket = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = String(decoding: text[(bracket + 1)...], as: UTF8.self).split(separator: " ")
        guard fields.count > 1, !["Z", "X"].contains(fields[0]) else { return nil }
        return pid_t(fields[1])
    }

    /// What there is of a file; nothing where it may not be read.
    private static func read(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        // An environment has no limit of its own.
        while bytes.count < 4 << 20 {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }
}
