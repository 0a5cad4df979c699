internal import Glibc
internal import Programs
internal import Secrets

/// Signs commits with an SSH key, as `git commit -S` does with `gpg.format=ssh`.
///
/// Ed25519 gives the same signature for the same commit, so a signed commit's id can still be told in advance; other keys need not.
package struct CommitSigner: Hashable, Sendable {
    /// A private key without a passphrase that nobody else may read.
    package let keyFile: String
    /// Milliseconds.
    private let deadline: Int

    package init(keyFile: String, deadline: Int = 10_000) throws(TransportError) {
        guard keyFile.hasPrefix("/") else {
            throw TransportError(.refused, "the path of the signing key '\(printable(keyFile))' is not absolute")
        }
        try SecretFile(keyFile, name: "signing key").checkForTransport()
        self.keyFile = keyFile
        self.deadline = deadline
    }

    /// The signature of a commit as Git stores it, without its last line break.
    func sign(_ commit: [UInt8]) throws(GitError) -> String {
        let result = try SSHKeygen.run(["-Y", "sign", "-q", "-n", "git", "-f", keyFile], input: commit, deadline: deadline)
        var text = String(decoding: result.output, as: UTF8.self)
        guard result.code == 0, text.hasPrefix("-----BEGIN SSH SIGNATURE-----") else {
            throw GitError(.other, Complaint(result.errors, hiding: []).text, operation: "sign with '\(printable(keyFile))'")
        }
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}

/// OpenSSH's tool for keys and signatures.
enum SSHKeygen {
    static func run(_ arguments: [String], input: [UInt8], deadline: Int) throws(GitError) -> Child.Result {
        var environment = Environment.passedOn
        // A key with a passphrase must fail, not ask; one that is not the file's own must not be taken.
        environment["SSH_ASKPASS_REQUIRE"] = "never"
        environment["SSH_AUTH_SOCK"] = nil
        do throws(Child.Failure) {
            return try Child(program: "ssh-keygen", arguments: arguments, environment: environment, input: input, deadline: deadline).run()
        } catch {
            throw GitError(.other, "\(TransportError(error, of: "ssh-keygen", TransportSettings(deadline: deadline)))")
        }
    }
}
