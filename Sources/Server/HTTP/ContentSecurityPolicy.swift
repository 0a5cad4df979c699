/// What a browser may load and do for an answer. Nothing, unless the answer says otherwise.
package struct ContentSecurityPolicy: Hashable, Sendable {
    /// Only what a page of ours can need; nothing comes from elsewhere than this server, and no page is framed.
    package enum Directive: String, Hashable, Sendable, CaseIterable {
        case connect = "connect-src"
        case form = "form-action"
        case image = "img-src"
        case script = "script-src"
        case style = "style-src"
    }

    package enum Source: Hashable, Sendable {
        /// Files of this server.
        case ownServer
        /// An inline element with exactly this text, by its SHA-256 digest in Base64.
        case inline(digest: String)

        fileprivate var text: String {
            switch self {
            case .ownServer: "'self'"
            case .inline(let digest): "'sha256-\(digest)'"
            }
        }
    }

    private let sources: [Directive: [Source]]

    /// For answers that are no pages.
    package static let nothing = ContentSecurityPolicy(sources: [:])

    /// For a page: only this, and neither another base for its links nor forms that lead elsewhere, which the default does not forbid.
    package static func page(_ sources: [Directive: [Source]] = [:]) -> ContentSecurityPolicy {
        ContentSecurityPolicy(sources: [.form: []].merging(sources) { $1 })
    }

    /// The header's value.
    package var text: String {
        let allowed = Directive.allCases.compactMap { directive in
            sources[directive].map { "; \(directive.rawValue) " + ($0.isEmpty ? "'none'" : $0.map(\.text).joined(separator: " ")) }
        }
        let base = sources.isEmpty ? "" : "; base-uri 'none'"
        return "default-src 'none'\(allowed.joined())\(base); frame-ancestors 'none'"
    }
}
