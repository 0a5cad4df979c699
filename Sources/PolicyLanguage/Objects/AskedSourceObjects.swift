import CostModel
import Diagnostics
import YAML

/// Where a source that is read from files, or asked of a command of the operator's, has its data.
struct SourceOrigin {
    var paths: [String] = []
    /// The name of a command in the operator's document of clients.
    var command: String?

    /// - Returns: Nil when something was wrong; it has been reported then.
    init?(_ record: Record, paths: Field<[String]>, command: Field<String>) {
        switch (record.has(paths), record.has(command)) {
        case (true, true):
            record.report(
                "wrong-value", "'\(command.key)' and 'paths' name two origins of one source: leave one out",
                at: record.node[command.key]?.range ?? record.node.range)
            return nil
        case (false, false):
            if record.hasKnownKeysOnly {
                record.report(
                    "missing-key", "missing 'paths' in \(record.context.subject), or 'command'; it must be a list", at: record.node.range)
            }
            return nil
        case (true, false):
            guard let read = record.value(of: paths) else { return nil }
            self.paths = read
        case (false, true):
            guard let read = record.value(of: command) else { return nil }
            self.command = read
        }
    }

    /// The field of a source by which it names a command.
    static let command = Field(
        "command", .commandName, "In the place of 'paths': a command of the operator's, which the document of '--clients' describes.")
}

/// One entry of `cloud`.
enum CloudSourceObject: NestedObject {
    static let doc = "What the cloud itself says is there."
    static let name = Field("name", .text, .required, "What the source is called.")
    static let format = Field("format", .format(CloudFormat.self), .required, "How the files are written.")
    static let paths = Field("paths", .list(of: .observedPath()), "Where the files are.")
    static let command = SourceOrigin.command
    static let fields = [name.description, format.description, paths.description, command.description]
    static let choice: KeyChoice? = .exactlyOne(of: [paths.key, command.key])

    static func build(_ record: Record) -> NamedSource<CloudSource>? {
        let name = record.located(name)
        let format = record.value(of: format)
        guard let origin = SourceOrigin(record, paths: paths, command: command), let name, let format else { return nil }
        return NamedSource(
            name: name,
            source: CloudSource(
                name: name.value, place: Place(record.node.range), format: format, paths: origin.paths, command: origin.command))
    }
}

/// One entry of `recommendations`.
enum AdviceSourceObject: NestedObject {
    static let doc = "What a provider advises, as its own client prints it."
    static let name = Field("name", .text, .required, "What the source is called.")
    static let format = Field("format", .format(AdviceFormat.self), .required, "Which service gives the advice.")
    static let paths = Field("paths", .list(of: .observedPath()), "Where the files are.")
    static let command = SourceOrigin.command
    static let maxAge = Field(
        "maxAge", .timeSpanOrNone, default: "7d", "How long ago the provider may have looked at a resource; 'none' for any time.")
    static let fields = [name.description, format.description, paths.description, command.description, maxAge.description]
    static let choice: KeyChoice? = .exactlyOne(of: [paths.key, command.key])

    static func build(_ record: Record) -> NamedSource<AdviceSource>? {
        let name = record.located(name)
        let format = record.value(of: format)
        let maxAge = record.value(of: maxAge)
        guard let origin = SourceOrigin(record, paths: paths, command: command), let name, let format, let maxAge else { return nil }
        return NamedSource(
            name: name,
            source: AdviceSource(
                name: name.value, place: Place(record.node.range), format: format, paths: origin.paths, command: origin.command,
                maxAge: maxAge))
    }
}

extension Shape where Value == String {
    /// How an operator's command is called.
    static var commandName: Shape {
        form(
            "a command's name of letters, digits, '_' and '-'", "cost-explorer", pattern: "^[A-Za-z_][A-Za-z0-9_-]*$",
            test: BillTable.isIdentifier)
    }
}
