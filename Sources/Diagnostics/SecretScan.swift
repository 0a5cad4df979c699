/// Looks for what must not be published: keys and tokens whose form gives them away.
///
/// Branch names, titles, bodies and trailers are made of what repositories and bills say, and some of that may be a secret that somebody
/// put into a tag or a name. Publishing it cannot be taken back, so a hit stops the writing.
package enum SecretScan {
    /// What a text holds, for a message that does not repeat it; nil where nothing looks like a secret.
    package static func kind(in text: String) -> String? {
        // Markdown writes `ghp\_…` for `ghp_…`.
        let bytes = text.utf8.filter { $0 != UInt8(ascii: "\\") }
        if contains(bytes, Array("PRIVATE KEY-----".utf8)) { return "a private key" }
        var start = 0
        while start < bytes.count {
            guard isWord(bytes[start]) else {
                start += 1
                continue
            }
            var end = start
            while end < bytes.count, isWord(bytes[end]) { end += 1 }
            if let kind = kind(ofWord: bytes[start..<end]) { return kind }
            start = end
        }
        return nil
    }

    /// How a secret begins, and how many letters follow at least.
    private static let forms: [(prefix: String, rest: Int, kind: String)] = [
        ("ghp_", 30, "a GitHub token"), ("gho_", 30, "a GitHub token"), ("ghu_", 30, "a GitHub token"), ("ghs_", 30, "a GitHub token"),
        ("ghr_", 30, "a GitHub token"), ("github_pat_", 22, "a GitHub token"),
        ("glpat-", 20, "a GitLab token"), ("gldt-", 20, "a GitLab token"), ("glrt-", 20, "a GitLab token"),
        ("glptt-", 20, "a GitLab token"),
        ("xoxb-", 20, "a Slack token"), ("xoxp-", 20, "a Slack token"), ("xoxa-", 20, "a Slack token"), ("xapp-", 20, "a Slack token"),
        ("sk_live_", 20, "a Stripe key"), ("rk_live_", 20, "a Stripe key"), ("npm_", 36, "an npm token"), ("AIza", 35, "a Google API key"),
        ("hvs.", 24, "a Vault token"), ("dop_v1_", 40, "a DigitalOcean token"),
    ]

    private static func kind(ofWord word: ArraySlice<UInt8>) -> String? {
        // A secret may stand behind other letters: `key=AKIA…` is split at the sign, `x/AKIA…` at the slash.
        if word.count == 20, word.starts(with: "AKIA".utf8) || word.starts(with: "ASIA".utf8),
            word.allSatisfy({ ("A"..."Z").contains(Unicode.Scalar($0)) || ("0"..."9").contains(Unicode.Scalar($0)) })
        {
            return "an AWS access key"
        }
        for form in forms where word.count >= form.prefix.utf8.count + form.rest && word.starts(with: form.prefix.utf8) { return form.kind }
        // A JSON web token: two or three parts, of which the first two begin with {" in base64.
        if word.count > 40, word.starts(with: "eyJ".utf8), contains(Array(word), Array(".eyJ".utf8)) { return "a JSON web token" }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        guard bytes.count >= needle.count else { return false }
        return (0...(bytes.count - needle.count)).contains { bytes[$0...].starts(with: needle) }
    }
}

extension SourceFile {
    /// The lines on which something looks like a secret.
    package var linesLikeSecrets: Set<Int> {
        Set((1...max(lineCount, 1)).filter { SecretScan.kind(in: text(contentRange(ofLine: $0))) != nil })
    }
}
