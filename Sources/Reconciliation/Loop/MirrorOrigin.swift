package import CostModel
import Git

/// A remote repository behind a mirror of ours.
package struct MirrorOrigin: RepositoryOrigin {
    package let directory: String
    private let mirror: Mirror

    /// - Parameters:
    ///   - folder: the mirror's, made when it is not there.
    ///   - isCancelled: asked while Git runs; true ends it.
    package init(
        at folder: String, _ watched: WatchedWorkspace, isCancelled: @escaping @Sendable () -> Bool
    ) throws(OriginError) {
        directory = folder
        let allowed = Set(watched.protocols.map(RemoteURL.Scheme.init))
        let remote: RemoteURL
        do throws(TransportError) { remote = try RemoteURL(watched.repository, allowing: allowed) } catch { throw OriginError(error) }
        guard remote.isNamed(in: allowed) else {
            throw OriginError("'\(remote)' is reached by '\(remote.scheme.rawValue)', which is not among 'protocols'", mayPass: false)
        }
        do throws(TransportError) {
            mirror = try Mirror(
                at: folder, remote: remote,
                settings: TransportSettings(
                    allowed: allowed, credentials: TransportSettings.Credentials(watched.credentials),
                    deadline: Int(watched.deadlines[.fetch].seconds) * 1_000, isCancelled: isCancelled))
        } catch { throw OriginError(error) }
    }

    package func fetch(branch: String?, prefixes: [String], others: [String]) throws(OriginError) -> OriginHeads {
        let fetched: Fetched
        do throws(TransportError) {
            fetched = try mirror.fetch(branches: (branch.map { [$0] } ?? []) + others, reservedPrefixes: prefixes)
        } catch { throw OriginError(error) }
        guard let name = branch ?? fetched.defaultBranch else {
            throw OriginError("'\(mirror.remote)' names no default branch: say which one to watch", mayPass: false)
        }
        guard let tip = fetched.branches[name] else {
            throw OriginError("'\(mirror.remote)' has no branch '\(name)'", mayPass: false)
        }
        return OriginHeads(
            branch: name, tip: tip,
            branches: fetched.branches.filter { branch in
                branch.key != name && (others.contains(branch.key) || prefixes.contains { branch.key.hasPrefix($0) })
            })
    }

    package func publish(_ updates: [BranchUpdate]) throws(OriginError) -> [String: BranchOutcome] {
        let results: [String: PushResult]
        do throws(TransportError) {
            results = try mirror.push(updates.map { RefUpdate(branch: $0.name, expected: $0.expected, new: $0.new) })
        } catch { throw OriginError(error) }
        return results.mapValues { result in
            switch result {
            case .done, .upToDate: .done
            case .rejected(.stale, _): .moved
            case .rejected(_, let message): .rejected(message)
            }
        }
    }
}

extension OriginError {
    init(_ error: TransportError) {
        self.init(error.message, mayPass: error.mayPass, isDeadline: error.code == .deadline, isOfSettings: error.isOfSettings)
    }
}

extension RemoteURL.Scheme {
    fileprivate init(_ known: WatchedWorkspace.TransportProtocol) {
        switch known {
        case .https: self = .https
        case .ssh: self = .ssh
        case .http: self = .http
        case .git: self = .git
        case .file: self = .file
        }
    }
}

extension TransportSettings.Credentials {
    fileprivate init(_ credentials: WatchedWorkspace.Credentials) {
        switch credentials {
        case .user: self = .user
        case .token(let file, let username): self = .tokenFile(file, username: username)
        case .ssh(let key, let knownHosts): self = .sshKey(key, knownHosts: knownHosts)
        }
    }
}
