import CostModel
import Diagnostics
import Git
import Reconciliation

extension Command {
    private static let hooks = Option<Bool>.flag(
        "--hooks", help: "install the hooks of Git, too: pre-commit and pre-push; the starter only where there is no workspace yet")
    private static let server = Option<Bool>.flag(
        "--server", help: "with --hooks: pre-receive and post-receive, for a repository that others push to; no starter")

    static let initialize = Command(
        "init", "writes a starter workspace, policies and a hook into a folder",
        discussion: """
            Reads the repository first: its Terraform code, the tags that people write already, CODEOWNERS and folders that name teams, and \
            bills and states that lie in it. The workspace is made from what was found; what was not is a comment that says how to add it. \
            In a repository without any of these every key is explained where it stands.

            Everything says 'enforcement: warn', so that nothing fails before you say so. Files that exist are left alone; where there is a \
            workspace already, what it does not know yet is only shown. Editors complete and check the policies by '.bursar/schema.json'.

            Hooks go where Git runs them ('core.hooksPath', or the repository's own folder). A hook of somebody else is never \
            replaced: ours is written beside it, and you are told how to call it.
            """,
        options: [hooks.description, server.description],
        common: [CommonOptions.directory.description, CommonOptions.quiet.description],
        examples: [
            .init("bursar init", "into the current folder"), .init("bursar init -C infrastructure", "into another"),
            .init("bursar init --hooks", "and let Git ask before each commit and push"),
            .init("bursar init --hooks --server -C /srv/git/infra.git", "on the server"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        guard invocation.has(hooks) else {
            guard !invocation.has(server) else { throw .usage("'--server' goes with '--hooks'", of: "init") }
            try session.writeStarter(next: "the hook validates before each commit: git config core.hooksPath hooks")
            return .clean
        }
        let repository = try session.repository()
        if !invocation.has(server), try !session.holdsWorkspace(repository) {
            try session.writeStarter(withHooks: false)
        }
        return try session.install(invocation.has(server) ? Hook.server : Hook.client, in: repository)
    }
}

extension Session {
    fileprivate func writeStarter(withHooks: Bool = true, next: String? = nil) throws(CommandFailure) {
        let folder = directory
        try refuseWithoutWorkTree(folder)
        showProgress("looking around…")
        let survey = SurveyReader(directory: folder, now: now).read()
        showProgress(nil)
        guard !Files.exists("\(folder)/bursar.yaml") else {
            showMissing(survey)
            throw CommandFailure("there is a workspace already: '\(folder)/bursar.yaml'".printable, .invalid)
        }
        if !survey.isEmpty || !survey.remarks.isEmpty { say(survey.summary) }
        let files = StarterFile.proposed(for: survey).filter { withHooks || !$0.path.hasPrefix("hooks/") }
        for file in files + [.schema] {
            let path = "\(folder)/\(file.path)"
            guard !Files.exists(path) else {
                say("kept \(file.path), which exists")
                continue
            }
            do throws(FileError) {
                try Files.create(file.path, below: folder, with: Array(file.text.utf8), isExecutable: file.isExecutable)
            } catch { throw CommandFailure("the workspace cannot be written: \(error)", .invalid) }
            try console.print("wrote \(file.path)\n")
        }
        say(survey.isEmpty ? Self.explainedNext : Self.proposedNext)
        if let next { say(next) }
    }

    /// Git keeps its own files in such a folder: what is written there is in no commit, and nobody would ever read it.
    private func refuseWithoutWorkTree(_ folder: String) throws(CommandFailure) {
        // Outside of a repository a workspace may be begun before 'git init'.
        guard let repository = try? Repository.discover(from: folder) else { return }
        if repository.isBare {
            throw CommandFailure(
                "'\(folder.printable)' is a bare repository: it has no files of its own", .invalid,
                hint: "run 'bursar init' in a clone, commit and push; 'bursar init --hooks --server' installs hooks here")
        }
        guard let root = repository.workDirectory else { return }
        let (own, place) = (Files.absolute(repository.commonDirectory), Files.absolute(folder))
        if place == own || place.hasPrefix(own + "/") {
            throw CommandFailure(
                "'\(folder.printable)' is Git's own folder: what lies in it is in no commit", .invalid,
                hint: "run 'bursar init -C \(root.printable)'")
        }
    }

    private static let explainedNext = """

        next:
          1. teams/example.yaml    who owns what
          2. bursar.yaml           where the bill, the state and the metrics lie
          3. bursar validate       until it is content
          4. bursar check          what it finds
        """
    private static let proposedNext = """

        next:
          1. bursar check          what it finds today
          2. bursar plan           the patches for it
          3. read bursar.yaml and what was written beside it, keep what is right, and commit it
        """

    /// What was found and the workspace does not know: shown, never written.
    private func showMissing(_ survey: RepositorySurvey) {
        // Policies that are wrong are 'validate's to tell.
        guard let workspace = try? OpenedWorkspace(directory, .workTree, now: now) else { return }
        let missing = MissingParts(survey, policies: workspace.policies).texts
        say(
            missing.isEmpty
                ? "nothing was found that this workspace does not know"
                : "found, and not in this workspace:\n" + missing.joined(separator: "\n"))
    }

    fileprivate func repository() throws(CommandFailure) -> Repository {
        do throws(GitError) { return try Repository.discover(from: directory) } catch {
            throw CommandFailure("\(error)".printable, .invalid, hint: "hooks are Git's: 'git init' makes a repository")
        }
    }

    /// Whether a workspace lies anywhere in the repository: then nobody asks for another by asking for hooks. A bare one has no place for it.
    fileprivate func holdsWorkspace(_ repository: Repository) throws(CommandFailure) -> Bool {
        guard let root = repository.workDirectory else { return true }
        do throws(GitError) {
            return try WorkTree(root, in: repository).entries.contains { $0.path == "bursar.yaml" || $0.path.hasSuffix("/bursar.yaml") }
        } catch { throw CommandFailure("\(error)".printable, .invalid) }
    }

    fileprivate func install(_ hooks: [Hook], in repository: Repository) throws(CommandFailure) -> ExitCode {
        var isComplete = true
        do {
            let folder = try repository.hooksFolder()
            // What a commit can make a link, it could make lead anywhere.
            if let root = repository.workDirectory, folder.hasPrefix(root + "/"), !folder.hasPrefix(repository.commonDirectory + "/"),
                let link = Files.link(in: String(folder.dropFirst(root.count)), below: root)
            {
                throw CommandFailure("the folder for hooks leads through the link '\(link)', which is not followed".printable, .invalid)
            }
            for hook in hooks {
                switch try HookInstaller(folder: folder).install(hook) {
                case .written(let path): try console.print("wrote \(path)".printable + "\n")
                case .beside(let path, let foreign):
                    try console.print("wrote \(path)".printable + "\n")
                    console.say("kept \(foreign), which is not bursar's; to run both, let it begin with:".printable)
                    console.say("  " + hook.chaining)
                    if hook.readsLines { console.say("  # and give \"$lines\" to whatever else in it reads what is pushed") }
                case .blocked(let path):
                    isComplete = false
                    console.say("bursar: '\(path)' is not bursar's and stays: no \(hook.name) was written".printable)
                }
            }
            if !repository.holds(folder) { say("mind: \(folder) may serve other repositories, too (core.hooksPath)") }
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure("the hooks cannot be written: \(error)".printable, .invalid)
        }
        return isComplete ? .clean : .invalid
    }
}
