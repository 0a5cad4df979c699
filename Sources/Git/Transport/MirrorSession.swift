internal import Glibc
internal import Programs
internal import Secrets

/// One fetch or push: `git` runs with one deadline over all its steps, and what it says becomes an error.
struct MirrorSession {
    let folder: String
    let remote: RemoteURL
    private let settings: TransportSettings
    private let command: GitCommand
    private let secrets: [String]
    private let end: Int

    init(folder: String, remote: RemoteURL, settings: TransportSettings) throws(TransportError) {
        self.folder = folder
        self.remote = remote
        self.settings = settings
        end = Child.milliseconds() + settings.deadline
        let askPassPath = "\(folder)/bursar-askpass"
        command = GitCommand(remote: remote, settings: settings, askPassPath: askPassPath)
        if case .tokenFile(let path, let username) = settings.credentials, let scope = remote.passwordScope {
            // The token is read to keep it out of messages, should a server repeat it.
            secrets = [try SecretFile(path, name: "token file").tokenForTransport()]
            try MirrorFolder.write(
                try AskPass.script(scope: scope, tokenFile: path, username: username), to: askPassPath, mode: 0o700)
        } else {
            secrets = []
        }
    }

    /// Runs `git` in the mirror, whatever it exits with.
    ///
    /// - Parameters:
    ///   - watching: ends it when the fetch grows beyond its limit.
    ///   - deadline: where it may take less than what is left of the session's.
    func run(
        _ arguments: [String], input: [UInt8] = [], watching: Bool = false, deadline: Int = .max
    ) throws(TransportError) -> Child.Result {
        let left = max(end - Child.milliseconds(), 0)
        var child = try command.child(arguments, in: folder, input: input, deadline: min(left, deadline))
        let (folder, limit, isCancelled) = (folder, settings.fetchLimit, settings.isCancelled)
        let before = watching ? MirrorFolder.packSize(folder) : 0
        child.interrupt = {
            if isCancelled() { return .cancelled }
            return watching && MirrorFolder.packSize(folder) - before > limit ? .tooLarge : nil
        }
        do throws(Child.Failure) {
            let result = try child.run()
            // A small fetch may be over before it was looked at.
            if watching, MirrorFolder.packSize(folder) - before > limit { throw .interrupted(.tooLarge) }
            return result
        } catch {
            throw TransportError(error, of: "git", settings)
        }
    }

    /// Runs `git`, and throws what it complains about.
    @discardableResult
    func succeed(_ arguments: [String], input: [UInt8] = [], watching: Bool = false) throws(TransportError) -> [UInt8] {
        let result = try run(arguments, input: input, watching: watching)
        guard result.code == 0 else { throw error(result) }
        return result.output
    }

    func error(_ result: Child.Result) -> TransportError {
        let complaint = complaint(result.errors)
        let text = complaint.text.isEmpty ? "git ended with \(result.code)" : complaint.text
        let advice =
            complaint.code == .moved ? ": it has moved; set 'repository' to its new address, and then run 'bursar state rebind'" : ""
        return TransportError(complaint.code, "'\(remote)': \(text)\(advice)")
    }

    /// Whether what the other side says repeats what it was told in confidence.
    func holdsSecret(_ bytes: [UInt8]) -> Bool { HiddenText(secrets).occurs(in: bytes) }

    func complaint(_ bytes: [UInt8]) -> Complaint { Complaint(bytes, hiding: secrets) }
}

extension TransportError {
    init(_ failure: Child.Failure, of program: String, _ settings: TransportSettings) {
        self =
            switch failure {
            case .missing: TransportError(.missingProgram, "'\(program)' is not installed, or not in the PATH")
            case .deadline: TransportError(.deadline, "'\(program)' did not end within \(settings.deadline) ms and was stopped")
            case .tooMuchOutput: TransportError(.tooLarge, "'\(program)' printed more than is read")
            case .interrupted(.cancelled): TransportError(.cancelled, "'\(program)' was stopped, as was asked for")
            case .interrupted(.tooLarge): TransportError(.tooLarge, "the remote sent more than \(settings.fetchLimit) bytes")
            case .system(let reason): TransportError(.other, "cannot run '\(program)': \(reason)")
            }
    }
}

extension Child {
    /// For `git` without a remote.
    func runGit() throws(TransportError) -> Result {
        do throws(Failure) {
            return try run()
        } catch {
            throw TransportError(error, of: program, TransportSettings(deadline: deadline))
        }
    }
}
