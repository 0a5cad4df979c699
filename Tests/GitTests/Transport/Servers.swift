import Foundation
import Git
import Glibc
import TestSupport

/// What a test of real servers needs installed; each test names what it misses.
enum ServerProgram {
    static let nginx = named("nginx")
    static let fcgiwrap = named("fcgiwrap")
    static let sshd = named("sshd")
    static let openssl = named("openssl")

    static var hasHTTP: Bool { nginx != nil && fcgiwrap != nil && openssl != nil }
    static let missingHTTP = "nginx, fcgiwrap or openssl is not installed (nginx-light fcgiwrap openssl)"
    static let missingSSH = "sshd is not installed (openssh-server)"

    private static func named(_ name: String) -> Program? {
        // Servers often lie where only the administrator's PATH leads.
        if let program = Program.named(name) { return program }
        let path = "/usr/sbin/\(name)"
        return access(path, X_OK) == 0 ? Program(path: path) : nil
    }

    /// A program of Git's own folder.
    static func ofGit(_ name: String) throws -> Program {
        let path = try TemporaryRepository().git(["--exec-path"])
        return Program(path: "\(path)/\(name)")
    }
}

/// Bare repositories that servers offer, with one commit on `main` each.
struct ServedRepositories {
    let folder = TemporaryDirectory()
    let tip: ObjectID

    init(_ names: [String] = ["estate.git"]) throws {
        let source = try TemporaryRepository()
        try source.write("x = 1\n", to: "main.tf")
        try source.commit("base")
        tip = try source.head()
        for name in names {
            try source.git(["clone", "--quiet", "--bare", source.path, "\(folder.path)/\(name)"])
            try source.git(["-C", "\(folder.path)/\(name)", "config", "http.receivepack", "true"])
        }
    }

    func branch(_ name: String, of repository: String = "estate.git") throws -> String {
        try TemporaryRepository().git(["-C", "\(folder.path)/\(repository)", "rev-parse", name])
    }
}

/// A port of this machine on which nothing listens.
func freePort() throws -> Int {
    try LoopbackSocket().port
}

/// A socket that takes connections and never says a word.
final class LoopbackSocket {
    let port: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file, $0, size) == 0 && listen(file, 16) == 0 && getsockname(file, $0, &size) == 0
            }
        }
        guard descriptor >= 0, isListening else { throw TemporaryRepository.Failure(description: "cannot listen on 127.0.0.1") }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}

func isListening(_ port: Int) -> Bool {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(file) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
    }
}

/// `git http-backend` behind nginx, which asks for the user `bursar` and the token.
final class HTTPServer {
    static let token = "t0ken-of-the-tests"
    let repositories: ServedRepositories
    let port: Int
    private let folder = TemporaryDirectory()
    private let programs: [BackgroundProgram]

    /// - Parameter redirect: where `/moved/…` sends to.
    init(_ repositories: ServedRepositories, redirectingTo redirect: String = "http://127.0.0.1:1") throws {
        self.repositories = repositories
        port = try freePort()
        guard let nginx = ServerProgram.nginx, let fcgiwrap = ServerProgram.fcgiwrap, let openssl = ServerProgram.openssl else {
            throw TemporaryRepository.Failure(description: ServerProgram.missingHTTP)
        }
        let hash = try openssl.run("passwd", "-apr1", HTTPServer.token).output
        try folder.write("bursar:\(hash)", to: "htpasswd")
        let path = folder.path
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(path)/\($0);" }.joined(
            separator: "\n")
        try folder.write(
            """
            daemon off; pid \(path)/pid; error_log stderr; \(TestUser.isRoot ? "user root;" : "")
            events {}
            http {
                access_log \(path)/access; client_max_body_size 0;
                \(temporary)
                server {
                    listen 127.0.0.1:\(port);
                    location /moved/ { return 302 \(redirect)$request_uri; }
                    location /broken/ { return 503; }
                    location / {
                        auth_basic "estate"; auth_basic_user_file \(path)/htpasswd;
                        fastcgi_pass unix:\(path)/socket;
                        fastcgi_param SCRIPT_FILENAME \(try ServerProgram.ofGit("git-http-backend").path);
                        fastcgi_param GIT_PROJECT_ROOT \(repositories.folder.path);
                        fastcgi_param GIT_HTTP_EXPORT_ALL 1;
                        fastcgi_param PATH_INFO $uri;
                        fastcgi_param QUERY_STRING $query_string;
                        fastcgi_param REQUEST_METHOD $request_method;
                        fastcgi_param CONTENT_TYPE $content_type;
                        fastcgi_param CONTENT_LENGTH $content_length;
                        fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
                        fastcgi_param HTTP_GIT_PROTOCOL $http_git_protocol;
                        fastcgi_param REMOTE_USER $remote_user;
                        fastcgi_param REMOTE_ADDR $remote_addr;
                    }
                }
            }

            """, to: "nginx.conf")
        let cgi = try BackgroundProgram(fcgiwrap, ["-c", "4", "-s", "unix:\(path)/socket"])
        try cgi.wait { FileSystem.exists("\(path)/socket") }
        let web = try BackgroundProgram(nginx, ["-p", path, "-c", "\(path)/nginx.conf", "-e", "stderr"])
        programs = [web, cgi]
        let port = port
        try web.wait { isListening(port) }
    }

    func url(_ path: String = "estate.git") throws -> RemoteURL { try RemoteURL("http://127.0.0.1:\(port)/\(path)") }

    var accessLog: String { get throws { text(try folder.read("access")) } }
}

