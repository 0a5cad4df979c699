import Foundation

/// Who started whom, as the kernel knows it.
enum ProcessTree {
    /// Stops a process where it is, so that it starts nothing while somebody looks at what it has started.
    static func stop(_ process: Int32) {
        kill(process, SIGSTOP)
        while let status = Status(process), !["T", "Z", "X"].contains(status.state) { usleep(200) }
    }

    /// Everything below a process, itself left out.
    static func descendants(of process: Int32) -> [Int32] {
        let children = threads(of: process).flatMap { thread in
            // A process that has ended meanwhile has no children any more.
            let text = (try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8)) ?? ""
            return text.split(separator: " ").compactMap { Int32($0) }
        }
        return children + children.flatMap(descendants)
    }

    /// Whether it is still at work: what nobody has waited for yet has ended all the same.
    static func isAlive(_ process: Int32) -> Bool { Status(process).map { !["Z", "X"].contains($0.state) } ?? false }

    /// The sessions of some processes: what these start later belongs to one of them too, also when whoever started it is gone.
    ///
    /// Ours is left out: in it stands what was only just begun and has no session of its own yet.
    static func sessions(of processes: [Int32]) -> Set<Int32> { Set(processes.compactMap { Status($0)?.session }).subtracting([getsid(0)]) }

    static func isAtWork(_ sessions: Set<Int32>) -> Bool {
        guard !sessions.isEmpty else { return false }
        // Without it nobody could be found, and nothing else here would work either.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.contains { process in
            Status(process).map { sessions.contains($0.session) && !["Z", "X"].contains($0.state) } ?? false
        }
    }

    static func waitForEnd(of sessions: Set<Int32>) {
        while isAtWork(sessions) { usleep(2_000) }
    }

    private static func threads(of process: Int32) -> [String] {
        // As above.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
    }

    /// What `/proc/PID/stat` says behind the name: state, parent, group, session.
    private struct Status {
        let state: String
        let session: Int32

        init?(_ process: Int32) {
            // The file is gone with the process.
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let name = text.lastIndex(of: ")")
            else {
                return nil
            }
            let fields = text[text.index(after: name)...].split(separator: " ")
            guard fields.count > 3, let session = Int32(fields[3]) else { return nil }
            self.state = String(fields[0])
            self.session = session
        }
    }
}
