import CostModel
import Diagnostics
import YAML

/// The `spec` of `kind: Reconciler`: what an operator tells the loop. It is no policy: it stands outside of the repositories.
enum ReconcilerObject: NestedObject {
    static let doc = "What an operator tells the loop."
    static let interval = Field("interval", .timeSpan, default: "10m", "How often workspaces are looked at.")
    static let workspaces = Field(
        "workspaces", .list(of: .object(WatchedWorkspaceObject.self), maximum: 500), .required, "The workspaces to watch.")
    static let fields = [interval.description, workspaces.description]

    static func build(_ record: Record) -> ReconcilerSettings? {
        let interval = record.value(of: interval)
        guard let workspaces = record.value(of: workspaces), let interval else { return nil }
        var names: Set<String> = []
        for workspace in workspaces where !names.insert(workspace.name).inserted {
            record.report(
                "duplicate-name", "workspace '\(workspace.name)' is named twice", at: record.range(of: Self.workspaces) ?? record.node.range
            )
        }
        return ReconcilerSettings(name: "", interval: interval, workspaces: workspaces)
    }
}

/// The whole document.
enum ReconcilerDocument: NestedObject {
    static let doc = "A document for 'bursar reconcile' and 'bursar serve'."
    static let apiVersion = Field("apiVersion", .word(EnvelopeObject.version), .required, "The version of the language.")
    static let kind = Field("kind", .word("Reconciler"), .required, "What the document is.")
    static let metadata = Field("metadata", .object(MetadataObject.self), .required, "What it is called.")
    static let spec = Field("spec", .object(ReconcilerObject.self), .required, "What it says.")
    static let fields = [apiVersion.description, kind.description, metadata.description, spec.description]

    static func build(_ record: Record) -> ReconcilerSettings? {
        _ = record.value(of: apiVersion)
        _ = record.value(of: kind)
        let name = record.value(of: metadata)
        guard var settings = record.value(of: spec), let name else { return nil }
        settings.name = name.value
        return settings
    }
}

/// One entry of `workspaces`.
enum WatchedWorkspaceObject: NestedObject {
    static let doc = "A workspace to watch."
    static let name = Field("name", .name, .required, "What it is called here; unique.")
    static let repository = Field("repository", .text, .required, "Its repository: a URL, or a path of this machine.")
    static let branch = Field("branch", .text, "The branch to watch; without it the repository's default branch.")
    static let path = Field("path", .treePath, "The folder of bursar.yaml in the repository; without it the root.")
    static let observed = Field("observed", .text, "The folder at which relative paths of observed data begin.")
    static let interval = Field("interval", .timeSpan, "How often it is looked at.")
    static let credentials = Field(
        "credentials", .object(CredentialsObject.self), "How Git proves who we are; by default as the user does.")
    static let protocols = Field(
        "protocols", .list(of: .choice(WatchedWorkspace.TransportProtocol.self)), "By which Git may reach out; by https and ssh by default."
    )
    static let forge = Field("forge", .object(ForgeObject.self), "Where requests are opened; without it branches only.")
    static let verify = Field("verify", .object(VerifyObject.self), "Whose signature a revision needs before it counts.")
    static let sign = Field("sign", .object(SignObject.self), "By what our commits are signed.")
    static let deadlines = Field("deadlines", .object(DeadlinesObject.self), "How long each stage may take.")
    static let fields = [
        name.description, repository.description, branch.description, path.description, observed.description, interval.description,
        credentials.description, protocols.description, forge.description, verify.description, sign.description, deadlines.description,
    ]

    static func build(_ record: Record) -> WatchedWorkspace? {
        let name = record.value(of: name)
        let repository = record.value(of: repository)
        let protocols = record.has(protocols) ? record.value(of: protocols) : [.https, .ssh]
        guard let name, let repository, let protocols else { return nil }
        let workspace = WatchedWorkspace(
            name: name, repository: repository, branch: record.value(of: branch), path: record.value(of: path) ?? "",
            observedFolder: record.value(of: observed), interval: record.value(of: interval),
            credentials: record.value(of: credentials) ?? .user, protocols: Set(protocols),
            forge: record.value(of: forge) ?? ForgeSettings(), verification: record.value(of: verify) ?? [],
            signingKey: record.value(of: sign), deadlines: record.value(of: deadlines) ?? StageDeadlines())
        if workspace.isLocal, workspace.forge.kind.needsBranches {
            record.report(
                "local-forge", "branches of a repository of this machine are not pushed, so no code host sees them: give its URL",
                at: record.range(of: forge) ?? record.node.range)
        }
        return workspace
    }
}

