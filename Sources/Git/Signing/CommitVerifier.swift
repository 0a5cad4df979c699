internal import CGit2
internal import Glibc
internal import Programs

/// Tells whether a commit is signed by one of a few SSH keys.
///
/// A commit that a code host makes, such as a merge in its web page, is signed by the host with OpenPGP and counts as `unsupported`.
package struct CommitVerifier: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        /// By the key with this fingerprint, which is one of the expected.
        case verified(fingerprint: String)
        case unsigned
        /// The signature is sound, but nobody expected that key.
        case wrongKey(fingerprint: String)
        /// The signature does not belong to this commit, or is none.
        case bad(String)
        /// A signature of another kind than SSH's, such as `OpenPGP`.
        case unsupported(String)

        package var isVerified: Bool {
            if case .verified = self { return true }
            return false
        }
    }

    /// `SHA256:…`, sorted.
    package let fingerprints: [String]
    /// Milliseconds.
    private let deadline: Int

    /// - Parameter keys: each a line of an OpenSSH public key, `ssh-ed25519 AAAA… comment`, or a fingerprint, `SHA256:…`.
    package init(signedBy keys: [String], deadline: Int = 10_000) throws(GitError) {
        guard !keys.isEmpty else { throw GitError(.other, "no key is expected: every commit would be refused") }
        fingerprints = Set(try keys.map { key throws(GitError) in try CommitVerifier.fingerprint(key) }).sorted()
        self.deadline = deadline
    }

    package func verify(_ id: ObjectID, in repository: Repository) throws(GitError) -> Verdict {
        guard let (signature, content) = try repository.signature(of: id) else { return .unsigned }
        guard signature.hasPrefix("-----BEGIN SSH SIGNATURE-----") else {
            return .unsupported(signature.hasPrefix("-----BEGIN PGP") ? "OpenPGP" : signature.hasPrefix("-----BEGIN") ? "X.509" : "unknown")
        }
        guard let scratch = PrivateFile(Array(signature.utf8)) else { throw GitError(.other, "cannot write the signature to verify it") }
        let result = try SSHKeygen.run(["-Y", "check-novalidate", "-n", "git", "-s", scratch.path], input: content, deadline: deadline)
        let output = String(decoding: result.output, as: UTF8.self)
        guard result.code == 0, output.hasPrefix("Good \"git\" signature with "),
            let fingerprint = output.split(whereSeparator: \.isWhitespace).last.map(String.init), CommitVerifier.isFingerprint(fingerprint)
        else {
            let said = Complaint(result.errors, hiding: []).text
            return .bad(said.isEmpty ? "the signature does not belong to the commit" : said)
        }
        return fingerprints.contains(fingerprint) ? .verified(fingerprint: fingerprint) : .wrongKey(fingerprint: fingerprint)
    }

    private static func fingerprint(_ key: String) throws(GitError) -> String {
        if isFingerprint(key) { return key }
        let fields = key.split(separator: " ")
        guard fields.count >= 2, fields[1].hasPrefix("AAAA"), !key.utf8.contains(where: { $0 < 0x20 }) else {
            throw GitError(
                .other, "'\(printable(String(key.prefix(60))))' is neither a public key, such as 'ssh-ed25519 AAAA…', nor 'SHA256:…'")
        }
        let result = try SSHKeygen.run(["-l", "-E", "sha256", "-f", "-"], input: Array((key + "\n").utf8), deadline: 10_000)
        let output = String(decoding: result.output, as: UTF8.self).split(separator: " ")
        guard result.code == 0, output.count >= 2, isFingerprint(String(output[1])) else {
            throw GitError(.other, "'\(printable(String(key.prefix(60))))' is not a public key of OpenSSH")
        }
        return String(output[1])
    }

    /// 32 bytes in base 64, without the padding.
    private static func isFingerprint(_ text: String) -> Bool {
        text.hasPrefix("SHA256:") && text.utf8.count == 50
            && text.dropFirst(7).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+" || $0 == "/") }
    }
}

extension Repository {
    /// A commit's signature and the bytes it was made over; nil without one.
    fileprivate func signature(of id: ObjectID) throws(GitError) -> (signature: String, content: [UInt8])? {
        var raw = id.raw
        var (signature, content) = (git_buf(), git_buf())
        defer {
            git_buf_dispose(&signature)
            git_buf_dispose(&content)
        }
        do throws(GitError) {
            try git("read the signature of \(id.short)") { git_commit_extract_signature(&signature, &content, handle, &raw, "gpgsig") }
        } catch  where error.code == .notFound {
            // Throws when there is no such commit, which is no unsigned one.
            git_commit_free(try lookUpCommit(id))
            return nil
        }
        return (copied(signature.ptr), Array(UnsafeRawBufferPointer(start: content.ptr, count: content.size)))
    }
}

/// A file of our own that is gone with its last reference.
private final class PrivateFile {
    let path: String

    init?(_ bytes: [UInt8]) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/bursar-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { return nil }
        defer { close(file) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard write(file, bytes, bytes.count) == bytes.count else {
            unlink(path)
            return nil
        }
    }

    deinit { unlink(path) }
}
