internal import Forge
internal import Secrets

extension WebhookForm {
    /// - Returns: false where the proof is missing or of another form.
    func isProven(by request: Request, with secret: [UInt8]) -> Bool {
        switch proof {
        case .signature(let name, let prefix):
            guard let header = request.header(name), header.hasPrefix(prefix),
                let code = Authentication.bytes(ofHex: header.dropFirst(prefix.count))
            else { return false }
            return Authentication.areEqual(code, Authentication.code(of: request.body, key: secret))
        case .secret(let name): return request.header(name).map { Authentication.areEqual(secret, Array($0.utf8)) } ?? false
        }
    }

    /// `push`, for the audit: letters, digits, `_` and `-`, whatever the header says.
    func event(of request: Request) -> String {
        let header = request.header(eventHeader) ?? ""
        let word = header.lowercased().replacing(" ", with: "-").unicodeScalars.filter {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
        }
        return String(String(word).prefix(40))
    }
}
