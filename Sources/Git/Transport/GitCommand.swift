internal import Glibc
internal import Programs
internal import Secrets

/// The `git` executable with everything switched off that a repository or a server could use to make us run or read something.
///
/// What stays on is the user's own, where the credentials are the user's: their helpers need their configuration.
struct GitCommand {
    let remote: RemoteURL
    let settings: TransportSettings
    /// Prints the token to `git`; beside the mirror, so that it is as private.
    let askPassPath: String

    /// - Parameter deadline: what is left of it, in milliseconds.
    func child(_ arguments: [String], in folder: String, input: [UInt8] = [], deadline: Int) throws(TransportError) -> Child {
        let options = configuration.flatMap { ["-c", $0] }
        var child = Child(
            program: "git", arguments: options + arguments, environment: try environment(), folder: folder, input: input, deadline: deadline
        )
        // A helper that keeps the user's credentials for a while is the user's.
        child.mayLeaveOthers = settings.credentials == .user
        return child
    }

    private var configuration: [String] {
        var values = [
            // A protocol of one address cannot lead to another: neither by a redirect nor by a rewritten address.
            "protocol.allow=never", "protocol.\(remote.scheme.rawValue).allow=always",
            // With `true` or `initial` another host could ask for the password.
            "http.followRedirects=false",
            // A server that sends nothing ends a connection that outlives us.
            "http.lowSpeedLimit=1", "http.lowSpeedTime=120",
            "core.hooksPath=/dev/null", "core.fsmonitor=false", "uploadpack.packObjectsHook=",
            "fetch.recurseSubmodules=false", "push.recurseSubmodules=no", "submodule.recurse=false",
            // Trees with '..' or '.git', bad modes, broken objects: refused while they arrive.
            "transfer.fsckObjects=true", "fetch.fsckObjects=true",
            // One pack a fetch, so that its size can be watched; large blobs are not held in memory.
            "fetch.unpackLimit=1", "transfer.unpackLimit=1", "core.bigFileThreshold=32m", "pack.threads=2",
            "transfer.bundleURI=false", "fetch.writeCommitGraph=false", "gc.auto=0", "maintenance.auto=false", "push.gpgSign=false",
            "push.followTags=false", "push.pushOption=", "remote.pushDefault=", "push.default=nothing", "advice.detachedHead=false",
            "core.askPass=",
        ]
        if settings.credentials != .user { values += ["credential.helper=", "credential.interactive=false"] }
        return values
    }

    /// Nothing is inherited but what finds programs, the user's own things and the way to the network.
    private func environment() throws(TransportError) -> [String: String] {
        var values = Environment.passedOn
        values["GIT_TERMINAL_PROMPT"] = "0"
        values["GIT_ALLOW_PROTOCOL"] = remote.scheme.rawValue
        values["GIT_PROTOCOL_FROM_USER"] = "0"
        values["GIT_NO_REPLACE_OBJECTS"] = "1"
        values["GIT_CEILING_DIRECTORIES"] = "/"
        guard settings.credentials != .user else {
            values["SSH_ASKPASS_REQUIRE"] = "never"
            return values
        }
        values["GIT_CONFIG_NOSYSTEM"] = "1"
        values["GIT_CONFIG_GLOBAL"] = "/dev/null"
        values["SSH_AUTH_SOCK"] = nil
        // What would ask a person is answered with nothing.
        values["GIT_ASKPASS"] = "/bin/false"
        switch settings.credentials {
        case .user: break
        case .tokenFile(let path, _):
            try SecretFile(path, name: "token file").checkForTransport()
            values["GIT_ASKPASS"] = askPassPath
            values["GIT_SSH_COMMAND"] = "/bin/false"
        case .sshKey(let key, let knownHosts):
            try SecretFile(key, name: "SSH key").checkForTransport()
            values["GIT_SSH_COMMAND"] = try SSHCommand.text(key: key, knownHosts: knownHosts)
            values["GIT_SSH_VARIANT"] = "ssh"
        }
        return values
    }
}

/// The environment that programs we run are given.
enum Environment {
    private static let names = [
        "PATH", "HOME", "LANG", "USER", "LOGNAME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK",
        "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "http_proxy", "https_proxy", "HTTPS_PROXY", "no_proxy",
        "NO_PROXY", "all_proxy", "ALL_PROXY",
    ]

    static var passedOn: [String: String] {
        var values = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
        for name in names {
            if let value = getenv(name) { values[name] = String(cString: value) }
        }
        // Messages are read by us.
        values["LC_ALL"] = "C"
        return values
    }
}

/// `ssh` with one key and the known hosts, and nothing of the user's configuration.
enum SSHCommand {
    /// `git` gives it to a shell: paths stand in single quotes, and what could end those is refused.
    static func text(key: String, knownHosts: String) throws(TransportError) -> String {
        for path in [key, knownHosts] {
            // `ssh` reads `%`, `~`, `"` and blanks in its options once more.
            guard path.hasPrefix("/"), path.utf8.allSatisfy({ isPlain($0) }) else {
                throw TransportError(
                    .refused, "the path '\(printable(path))' is not absolute or holds more than letters, digits and '/._+,@-'")
            }
        }
        let options = [
            "IdentitiesOnly=yes", "IdentityAgent=none", "BatchMode=yes", "StrictHostKeyChecking=yes", "UserKnownHostsFile=\(knownHosts)",
            "GlobalKnownHostsFile=/dev/null", "UpdateHostKeys=no", "ForwardAgent=no", "ForwardX11=no", "PermitLocalCommand=no",
            "ServerAliveInterval=30", "ServerAliveCountMax=4",
        ]
        return "ssh -F /dev/null -i '\(key)'" + options.map { " -o '\($0)'" }.joined()
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "/._+,@-".utf8.contains(byte)
        }
    }
}
