import Git
import TestSupport
import Testing

@Suite("signed commits", .enabled(if: Program.named("ssh-keygen") != nil, "ssh-keygen is not installed (openssh-client)"))
struct SigningTests {
    /// A key pair without a passphrase.
    private struct Key {
        let file: String
        let publicLine: String

        init(_ name: String, in folder: TemporaryDirectory, type: String = "ed25519") throws {
            file = "\(folder.path)/\(name)"
            let made = try #require(Program.named("ssh-keygen")).run("-q", "-t", type, "-N", "", "-C", "ada@example.com", "-f", file)
            try #require(made.code == 0, "\(made.error)")
            publicLine = String(decoding: try folder.read("\(name).pub"), as: UTF8.self).trimmingLine
        }
    }

    private let folder = TemporaryDirectory()
    private let temporary: TemporaryRepository
    private let base: ObjectID

    init() throws {
        temporary = try TemporaryRepository()
        try temporary.write("old", to: "a.tf")
        base = try #require(ObjectID(try temporary.commit()))
    }

    private var draft: CommitDraft {
        CommitDraft(
            base: base, files: ["a.tf": Array("new".utf8)], message: "Tag\n\nBursar-Finding: f-1\n", author: signature, committer: signature
        )
    }

    @Test("have the same id every time, satisfy git and fsck, and say the same as unsigned ones")
    func sign() throws {
        let key = try Key("key", in: folder)
        let signer = try CommitSigner(keyFile: key.file)
        let repository = try temporary.open()
        let id = try repository.write(draft, signer: signer)
        #expect(try temporary.open().write(draft, signer: signer) == id)
        #expect(try repository.write(draft) != id)
        #expect(try repository.commit(id).message == draft.message)
        #expect(try repository.commit(id).tree == repository.writeTree(of: draft))
        try folder.write("ada@example.com \(key.publicLine)\n", to: "allowed")
        let verified = try temporary.attempt(
            ["-c", "gpg.ssh.allowedSignersFile=\(folder.path)/allowed", "verify-commit", "-v", id.description])
        #expect(verified.code == 0, "\(verified.error)")
        #expect(verified.error.contains("Good \"git\" signature for ada@example.com"))
        try temporary.git(["fsck", "--strict"])
    }

    @Test("are verified by a public key and by a fingerprint; others' are told apart")
    func verify() throws {
        let (key, other) = (try Key("key", in: folder), try Key("other", in: folder))
        let repository = try temporary.open()
        let signed = try repository.write(draft, signer: CommitSigner(keyFile: key.file))
        let verifier = try CommitVerifier(signedBy: [key.publicLine, other.publicLine])
        guard case .verified(let fingerprint) = try verifier.verify(signed, in: repository) else {
            Issue.record("a commit of an expected key is not verified")
            return
        }
        #expect(verifier.fingerprints.contains(fingerprint))
        #expect(try CommitVerifier(signedBy: [fingerprint]).verify(signed, in: repository).isVerified)
        #expect(try CommitVerifier(signedBy: [other.publicLine]).verify(signed, in: repository) == .wrongKey(fingerprint: fingerprint))
        #expect(try verifier.verify(base, in: repository) == .unsigned)
    }

    @Test("that git made are verified, too")
    func madeByGit() throws {
        let key = try Key("key", in: folder)
        try temporary.git(["-c", "gpg.format=ssh", "-c", "user.signingKey=\(key.file)", "commit", "--allow-empty", "-S", "-m", "by git"])
        #expect(try CommitVerifier(signedBy: [key.publicLine]).verify(temporary.head(), in: temporary.open()).isVerified)
    }

    @Test("whose content was changed, whose signature is another commit's, in another namespace or of another kind are refused")
    func forged() throws {
        let key = try Key("key", in: folder)
        let repository = try temporary.open()
        let verifier = try CommitVerifier(signedBy: [key.publicLine])
        let signed = try repository.write(draft, signer: CommitSigner(keyFile: key.file))
        let bytes = try temporary.git(["cat-file", "commit", signed.description]) + "\n"
        let write = { (text: String) in
            try #require(
                ObjectID(try temporary.git(["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], input: Array(text.utf8))))
        }
        guard case .bad = try verifier.verify(write(bytes.replacingOccurrence(of: "Tag", with: "Tax")), in: repository) else {
            Issue.record("changed content passes")
            return
        }
        let pgp = bytes.replacingOccurrence(of: "SSH SIGNATURE", with: "PGP SIGNATURE")
        #expect(try verifier.verify(write(pgp), in: repository) == .unsupported("OpenPGP"))
        // Signed for a file, not for Git.
        let unsigned = try temporary.git(["cat-file", "commit", repository.write(draft).description]) + "\n"
        try folder.write(unsigned, to: "content")
        let keygen = try #require(Program.named("ssh-keygen"))
        #expect(try keygen.run("-Y", "sign", "-n", "file", "-f", key.file, folder.path + "/content").code == 0)
        let signature = text(try folder.read("content.sig")).split(separator: "\n").joined(separator: "\n ")
        let withFiles = unsigned.replacingOccurrence(of: "\n\n", with: "\ngpgsig \(signature)\n\n")
        guard case .bad = try verifier.verify(write(withFiles), in: repository) else {
            Issue.record("a signature in another namespace passes")
            return
        }
        #expect(try gitError { _ = try verifier.verify(#require(ObjectID(String(repeating: "1", count: 40))), in: repository) } != nil)
    }

    @Test("need a key that only its owner can read, and that asks for no passphrase")
    func keyFiles() throws {
        let key = try Key("key", in: folder)
        #expect(try transportError { _ = try CommitSigner(keyFile: "key") }?.code == .refused)
        try FileSystem.setMode(0o644, of: key.file)
        #expect(try transportError { _ = try CommitSigner(keyFile: key.file) }?.code == .refused)
        let keygen = try #require(Program.named("ssh-keygen"))
        #expect(try keygen.run("-q", "-t", "ed25519", "-N", "secret", "-f", folder.path + "/locked").code == 0)
        let signer = try CommitSigner(keyFile: folder.path + "/locked")
        #expect(try gitError { _ = try temporary.open().write(draft, signer: signer) } != nil)
        #expect(try gitError { _ = try CommitVerifier(signedBy: ["rubbish"]) } != nil)
        #expect(try gitError { _ = try CommitVerifier(signedBy: ["ssh-ed25519 AAAAjunk"]) } != nil)
        #expect(try gitError { _ = try CommitVerifier(signedBy: []) } != nil)
    }
}

extension String {
    fileprivate var trimmingLine: String { hasSuffix("\n") ? String(dropLast()) : self }

    /// Only the first one.
    fileprivate func replacingOccurrence(of needle: String, with replacement: String) -> String {
        firstRange(of: needle).map { self[..<$0.lowerBound] + replacement + self[$0.upperBound...] } ?? self
    }
}
