import CostModel
import Diagnostics

extension Command {
    private static let folder = Option<String>(
        "--out", value: "DIR", "write one file a kind, and 'schema.json' for any document, into a folder")

    static let schema = Command(
        "schema", "writes JSON Schemas of the policy language, for editors",
        discussion: """
            Without a KIND: of any document of a workspace. Editors find it by a first line such as \
            '# yaml-language-server: $schema=.bursar/schema.json', which 'bursar init' writes; after an update of bursar, \
            'bursar schema --out .bursar' renews it.

            A schema cannot know which teams there are, or what the workspace's currency is: 'bursar validate' does.
            """,
        arguments: [.init("KIND", "a kind", isRequired: false, choices: PolicyKind.allCases.map(\.rawValue))],
        options: [folder.description],
        examples: [
            .init("bursar schema --out .bursar", "all of them, beside a workspace"),
            .init("bursar schema Budget", "one kind's, to stdout"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let kind = invocation.arguments.first.flatMap(PolicyKind.init(rawValue:))
        guard let folder = invocation[folder] else {
            try console.writeOutput(PolicySchema(kind: kind).bytes)
            return .clean
        }
        let schemas = invocation.arguments.isEmpty ? PolicySchema.all : [PolicySchema(kind: kind)]
        do throws(FileError) {
            try Files.createOutputFolder(folder)
            for schema in schemas { try Files.replace("\(folder)/\(schema.fileName)", with: schema.bytes) }
        } catch { throw CommandFailure("the schemas cannot be written: \(error)", .invalid) }
        for schema in schemas { try console.print("wrote \(folder)/\(schema.fileName)".printable + "\n") }
        return .clean
    }
}
