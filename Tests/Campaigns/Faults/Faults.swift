import CostModel
import Foundation
import TestSupport

/// Breaks the world under the real program in one way after the other: each time it must say so with the documented exit code, leave
/// nothing half done, and come through when the world is whole again.
struct Faults {
    struct Trial: Sendable {
        let name: String
        /// Whether it takes a minute and more.
        var isSlow = false
        let run: @Sendable (_ bursar: String) throws -> Void
    }

    private static let trials = DiskTrials.all + RemoteTrials.all + LocalTrials.all

    /// - Parameters:
    ///   - name: the only one to run; nil: all.
    ///   - isQuick: leaves out those that take long.
    static func run(bursar: String, only name: String?, isQuick: Bool) throws {
        var count = 0
        for trial in trials where name.map({ $0 == trial.name }) ?? !(isQuick && trial.isSlow) {
            let begin = Date()
            do {
                try trial.run(bursar)
                count += 1
                print("faults: \(trial.name): held, \(Int(Date().timeIntervalSince(begin) * 1_000)) ms")
            } catch let skipped as Skipped {
                print("faults: \(trial.name): skipped, \(skipped.reason)")
            } catch let broken as Broken { throw Broken("\(trial.name): \(broken)") }
        }
        print("faults: \(count) of all \(trials.count) held; the others were skipped or not asked for")
    }
}
