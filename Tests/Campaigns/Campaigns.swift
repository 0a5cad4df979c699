import CostModel
import Forge
import Foundation

/// Long trials by chance, each reproducible by its seed: `bursar-campaigns simulate --days 200 --teams 20 --seed 1 --host github`.
@main
enum Campaigns {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let name = arguments.isEmpty || arguments.contains("--help") ? "" : arguments.removeFirst()
        func value(_ option: String) -> String? {
            arguments.firstIndex(of: option).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
        }
        let seed = value("--seed").flatMap(UInt64.init) ?? 1
        do {
            switch name {
            case "simulate":
                try simulate(
                    seed: seed, days: value("--days").flatMap(Int.init) ?? 200, teams: value("--teams").flatMap(Int.init) ?? 20,
                    kind: value("--host").flatMap(CodeHost.init) ?? .github, isTraced: arguments.contains("--trace"))
            case "kills" where arguments.contains("--syscalls"):
                try SystemCalls(bursar: value("--bursar") ?? sibling("bursar"), isLocal: arguments.contains("--local"))?
                    .run(every: value("--every").flatMap(Int.init) ?? 1)
            case "kills" where arguments.contains("--local"):
                var kills = LocalKills(seed: seed, bursar: value("--bursar") ?? sibling("bursar"))
                try kills.run(count: value("--count").flatMap(Int.init) ?? 1_000)
            case "kills" where arguments.contains("--messages"):
                var kills = try MessageKills(seed: seed, bursar: value("--bursar") ?? sibling("bursar"))
                try kills.run(count: value("--count").flatMap(Int.init) ?? 500)
            case "kills":
                var kills = try Kills(
                    seed: seed, bursar: value("--bursar") ?? sibling("bursar"), kind: value("--host").flatMap(CodeHost.init),
                    isTraced: arguments.contains("--trace"))
                try kills.run(count: value("--count").flatMap(Int.init) ?? 500)
            case "races":
                var races = try Races(seed: seed, bursar: value("--bursar") ?? sibling("bursar"))
                try races.run(count: value("--count").flatMap(Int.init) ?? 100)
            case "faults":
                try Faults.run(
                    bursar: value("--bursar") ?? sibling("bursar"), only: value("--only"), isQuick: arguments.contains("--quick"))
            case "hide":
                try Hide(seed: seed, keeps: value("--keep")).run(
                    rounds: value("--rounds").flatMap(Int.init) ?? 1_000, only: value("--only").flatMap(UInt64.init))
            case "nab" where arguments.first.map { !$0.hasPrefix("--") } ?? false:
                try NabScores(folder: arguments[0], out: value("--out") ?? "results/bursar", labels: value("--labels")).write()
            case "hostile" where arguments.contains("--serve"):
                try HostileServer(bursar: value("--bursar") ?? sibling("bursar"), seed: seed)
                    .run(seconds: value("--serve").flatMap(Int.init) ?? 100, only: value("--only"))
            case "hostile":
                try HostileWorkspaces(bursar: value("--bursar") ?? sibling("bursar"))
                    .run(only: value("--only"), isTold: arguments.contains("--trace"))
            case "adversary":
                try Adversary(
                    seed: seed, isQuick: arguments.contains("--quick"), only: value("--only").flatMap(Int.init), moves: value("--moves"),
                    days: value("--days").flatMap(Int.init) ?? 120, isTraced: arguments.contains("--trace")
                )
                .run(plays: value("--plays").flatMap(Int.init) ?? 1_000)
            default:
                print("usage: bursar-campaigns simulate [--days N] [--teams N] [--host github|gitlab|gitea] [--seed N] [--trace]")
                print("       bursar-campaigns kills [--count N] [--host github|gitlab|gitea] [--bursar PATH] [--seed N] [--trace]")
                print("       bursar-campaigns kills --local [--count N] [--bursar PATH] [--seed N]")
                print("       bursar-campaigns kills --messages [--count N] [--bursar PATH] [--seed N]")
                print("       bursar-campaigns kills --syscalls [--local] [--every N] [--bursar PATH]")
                print("       bursar-campaigns races [--count N] [--bursar PATH] [--seed N]")
                print("       bursar-campaigns faults [--quick | --only NAME] [--bursar PATH]")
                print("       bursar-campaigns hide [--rounds N] [--only SEED] [--keep FOLDER] [--seed N]")
                print("       bursar-campaigns hostile [--only TEXT] [--bursar PATH] [--trace]")
                print("       bursar-campaigns hostile --serve SECONDS [--only TEXT] [--bursar PATH] [--seed N]")
                print(
                    "       bursar-campaigns adversary [--plays N] [--days N] [--quick] [--only PLAY [--moves TEAM@DAY:MOVE;…] [--trace]] [--seed N]"
                )
                print("       bursar-campaigns nab FOLDER [--out FOLDER] [--labels combined_windows.json]")
                exit(2)
            }
        } catch {
            print("\(name) with seed \(seed) broke: \(error)")
            exit(1)
        }
    }

    private static func simulate(seed: UInt64, days: Int, teams: Int, kind: CodeHost, isTraced: Bool) throws {
        let begin = ContinuousClock.now
        let simulation = try Simulation(seed: seed, teams: teams, kind: kind, isTraced: isTraced)
        do { try simulation.run(days: days) } catch {
            print(simulation.summary)
            throw error
        }
        let seconds = begin.duration(to: .now).components.seconds
        print("simulate \(kind.rawValue), seed \(seed): every invariant held, in \(seconds) s; \(simulation.summary)")
    }

    private static func sibling(_ name: String) -> String {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name).path
    }
}
