import CostModel
import Diagnostics
import Observation

extension Command {
    private static let command = Option<String>(
        "--command", value: "NAME", "ask this command of the document of '--clients', and read no file")

    static let importing = Command(
        "import", "writes documents of what a provider keeps",
        discussion: """
            budgets: what 'aws budgets describe-budgets' prints becomes a file of Budget documents: limits, planned ones too, periods, the \
            cost that counts, and filters by service, account, region and tag.

            What a document cannot say is a comment in it, and counted. A budget that would count other money without it is a comment as a \
            whole. Alerts are not part of what is printed: those of each Budget are the usual ones. Read it before you commit it.
            """,
        arguments: [.init("WHAT", "what to import", choices: ["budgets"]), .init("FILE", "what the client printed", isRequired: false)],
        options: [command.description],
        common: [
            CommonOptions.clients.description, CommonOptions.now.description, CommonOptions.output.description,
            CommonOptions.quiet.description, CommonOptions.color.description,
        ],
        examples: [
            .init("bursar import budgets budgets.json --output policies/budgets.yaml", "from a file"),
            .init("bursar import budgets --command aws-budgets --clients clients.yaml", "by the operator's own client"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let file = invocation.arguments.dropFirst().first
        let imported: BudgetImport
        switch (file, invocation[command]) {
        case (let file?, nil): imported = BudgetImport(file: file, today: session.now.day)
        case (nil, let name?):
            imported = BudgetImport(command: name, clients: try session.clients(outside: []), now: session.now)
        case (nil, nil): throw .usage("FILE is missing, or '--command NAME'", of: "import")
        case (_?, _?): throw .usage("FILE and '--command' are two origins: name one", of: "import")
        }
        if let problem = imported.problem {
            throw CommandFailure("nothing is imported: \(problem.place): \(problem.message)".printable, .partial)
        }
        let bytes = Array(imported.text.utf8)
        if let path = invocation[CommonOptions.output] {
            do throws(FileError) { try Files.deliver(bytes, to: path) } catch {
                throw CommandFailure("the documents cannot be written: \(error)", .invalid)
            }
        } else {
            try console.print(imported.text)
        }
        session.say(imported.summary)
        return .clean
    }
}

extension BudgetImport {
    /// `3 of 5 budgets written, 1 of them with comments; 2 left out: usage (…)`
    fileprivate var summary: String {
        let parts = partly > 0 ? ", \(partly) of them with what cannot be expressed as comments" : ""
        let rest = entries.filter(\.isLeftOut).map { "\($0.name) (\($0.remarks.last ?? ""))" }
        return "\(written) of \(entries.count) \(entries.count == 1 ? "budget" : "budgets") written\(parts)"
            + (rest.isEmpty ? "" : "; \(leftOut) left out, as comments: \(rest.joined(separator: ", "))")
    }
}
