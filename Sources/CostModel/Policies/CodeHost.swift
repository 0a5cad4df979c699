/// The code hosts on which requests can be opened: the only list of them.
///
/// The words of the configuration, the webhooks' routes and what is looked for in commits follow from it. What Bursar knows of each host
/// stands in one folder of `Forge`, see `CodeHostSupport`; a host without one does not compile.
package enum CodeHost: String, Hashable, Sendable, CaseIterable {
    case github, gitlab, gitea

    /// Where the API of the host's public service is; nil: there is no such service, and a configuration must name an address.
    package var publicAPI: String? {
        switch self {
        case .github: "https://api.github.com"
        case .gitlab: "https://gitlab.com/api/v4"
        case .gitea: nil
        }
    }
}

/// Where requests are opened: on a code host, or nowhere outside of this machine.
package enum RequestTarget: Hashable, Sendable {
    case host(CodeHost)
    /// `none`: there are only branches.
    case branches
    /// A folder of patch files; nothing is pushed.
    case patches

    /// Whether branches must be there before a request is opened.
    package var needsBranches: Bool { codeHost != nil }

    package var codeHost: CodeHost? { if case .host(let host) = self { host } else { nil } }
}

/// The words of a configuration.
extension RequestTarget: RawRepresentable, CaseIterable {
    package static var allCases: [RequestTarget] { CodeHost.allCases.map(RequestTarget.host) + [.branches, .patches] }

    package var rawValue: String {
        switch self {
        case .host(let host): host.rawValue
        case .branches: "none"
        case .patches: "patches"
        }
    }

    package init?(rawValue: String) {
        guard let target = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = target
    }
}
