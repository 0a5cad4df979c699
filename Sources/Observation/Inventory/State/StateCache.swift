import CostModel
import Synchronization

/// State files that were read, by name, so that several trees of one workspace read each once.
package final class StateCache: Sendable {
    private enum Reading {
        case state(TerraformState)
        case problem(ObservationProblem)
    }

    private let readings = Mutex<[String: Reading]>([:])

    package init() {}

    /// A file's state as that of a root, or the problem that is added.
    func state(of file: ObservedFile, root: String?, _ problems: inout [ObservationProblem]) -> StateJoin.Source? {
        let reading = readings.withLock { readings in
            if let known = readings[file.name] { return known }
            let reading = Self.read(file)
            readings[file.name] = reading
            return reading
        }
        switch reading {
        case .state(let state): return StateJoin.Source(state, root: root)
        case .problem(let problem):
            problems.append(problem)
            return nil
        }
    }

    private static func read(_ file: ObservedFile) -> Reading {
        let bytes: [UInt8]
        do throws(FileFault) {
            bytes = try file.contents(limit: TerraformState.largestFile)
        } catch {
            return .problem(ObservationProblem(.partial, id: error.id, file: file.name, error.description))
        }
        do throws(TerraformStateError) { return .state(try TerraformState.read(bytes, file: file.name)) } catch {
            return .problem(error.problem)
        }
    }
}
