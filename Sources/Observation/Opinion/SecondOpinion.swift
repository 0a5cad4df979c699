package import CostModel
import Diagnostics
import Programs
import Secrets

/// Asks the operator's program what it thinks of a finding.
///
/// The program gets JSON on its standard input and answers plain text. It runs without a shell, with named variables only, has a deadline and
/// a limit of bytes, and what it says is text of a stranger: made harmless, marked as not ours, and nothing is decided by it.
package struct SecondOpinion {
    package enum Answer: Hashable, Sendable {
        /// Lines that may be shown.
        case text(String)
        /// Why there is none.
        case none(String)
    }

    /// A longer question is not asked.
    package static let questionLimit = 64 << 10
    private static let mostLines = 60
    private static let longestLine = 500

    private let client: OpinionClient
    private let environment: [String: String]

    /// Nil: the operator names no program.
    package init?(_ clients: EngineClients) {
        guard let client = clients.opinion else { return nil }
        self.client = client
        environment = clients.environment
    }

    /// `advisor`
    package var name: String { String(client.program.split(separator: "/").last ?? "").printable }

    /// What tells the answers to a question from all others.
    package func key(of question: [UInt8]) -> String {
        var hash = SHA256()
        for field in [client.program] + client.arguments { hash.update(field: field) }
        hash.update(question[...])
        return hash.hexDigest()
    }

    package func ask(_ question: [UInt8]) -> Answer {
        guard question.count <= Self.questionLimit else { return .none("the finding is larger than \(Self.questionLimit >> 10) KiB") }
        if let kind = SecretScan.kind(in: String(decoding: question, as: UTF8.self)) {
            return .none("the finding holds \(kind), and was not handed on")
        }
        var variables = passedOn
        variables.merge(["TZ": "UTC", "LC_ALL": "C.UTF-8"]) { _, ours in ours }
        let child = Child(
            program: client.program, arguments: client.arguments, environment: variables, folder: "/", input: question,
            outputLimit: client.outputLimit, deadline: Int(client.deadline.seconds) * 1_000,
            interrupt: { WorkLimit.isReached ? .cancelled : nil })
        do throws(Child.Failure) {
            let result = try child.run()
            guard result.code == 0 else { return .none("'\(name)' failed with exit code \(result.code)") }
            return shown(result.output)
        } catch {
            switch error {
            case .missing: return .none("'\(name)' is not there")
            case .deadline: return .none("'\(name)' did not answer within \(client.deadline)")
            case .tooMuchOutput: return .none("'\(name)' answered more than \(client.outputLimit) bytes")
            case .interrupted: return .none("asking was stopped")
            case .system(let reason): return .none("'\(name)' cannot be run: \(reason)")
            }
        }
    }

    private var passedOn: [String: String] { environment.filter { client.environment.contains($0.key) } }

    /// What was answered, or was kept of an answer, without anything that could do harm: plain lines, none too long, no control characters, no
    /// secrets, none of the values of its variables.
    package func shown(_ answer: [UInt8]) -> Answer {
        let text = ClientSecrets.hidden(ClientSecrets.values(of: passedOn)).hide(String(decoding: answer, as: UTF8.self))
        if let kind = SecretScan.kind(in: text) { return .none("the answer holds \(kind), and is not shown") }
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            String(line.prefix(Self.longestLine)).split(separator: "\t").joined(separator: " ").printable
        }.filter { line in line.contains { $0 != " " } }
        guard !lines.isEmpty else { return .none("the answer is empty") }
        return .text(lines.prefix(Self.mostLines).joined(separator: "\n") + (lines.count > Self.mostLines ? "\n…" : ""))
    }
}
