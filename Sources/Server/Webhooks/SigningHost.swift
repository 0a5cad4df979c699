internal import Secrets

/// How each code host proves that a delivery is its own, and names what has happened.
enum SigningHost: String, Sendable, CaseIterable {
    case github, gitlab, gitea

    /// - Returns: false where the proof is missing or of another form.
    func isSigned(_ request: Request, with secret: [UInt8]) -> Bool {
        switch self {
        case .github: isAuthentic(request.header("x-hub-signature-256"), prefix: "sha256=", request, secret)
        // Forgejo sends both.
        case .gitea: isAuthentic(request.header("x-gitea-signature"), prefix: "", request, secret)
        // GitLab sends the secret itself.
        case .gitlab: request.header("x-gitlab-token").map { Authentication.areEqual(secret, Array($0.utf8)) } ?? false
        }
    }

    private func isAuthentic(_ header: String?, prefix: String, _ request: Request, _ secret: [UInt8]) -> Bool {
        guard let header, header.hasPrefix(prefix), let code = Authentication.bytes(ofHex: header.dropFirst(prefix.count)) else {
            return false
        }
        return Authentication.areEqual(code, Authentication.code(of: request.body, key: secret))
    }

    /// `push`, for the audit: letters, digits, `_` and `-`, whatever the header says.
    func event(of request: Request) -> String {
        let header = request.header("x-\(rawValue)-event") ?? ""
        let word = header.lowercased().replacing(" ", with: "-").unicodeScalars.filter {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
        }
        return String(String(word).prefix(40))
    }
}
