import CostModel
import Diagnostics
import Programs

/// Asks an engine by the operator's client: one program, no shell, an environment of named variables, a deadline, a limit of bytes.
struct EngineRunner {
    let client: EngineClient
    let environment: [String: String]

    /// What the client printed.
    func ask(_ statement: String) throws(FileFault) -> [UInt8] {
        let dialect = EngineDialects.dialect(of: client.engine)
        let isPlaced = client.arguments.contains { $0.contains(Self.placeholder) }
        let arguments = (isPlaced ? client.arguments : client.arguments + dialect.arguments).map {
            $0.replacing(Self.placeholder, with: statement)
        }
        let child = Child(
            program: client.program, arguments: arguments, environment: variables(dialect),
            // Clients read settings from where they run: never from a folder of somebody else's.
            folder: "/", outputLimit: client.outputLimit, deadline: Int(client.deadline.seconds) * 1_000,
            interrupt: { WorkLimit.isReached ? .cancelled : nil })
        let result: Child.Result
        do throws(Child.Failure) { result = try child.run() } catch { throw fault(error) }
        guard result.code == 0 else { throw failed(result) }
        return result.output
    }

    private static let placeholder = "{sql}"

    private func variables(_ dialect: any EngineDialect) -> [String: String] {
        var variables = passedOn
        variables.merge(["TZ": "UTC", "LC_ALL": "C.UTF-8"]) { _, ours in ours }
        return variables.merging(dialect.variables(deadline: client.deadline.seconds)) { _, ours in ours }
    }

    private var passedOn: [String: String] { environment.filter { client.environment.contains($0.key) } }

    // MARK: Messages

    private var name: String { "'\(String(client.program.split(separator: "/").last ?? "").printable)'" }

    private func fault(_ failure: Child.Failure) -> FileFault {
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

    private func failed(_ result: Child.Result) -> FileFault {
        let how = result.code > 128 ? "was ended by signal \(result.code - 128)" : "failed with exit code \(result.code)"
        let own = client.arguments.filter { !$0.contains(Self.placeholder) && !$0.hasPrefix("-") }
        let said = ClientComplaint.excerpt(of: result.errors, hiding: Array(passedOn.values) + own)
        return FileFault(id: "engine-client", description: "the client \(name) \(how)\(said.isEmpty ? "" : ": \(said)")")
    }
}
