import CostModel
import Diagnostics
import Foundation
import Reconciliation
import TestSupport

/// Composes changes that bring resources without the tags that a policy asks for, and whatever may hide them, and holds what a check of the
/// change says against what is known to be there: nothing that the base's policies block may pass unseen.
///
/// `bursar-campaigns hide --rounds 5000 --seed 1`; `--only SEED` shows one composition.
struct Hide {
    private struct Result {
        var seed: UInt64
        var change: HiddenChange
        var details: [String]
        var said: String
        var unseen: Set<String>
    }

    private let world: HideWorld
    private let seed: UInt64
    private let keeps: String?

    /// - Parameter keeps: a folder in which a composition that passes unseen is left for whoever looks into it.
    init(seed: UInt64, keeps: String? = nil) throws {
        world = try HideWorld()
        self.seed = seed
        self.keeps = keeps
    }

    func run(rounds: Int, only: UInt64?) throws {
        var counts: [String: (rounds: Int, unseen: Int)] = [:]
        var ends: [String: Int] = [:]
        var failures: [Result] = []
        let seeds = only.map { [$0] } ?? (0..<UInt64(rounds)).map { seed &* 1_000_000 &+ $0 }
        let begin = ContinuousClock.now
        for seed in seeds {
            let result = try round(seed)
            ends[String(result.said.prefix(110)), default: 0] += 1
            for step in Set(result.change.steps) {
                counts[step, default: (0, 0)].rounds += 1
                if !result.unseen.isEmpty { counts[step, default: (0, 0)].unseen += 1 }
            }
            if !result.unseen.isEmpty || only != nil { failures.append(result) }
        }
        for failure in failures {
            print("seed \(failure.seed): \(failure.change.steps.joined(separator: ", ")): \(failure.said)")
            print("  there: \(failure.change.truth.sorted()), unseen: \(failure.unseen.sorted())")
            for detail in failure.details { print("  \(detail)") }
        }
        let kinds = counts.sorted { $0.key < $1.key }.map {
            "\($0.key) \($0.value.rounds)" + ($0.value.unseen > 0 ? " (\($0.value.unseen) unseen)" : "")
        }
        print("kinds: \(kinds.joined(separator: ", "))")
        for (end, count) in ends.sorted(by: { $0.key < $1.key }) { print("ends with \(end): \(count)") }
        let unseen = failures.count { !$0.unseen.isEmpty }
        try require(unseen == 0, "\(unseen) of \(seeds.count) changes hide something")
        print("hide, seed \(self.seed): nothing of \(seeds.count) changes is hidden, in \(begin.duration(to: .now).components.seconds) s")
    }

    // MARK: A round

