internal import CostModel
internal import Forge
internal import Secrets

/// Takes out of a text what nobody should read in a log. Whoever writes a message leaves secrets out; this is the net below.
package enum Redactor {
    private static let mark = HiddenText.mark

    package static func redact(_ text: String) -> String {
        withoutTokens(withoutCredentials(HiddenText.ofThisProcess.hide(text)))
    }

    /// `https://user:password@host` without what stands before the `@`.
    private static func withoutCredentials(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && $0 != "/" && $0 != "'" && $0 != "\"" }
            guard let at = authority.lastIndex(of: "@") else { continue }
            result += mark
            rest = rest[at...]
        }
        return result + rest
    }

    /// Words behind `Bearer` and `Basic`, and those that begin as code hosts' tokens do.
    private static func withoutTokens(_ text: String) -> String {
        let prefixes = CodeHost.supports.flatMap(\.tokenPrefixes)
        var isBehindScheme = false
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
            defer { if !word.isEmpty { isBehindScheme = ["bearer", "basic"].contains(word.lowercased()) } }
            let bare = word.drop { !$0.isLetter && !$0.isNumber }
            if isBehindScheme && word.utf8.count >= 8 { return mark }
            return prefixes.contains { bare.hasPrefix($0) } ? mark : String(word)
        }
        return words.joined(separator: " ")
    }
}
