internal import JSON
internal import Reporting

/// A code host's delivery, once its signature holds: the repositories that it is about, and nothing else. What it says has happened is not
/// believed; it only decides which workspaces are looked at.
struct Delivery: Hashable {
    /// Normalised, see `RepositoryAddress`.
    let repositories: Set<String>

    /// Nil for what is no JSON object within the limits.
    init?(_ body: [UInt8]) {
        guard let document = Self.document(body), case .object = document else { return nil }
        var found: Set<String> = []
        for holder in ["repository", "project"] {
            for key in ["clone_url", "ssh_url", "html_url", "git_http_url", "git_ssh_url", "web_url"] {
                guard case .string(let text)? = document[holder]?[key], text.utf8.count <= 2_000 else { continue }
                if let address = RepositoryAddress.normalised(text) { found.insert(address) }
            }
        }
        repositories = found
    }

    private static func document(_ body: [UInt8]) -> JSONValue? {
        // Why a stranger's text is no JSON is of no use to anybody.
        do throws(JSONError) { return try JSONReader.read(body) } catch { return nil }
    }
}

/// The name by which one repository is known under its different URLs.
enum RepositoryAddress {
    /// `https://git@Example.org:443/Team/App.git` and `git@example.org:team/app` are `example.org/team/app`: code hosts do not tell names
    /// apart by case, and where one does, one workspace too many is looked at. Nil for a path of this machine.
    static func normalised(_ url: String) -> String? {
        var rest = url[...]
        let path: Substring
        if let scheme = rest.firstRange(of: "://") {
            guard rest[..<scheme.lowerBound].lowercased() != "file" else { return nil }
            rest = rest[scheme.upperBound...]
            guard let slash = rest.firstIndex(of: "/") else { return nil }
            path = rest[rest.index(after: slash)...]
            rest = rest[..<slash]
        } else {
            // The form of scp: a colon before any slash.
            guard let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/") else { return nil }
            path = rest[rest.index(after: colon)...]
            rest = rest[..<colon]
        }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        let host = rest.prefix { $0 != ":" }
        var segments = path.split(separator: "/").map { $0.lowercased() }
        guard !host.isEmpty, let last = segments.popLast() else { return nil }
        segments.append(last.hasSuffix(".git") ? String(last.dropLast(4)) : last)
        return ([host.lowercased()] + segments).joined(separator: "/")
    }
}
