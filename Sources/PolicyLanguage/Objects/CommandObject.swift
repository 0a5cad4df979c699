import CostModel
import Diagnostics
import YAML

/// One entry of `commands` in the operator's document.
enum CommandObject: NestedObject {
    static let doc = "A program that prints what a source of a workspace names."
    static let name = Field("name", .commandName, .required, "By which sources name it: 'command: NAME'.")
    static let program = Field("program", .programPath, .required, "The program: an absolute path. No shell is in between.")
    static let arguments = Field(
        "arguments", .list(of: .text, minimum: 0),
        "Its arguments. Of 'cost-explorer' {from} and {to} stand for the first day of a month and of the next one.")
    static let output = Field(
        "output", .choice(CommandOutput.self), .required, "What it prints; it is the 'format' of the sources that may name it.")
    static let environment = Field("environment", .list(of: .variableName), "The variables of the environment that it is given.")
    static let deadline = Field("deadline", .timeSpan, default: "5m", "How long it may take.")
    static let maxMegabytes = Field("maxMegabytes", .integer(1...512), default: "64", "The most that it may print, in MiB.")
    static let maxDepth = Field("maxDepth", .integer(4...256), default: "64", "How deep what it prints may be nested.")
    static let fields = [
        name.description, program.description, arguments.description, output.description, environment.description, deadline.description,
        maxMegabytes.description, maxDepth.description,
    ]

    static func build(_ record: Record) -> CommandConnector? {
        let name = record.value(of: name)
        let program = record.value(of: program)
        let output = record.value(of: output)
        let deadline = record.value(of: deadline)
        let megabytes = record.value(of: maxMegabytes)
        guard let depth = record.value(of: maxDepth), let name, let program, let output, let deadline, let megabytes else { return nil }
        return CommandConnector(
            name: name, program: program, arguments: record.value(of: arguments) ?? [], environment: record.value(of: environment) ?? [],
            output: output, deadline: deadline, outputLimit: megabytes << 20, depth: depth)
    }
}
