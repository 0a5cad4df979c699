internal import Forge

extension WebhookForm {
    /// - Returns: false where the proof is missing or of another form.
    func isProven(by request: Request, with secret: [UInt8]) -> Bool {
        switch proof {
        case .signature(let name, let prefix):
            guard let header = request.header(name), header.hasPrefix(prefix) else { return false }
            let expected = Secrets.authenticationCode(of: request.body, key: secret)
            return Secrets.areEqual(Array(expected.utf8), Array(header.dropFirst(prefix.count).lowercased().utf8))
        case .secret(let name): return request.header(name).map { Secrets.areEqual(secret, Array($0.utf8)) } ?? false
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
