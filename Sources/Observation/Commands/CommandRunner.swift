import CostModel
import Diagnostics
import Glibc
import Programs

/// Runs a command of the operator's to its end: one program, no shell, an environment of named variables, a deadline, a limit of bytes.
///
/// What may pass is asked again, after 1 s, 2 s and 4 s; the client's own retries come first.
struct CommandRunner {
    let connector: CommandConnector
    let environment: [String: String]
    /// Waits some seconds.
    var pause: (Double) -> Void = { usleep(UInt32($0 * 1_000_000)) }

    /// How often it is run at most.
    static let attempts = 4

    init(_ connector: CommandConnector, environment: [String: String]) {
        self.connector = connector
        self.environment = environment
    }

    /// What the program printed.
    ///
    /// - Parameter values: what stands for the placeholders of its arguments, such as `{from}`.
    func output(_ values: [String: String] = [:]) throws(ClientFailure) -> [UInt8] {
        var wait = 1.0
        for attempt in 1... {
            do throws(ClientFailure) { return try run(values) } catch {
                guard error.kind == .transient else { throw error }
                guard attempt < Self.attempts else {
                    throw ClientFailure(kind: .transient, message: "\(error.message); asked \(attempt) times")
                }
            }
            pause(wait)
            wait *= 2
        }
        preconditionFailure("a command is run a limited number of times")
    }

    private func run(_ values: [String: String]) throws(ClientFailure) -> [UInt8] {
        if WorkLimit.isReached { throw ClientFailure(kind: .failed, message: "asking was stopped") }
        let child = Child(
            program: connector.program, arguments: arguments(values), environment: variables,
            // Clients read settings from where they run: never from a folder of somebody else's.
            folder: "/", outputLimit: connector.outputLimit, deadline: Int(connector.deadline.seconds) * 1_000,
            interrupt: { WorkLimit.isReached ? .cancelled : nil })
        let result: Child.Result
        do throws(Child.Failure) { result = try child.run() } catch { throw failure(error) }
        guard result.code == 0 else { throw failed(result) }
        return result.output
    }

    private func arguments(_ values: [String: String]) -> [String] {
        connector.arguments.map { argument in
            values.sorted { $0.key < $1.key }.reduce(argument) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
    }

    /// The same in any language and time zone, without a pager, and without a wait for the metadata of a machine that is none of the cloud's.
    private var variables: [String: String] {
        let ours = ["TZ": "UTC", "LC_ALL": "C.UTF-8", "AWS_PAGER": "", "AZURE_CORE_NO_COLOR": "true", "CLOUDSDK_CORE_DISABLE_PROMPTS": "1"]
        let defaults = ["AWS_RETRY_MODE": "standard", "AWS_MAX_ATTEMPTS": "3"]
        return defaults.merging(passedOn) { _, theirs in theirs }.merging(ours) { _, ours in ours }
    }

    private var passedOn: [String: String] { environment.filter { connector.environment.contains($0.key) } }

    // MARK: What was run

    /// The program and its arguments as they may be shown: without the value behind an option that names a secret, without values of
    /// variables, without what looks like a secret.
    func shownArguments(_ values: [String: String] = [:]) -> [String] {
        [connector.program.printable]
            + ClientSecrets.divided(arguments(values), variables: passedOn).map { $0.shown.printable }
    }

    // MARK: Messages

    private func failure(_ failure: Child.Failure) -> ClientFailure {
        switch failure {
        case .missing:
            ClientFailure(kind: .stalled, message: "the program is not there: '--clients' says where it is")
        case .deadline:
            ClientFailure(
                kind: .failed,
                message: "it did not answer within \(connector.deadline), and was ended: 'deadline' says how long it may take")
        case .tooMuchOutput:
            ClientFailure(
                kind: .failed,
                message: "it printed more than \(connector.outputLimit >> 20) MiB, and was ended: ask for less, or set 'maxMegabytes'")
        case .interrupted: ClientFailure(kind: .failed, message: "asking was stopped")
        case .system(let reason): ClientFailure(kind: .stalled, message: "it cannot be run: \(reason)")
        }
    }

    private func failed(_ result: Child.Result) -> ClientFailure {
        // AWS's client ends with 252 to 255, which are no signals.
        let isSignal = result.code > 128 && result.code <= 128 + 64
        let how = isSignal ? "was ended by signal \(result.code - 128)" : "failed with exit code \(result.code)"
        let hidden = ClientSecrets.divided(connector.arguments, variables: passedOn).compactMap(\.secret)
        let said = ClientComplaint.excerpt(of: result.errors, hiding: ClientSecrets.values(of: passedOn) + hidden)
        let kind = ClientFailureKind.kind(code: result.code, errors: String(decoding: result.errors.prefix(1 << 16), as: UTF8.self))
        let remedy =
            switch kind {
            case .transient: ": it may pass by itself"
            case .stalled: ": sign in, or mend the permission or the arguments; it does not pass by itself"
            case .failed: ""
            }
        return ClientFailure(kind: kind, message: "it \(how)\(said.isEmpty ? "" : ": \(said)")\(remedy)")
    }
}