/// `credentials`
enum CredentialsObject: NestedObject {
    static let doc = "How Git proves who we are. Secrets stay in files."
    static let tokenFile = Field("tokenFile", .text, "A file with a token or password, for HTTPS.")
    static let username = Field("username", .text, default: "x-access-token", "The user's name that goes with the token.")
    static let sshKey = Field("sshKey", .text, "A private key file, for SSH.")
    static let knownHosts = Field("knownHosts", .text, "A file with the hosts' keys, for SSH.")
    static let fields = [tokenFile.description, username.description, sshKey.description, knownHosts.description]

    static func build(_ record: Record) -> WatchedWorkspace.Credentials? {
        let token = record.value(of: tokenFile)
        let username = record.value(of: username)
        let key = record.value(of: sshKey)
        let hosts = record.value(of: knownHosts)
        switch (token, key, hosts) {
        case (let token?, nil, nil): return .token(file: token, username: username ?? "x-access-token")
        case (nil, let key?, let hosts?): return .ssh(key: key, knownHosts: hosts)
        default:
            record.report(
                "wrong-value", "'credentials' must be either 'tokenFile', or 'sshKey' and 'knownHosts'", at: record.node.range)
            return nil
        }
    }
}

/// `forge`
enum ForgeObject: NestedObject {
    static let doc = "Where requests are opened."
    static let kind = Field("kind", .choice(RequestTarget.self), .required, "What it is.")
    static let api = Field("api", .text, "The address of its API; without it the public service's.")
    static let project = Field("project", .text, "owner/name; on GitLab the project's whole path.")
    static let tokenFile = Field("tokenFile", .text, "A file with the API's token.")
    static let folder = Field("folder", .text, "For 'patches': where they are written.")
    static let fields = [kind.description, api.description, project.description, tokenFile.description, folder.description]

    static func build(_ record: Record) -> ForgeSettings? {
        guard let kind = record.value(of: kind) else { return nil }
        let settings = ForgeSettings(
            kind: kind, api: record.value(of: api), project: record.value(of: project) ?? "", tokenFile: record.value(of: tokenFile),
            folder: record.value(of: folder))
        func require(_ isThere: Bool, _ key: String) {
            if !isThere { record.report("missing-key", "missing '\(key)' in 'forge'; '\(kind.rawValue)' needs it", at: record.node.range) }
        }
        switch kind {
        case .host(let host):
            require(!settings.project.isEmpty, "project")
            require(settings.tokenFile != nil, "tokenFile")
            require(host.publicAPI != nil || settings.api != nil, "api")
        case .patches: require(settings.folder != nil, "folder")
        case .branches: break
        }
        return settings
    }
}

/// `verify`
enum VerifyObject: NestedObject {
    static let doc = "Whose signature a revision needs."
    static let signedBy = Field(
        "signedBy", .list(of: .publicKey), .required, "SSH public keys, or their SHA256 fingerprints; one of them must have signed the tip."
    )
    static let fields = [signedBy.description]

    static func build(_ record: Record) -> [String]? { record.value(of: signedBy) }
}

/// `sign`
enum SignObject: NestedObject {
    static let doc = "By what our commits are signed."
    static let key = Field("key", .text, .required, "An SSH private key file without a passphrase.")
    static let fields = [key.description]

    static func build(_ record: Record) -> String? { record.value(of: key) }
}

/// `deadlines`
enum DeadlinesObject: NestedObject {
    static let doc = "How long each stage may take."
    private static let stages = Stage.allCases.map { stage in
        (
            stage,
            Field<TimeSpan>(
                stage.rawValue, .timeSpan, default: (StageDeadlines.standard[stage] ?? TimeSpan(seconds: 600)).minutes,
                "How long \(stage.rawValue) may take.")
        )
    }
    static let fields = stages.map(\.1.description)

    static func build(_ record: Record) -> StageDeadlines? {
        StageDeadlines(
            limits: Dictionary(uniqueKeysWithValues: stages.compactMap { stage, field in record.value(of: field).map { (stage, $0) } }))
    }
}

extension TimeSpan {
    fileprivate var minutes: String { "\(seconds / 60)m" }
}

extension Shape where Value == String {
    fileprivate static var publicKey: Shape {
        form("an SSH public key or its fingerprint", "ssh-ed25519 AAAA…", "SHA256:…") { text in
            let words = text.split(separator: " ")
            let isKey = words.count >= 2 && (words[0].hasPrefix("ssh-") || words[0].hasPrefix("ecdsa-") || words[0].hasPrefix("sk-"))
            return (isKey || text.hasPrefix("SHA256:")) && text.utf8.count <= 4_096
                && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        }
    }
}