    private func round(_ seed: UInt64) throws -> Result {
        var random = SeededGenerator(seed: seed)
        var change = HiddenChange()
        func take(_ way: (kind: String, way: HiddenResource.Way)?) {
            guard let way else { return }
            change.steps.append(way.kind)
            way.way(&change, &random)
        }
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            take((HiddenResource.ways + HiddenResource.doubts + HiddenResource.known).randomElement(using: &random))
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) { take(Disguise.all.randomElement(using: &random)) }
        try world.begin()
        try write(change)
        if random.percent(8) { try record(&change) }
        if random.percent(25) { try moveOn(&change, &random) }
        return try judge(seed, change, &random)
    }

    private func write(_ change: HiddenChange) throws {
        let manager = FileManager.default
        for (path, text) in change.files.sorted(by: { $0.key < $1.key }) {
            if let text {
                try world.repository.write(text, to: path)
            } else {
                // What the base does not have need not go.
                try? manager.removeItem(atPath: "\(world.repository.path)/\(path)")
            }
        }
        for (path, target) in change.links {
            let place = "\(world.repository.path)/\(path)"
            try? manager.removeItem(atPath: place)
            try FileSystem.link(target, at: place)
        }
        try commit("the change")
    }

    private func commit(_ message: String) throws {
        try world.repository.git(["add", "--all", "--force", "--", ".", ":(exclude)observed"])
        try world.repository.git(["-c", "core.safecrlf=false", "commit", "--quiet", "--allow-empty", "--message", message])
    }

    /// A baseline that holds whatever fails now.
    private func record(_ change: inout HiddenChange) throws {
        guard let opened = try? OpenedWorkspace(world.repository.path, now: HideWorld.now),
            let recording = try? BaselineRecorder(EvaluatedWorkspace(opened, now: HideWorld.now)).record()
        else { return }
        change.steps.append("baseline")
        try world.repository.write(recording.text, to: recording.file)
        try commit("a baseline")
    }

    /// The target moves on while the change is open.
    private func moveOn(_ change: inout HiddenChange, _ random: inout SeededGenerator) throws {
        try world.repository.git(["checkout", "--quiet", "--force", HideWorld.target])
        switch Int.random(in: 0..<6, using: &random) {
        case 4, 5:
            change.steps.append("target takes shared tags away")
            try world.repository.write("locals {\n  shared = {}\n}\n", to: "infra/app/shared.tf")
        case 0:
            change.steps.append("target moves on")
            try world.repository.write("later\n", to: "docs/later.md")
        case 1:
            change.steps.append("target takes its exemption back")
            try world.repository.git(["rm", "--quiet", "policies/agreed.yaml"])
        case 2:
            change.steps.append("target moves its policies")
            try world.repository.git(["mv", "policies/tags.yaml", "policies/all.yaml"])
        default:
            change.steps.append("target asks for more")
            try world.repository.write(
                HideWorld.tagging.replacing("cost-allocation", with: "added").replacing(
                    "    - {key: team, values: {of: teams}}\n", with: ""), to: "policies/added.yaml")
        }
        try commit("later")
        if change.steps.last == "target takes shared tags away",
            (try? world.repository.git(["merge-tree", "--write-tree", HideWorld.target, HideWorld.change])) != nil
        {
            change.truth.formUnion(change.reliant)
        }
        try world.repository.git(["checkout", "--quiet", "--force", HideWorld.change])
    }

    private func judge(_ seed: UInt64, _ change: HiddenChange, _ random: inout SeededGenerator) throws -> Result {
        let path = world.repository.path
        let folder = ["", "", "", "/infra", "/infra/app"].randomElement(using: &random) ?? ""
        let source: OpenedWorkspace.Source = random.percent(50) ? .workTree : .revision(HideWorld.change)
        var result = Result(seed: seed, change: change, details: [], said: "", unseen: [])
        do throws(WorkspaceError) {
            let opened = try OpenedWorkspace(path + folder, source, now: HideWorld.now)
            let outcome = try ChangeCheck(path + folder, now: HideWorld.now).compare(opened, with: HideWorld.target)
            let deciding = outcome.deciding.filter { $0.blocks }
            result.unseen = change.truth.filter { name in
                !deciding.contains { $0.resource.map { Self.isAbout(name, $0.identity.address) } ?? false }
            }
            result.said = "\(deciding.isEmpty ? 0 : 1)"
            if let gap = outcome.newGaps.first {
                result.said = "3, \(gap.id)"
                result.unseen = []
            }
            result.details = outcome.comparison.findings.map {
                "\($0.change) \($0.finding.resource?.identity.description ?? "-") \($0.finding.subject ?? "") \($0.finding.verdict)"
            }
            result.details += outcome.newGaps.map { "gap \($0.file): \($0.message)" } + outcome.comparison.pending.map(\.what)
            result.details += outcome.diagnostics.map { "\($0.message)" }
        } catch { result.said = "2, \(error)".split(separator: "\n").first.map(String.init) ?? "2" }
        result.details.insert("\(source) in '\(folder)'", at: 0)
        if !result.unseen.isEmpty, let keeps {
            try? FileManager.default.createDirectory(atPath: keeps, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: path, toPath: "\(keeps)/\(seed)")
        }
        return result
    }

    private static func isAbout(_ name: String, _ address: String) -> Bool {
        name.contains("[") ? address.hasSuffix("." + name) : address.split(whereSeparator: { ".[".contains($0) }).contains { $0 == name }
    }
}