/// `git daemon`, which asks for nobody's name and takes pushes.
final class DaemonServer {
    let repositories: ServedRepositories
    let port: Int
    private let program: BackgroundProgram

    init(_ repositories: ServedRepositories) throws {
        self.repositories = repositories
        port = try freePort()
        program = try BackgroundProgram(
            ServerProgram.ofGit("git-daemon"),
            [
                "--reuseaddr", "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(repositories.folder.path)", "--export-all",
                "--enable=receive-pack",
            ])
        let port = port
        try program.wait { isListening(port) }
    }

    func url(_ path: String = "estate.git") throws -> RemoteURL {
        try RemoteURL("git://127.0.0.1:\(port)/\(path)", allowing: [.git])
    }
}

/// `sshd` with a host key and one authorised user key of its own.
final class SSHServer {
    let repositories: ServedRepositories
    let port: Int
    let folder = TemporaryDirectory()
    private let program: BackgroundProgram

    init(_ repositories: ServedRepositories) throws {
        self.repositories = repositories
        port = try freePort()
        guard let sshd = ServerProgram.sshd, let keygen = Program.named("ssh-keygen") else {
            throw TemporaryRepository.Failure(description: ServerProgram.missingSSH)
        }
        for name in ["host", "user", "stranger"] { try keygen.run("-q", "-t", "ed25519", "-N", "", "-f", "\(folder.path)/\(name)") }
        let hostKey = text(try folder.read("host.pub")).split(separator: " ").prefix(2).joined(separator: " ")
        try folder.write("[127.0.0.1]:\(port) \(hostKey)\n", to: "known")
        let strangerKey = text(try folder.read("stranger.pub")).split(separator: " ").prefix(2).joined(separator: " ")
        try folder.write("[127.0.0.1]:\(port) \(strangerKey)\n", to: "known-otherwise")
        try folder.write(
            """
            ListenAddress 127.0.0.1
            Port \(port)
            HostKey \(folder.path)/host
            PidFile none
            AuthorizedKeysFile \(folder.path)/user.pub
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin yes

            """, to: "sshd_config")
        // Where it locks itself up; made at boot by those that start it as a service.
        if TestUser.isRoot { mkdir("/run/sshd", 0o755) }
        program = try BackgroundProgram(sshd, ["-D", "-e", "-f", "\(folder.path)/sshd_config"])
        let port = port
        try program.wait { isListening(port) }
    }

    func url(_ path: String = "estate.git") throws -> RemoteURL {
        try RemoteURL("ssh://\(NSUserName())@127.0.0.1:\(port)\(repositories.folder.path)/\(path)")
    }

    func credentials(key: String = "user", known: String = "known") -> TransportSettings.Credentials {
        .sshKey("\(folder.path)/\(key)", knownHosts: "\(folder.path)/\(known)")
    }
}
