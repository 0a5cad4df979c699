import CostModel
import Synchronization

/// Keeps what it is told.
final class EventRecorder: LoopObserver {
    let name = "recorder"
    private let state = Mutex<[LoopEvent]>([])

    var events: [LoopEvent] { state.withLock { $0 } }
    /// What was told since it was asked last, in short words.
    func take() -> [String] {
        state.withLock { events in
            defer { events = [] }
            return events.map(\.word)
        }
    }

    func observe(_ event: LoopEvent) { state.withLock { $0.append(event) } }
}

extension LoopEvent {
    /// `stage fetch Succeeded`, `request opened`
    fileprivate var word: String {
        switch kind {
        case .runBegan(let cause): "began by \(cause)"
        case .runEnded(let run, let cause): "ended \(run.outcome.rawValue) by \(cause)"
        case .stageEnded(let status): "stage \(status.stage.rawValue) \(status.reason.rawValue)"
        case .scored(let changes): "scored " + changes.map(\.word).joined(separator: ", ")
        case .findingsChanged(let changes): "findings " + changes.map { $0.event.kind.rawValue }.joined(separator: ", ")
        case .requestChanged(let change): "request \(change.kind.rawValue)"
        case .suspended(let cause): "suspended by \(cause)"
        case .resumed(let cause): "resumed by \(cause)"
        case .problem(let problem): "\(problem.severity.rawValue) \(problem.message)"
        }
    }
}

extension ScoreChange {
    fileprivate var word: String {
        func said(_ day: ScoreDay?) -> String { day.map { "\($0.score.map { "\($0)" } ?? "–") \($0.level.rawValue)" } ?? "new" }
        return "\(team) \(said(before)) → \(said(after))"
    }
}
