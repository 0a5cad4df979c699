import Diagnostics

extension Command {
    static let initialize = Command(
        "init", "writes a starter workspace, policies and a hook into a folder",
        discussion: """
            Every key is explained where it stands, and everything says 'enforcement: warn', so that nothing fails before you say so. \
            Files that exist are left alone.
            """,
        common: [CommonOptions.directory.description, CommonOptions.quiet.description],
        examples: [.init("bursar init", "into the current folder"), .init("bursar init -C infrastructure", "into another")]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let folder = session.directory
        guard !Files.exists("\(folder)/bursar.yaml") else {
            throw CommandFailure("there is a workspace already: '\(folder)/bursar.yaml'".printable, .invalid)
        }
        for file in StarterFile.all {
            let path = "\(folder)/\(file.path)"
            guard !Files.exists(path) else {
                session.say("kept \(file.path), which exists")
                continue
            }
            do throws(FileError) {
                if let slash = path.lastIndex(of: "/") { try Files.createFolder(String(path[..<slash])) }
                try Files.write(Array(file.text.utf8), to: path, isExecutable: file.isExecutable)
            } catch { throw CommandFailure("the workspace cannot be written: \(error)", .invalid) }
            try console.print("wrote \(file.path)\n")
        }
        session.say(
            """

            next:
              1. teams/example.yaml    who owns what
              2. bursar.yaml           where the bill, the state and the metrics lie
              3. bursar validate       until it is content
              4. bursar check          what it finds
            the hook validates before each commit: git config core.hooksPath hooks
            """)
        return .clean
    }
}
