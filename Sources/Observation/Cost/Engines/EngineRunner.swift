import CostModel
import Diagnostics
import Glibc
import Programs

/// Asks an engine by the operator's client: one program, no shell, an environment of named variables, a deadline, a limit of bytes.
struct EngineRunner {
    let client: EngineClient
    let environment: [String: String]

    /// Waits for so many milliseconds.
    var pause: @Sendable (Int) -> Void = EngineRunner.sleep

    var dialect: any EngineDialect { EngineDialects.dialect(of: client.engine, version: client.version) }

    /// How `ask` gives an answer.
    var output: EngineClient.Output { client.athena == nil ? client.output ?? dialect.output : .csv }

    /// What the client printed.
    func ask(_ statement: String) throws(FileFault) -> [UInt8] {
        if let athena = client.athena { return try AthenaQuery(runner: self, settings: athena).answer(to: statement) }
        let isPlaced = client.arguments.contains { $0.contains(Self.placeholder) }
        let arguments = (isPlaced ? client.arguments : client.arguments + dialect.arguments).map {
            $0.replacing(Self.placeholder, with: statement)
        }
        let result = try run(arguments, milliseconds: Int(client.deadline.seconds) * 1_000)
        guard result.code == 0 else { throw failed(result) }
        return result.output
    }

    /// Runs the client once.
    func run(_ arguments: [String], milliseconds: Int) throws(FileFault) -> Child.Result {
        let child = Child(
            program: client.program, arguments: arguments, environment: variables(dialect),
            // Clients read settings from where they run: never from a folder of somebody else's.
            folder: "/", outputLimit: client.outputLimit, deadline: milliseconds,
            interrupt: { WorkLimit.isReached ? .cancelled : nil })
        do throws(Child.Failure) { return try child.run() } catch { throw fault(error) }
    }

    private static let sleep: @Sendable (Int) -> Void = { milliseconds in
        for _ in 0..<milliseconds / 50 where !WorkLimit.isReached { poll(nil, 0, 50) }
    }

    /// Everything that decides what is asked whom, and as whom; of the variables' values only a digest under a key of ours is kept.
    func update(_ hash: inout ContentHash) {
        for text in [client.engine.rawValue, client.version ?? "", client.program] + client.arguments { hash.update(field: text) }
        hash.update(field: "\(output) \(client.athena.map { "\($0)" } ?? "")")
        for (name, value) in passedOn.sorted(by: { $0.key < $1.key }) { hash.update(field: "\(name)=\(value)") }
    }

    private static let placeholder = "{sql}"

    private func variables(_ dialect: any EngineDialect) -> [String: String] {
        var variables = passedOn
        variables.merge(["TZ": "UTC", "LC_ALL": "C.UTF-8"]) { _, ours in ours }
        return variables.merging(dialect.variables(deadline: client.deadline.seconds)) { _, ours in ours }
    }

    private var passedOn: [String: String] { environment.filter { client.environment.contains($0.key) } }

    // MARK: Messages

    var name: String { "'\(String(client.program.split(separator: "/").last ?? "").printable)'" }

    func fault(_ failure: Child.Failure) -> FileFault {
        let message =
            switch failure {
            case .missing: "the client \(name) is not there: '--clients' says where it is"
            case .deadline: "the client \(name) did not answer within \(client.deadline), and was ended"
            case .tooMuchOutput: "the client \(name) answered more than \(client.outputLimit >> 20) MiB, and was ended"
            case .interrupted: "asking the engine was stopped"
            case .system(let reason): "the client \(name) cannot be run: \(reason)"
            }
        return FileFault(id: "engine-client", description: message)
    }

    func failed(_ result: Child.Result) -> FileFault {
        // AWS's client, for one, exits with up to 255 by itself.
        let how = (129...192).contains(result.code) ? "was ended by signal \(result.code - 128)" : "failed with exit code \(result.code)"
        let said = excerpt(result.errors)
        return FileFault(id: "engine-client", description: "the client \(name) \(how)\(said.isEmpty ? "" : ": \(said)")")
    }

    /// The beginning of what it complained about, without anything that it was given in confidence.
    func excerpt(_ errors: [UInt8]) -> String {
        let own = ClientSecrets.divided(client.arguments, variables: passedOn).compactMap(\.secret)
        return ClientComplaint.excerpt(of: errors, hiding: ClientSecrets.values(of: passedOn) + own)
    }
}
