import CostModel
import Git
import Store
import TestSupport

/// What must hold of a remote and of ledgers, whatever happened to the runs that write them.
enum Soundness {
    /// The repository is whole, and no branch of ours was put twice where it stood before.
    static func check(_ remote: Remote, _ when: String) throws {
        let fsck = try remote.bare.attempt([
            "-c", "core.commitGraph=false", "-c", "core.multiPackIndex=false", "fsck", "--strict", "--no-dangling",
        ])
        try require(fsck.code == 0, "\(when): git fsck finds \(fsck.error)\(fsck.output)")
        for (branch, tip) in try remote.branches().sorted(by: { $0.key < $1.key }) {
            // Where we delete a branch ourselves its log goes first: who was killed in between has not deleted it yet.
            guard FileSystem.exists("\(remote.path)/logs/refs/heads/\(branch)") else { continue }
            let tips = moves(of: try remote.bare.directory.read("logs/refs/heads/\(branch)"), to: "\(tip)")
            try require(Set(tips).count == tips.count, "\(when): \(branch) was put twice at the same commit: \(tips)")
        }
    }

    /// Where a branch was put, time after time: one line a move, with from, to, and who. Git logs a move before it makes it: one that was
    /// killed in between did not happen, and the next line begins where it began.
    private static func moves(of log: [UInt8], to tip: String) -> [Substring] {
        let lines = String(decoding: log, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
        let ends = lines.map { $0[1] }
        let starts = lines.dropFirst().map { $0[0] } + [Substring(tip)]
        return zip(ends, starts).filter { $0 == $1 }.map(\.0)
    }

    /// The ledger is whole, and tells of no write twice.
    ///
    /// - Parameter deleted: branches that people have deleted: what is open gets its own back, with the commit that it had.
    static func check(_ ledger: Ledger, _ when: String, besides deleted: Set<String> = []) throws {
        let problems = try ledger.verify()
        try require(problems.isEmpty, "\(when): the ledger does not verify: \(problems)")
        let writes = try ledger.audits().filter { entry in
            [.branchWritten, .requestOpened, .commented].contains(entry.action)
                && !(entry.action == .branchWritten && deleted.contains(entry.object))
        }
        let said = writes.map { "\($0.action.rawValue) \($0.object) \($0.detail)" }
        try require(Set(said).count == said.count, "\(when): the audit tells twice of a write: \(said.sorted())")
        let live = try ledger.requests(states: [.open, .writing])
        try require(
            Set(live.map { $0.group.dropFirst(2).prefix(12) }).count == live.count, "\(when): two requests are live for one subject")
    }

    /// After a whole run each request stands as the ledger says, and there is nothing else.
    static func checkSettled(_ ledger: Ledger, _ remote: Remote, open count: Int, _ when: String) throws {
        try check(ledger, when)
        let open = try ledger.requests(states: [.open])
        let branches = try remote.branches().mapValues(\.description)
        try require(
            Set(open.map(\.branch)) == Set(branches.keys) && open.allSatisfy { branches[$0.branch] == $0.commit },
            "\(when): the ledger has \(open.map { "\($0.branch) \($0.commit)" }.sorted()), the remote \(branches.sorted { $0 < $1 })")
        try require(open.count == count, "\(when): \(open.count) requests are open instead of \(count)")
        try require(try ledger.requests(states: [.writing]).isEmpty, "\(when): a request is still being written")
    }
}
