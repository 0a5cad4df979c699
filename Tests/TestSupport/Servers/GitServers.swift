internal import Foundation
internal import Glibc

/// `git http-backend` behind nginx, which asks for the user `bursar` and the token.
package final class GitHTTPServer {
    package static let token = "t0ken-of-the-tests"
    package let port: Int
    private let folder = TemporaryDirectory()
    private let programs: [BackgroundProgram]

    /// - Parameters:
    ///   - repositories: a folder of bare ones.
    ///   - redirect: where `/moved/…` sends to.
    package init(of repositories: String, redirectingTo redirect: String = "http://127.0.0.1:1") throws {
        port = try freePort()
        guard let nginx = ServerProgram.nginx, let fcgiwrap = ServerProgram.fcgiwrap, let openssl = ServerProgram.openssl else {
            throw TemporaryRepository.Failure(description: ServerProgram.missingHTTP)
        }
        let hash = try openssl.run("passwd", "-apr1", GitHTTPServer.token).output
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
                        fastcgi_param GIT_PROJECT_ROOT \(repositories);
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

    package func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

    package var accessLog: String { get throws { String(decoding: try folder.read("access"), as: UTF8.self) } }
}

/// `git daemon`, which asks for nobody's name and takes pushes.
package final class GitDaemonServer {
    package let port: Int
    private let program: BackgroundProgram

    package init(of repositories: String) throws {
        port = try freePort()
        program = try BackgroundProgram(
            ServerProgram.ofGit("git-daemon"),
            [
                "--reuseaddr", "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(repositories)", "--export-all",
                "--enable=receive-pack",
            ])
        let port = port
        try program.wait { isListening(port) }
    }

    package func url(_ path: String) -> String { "git://127.0.0.1:\(port)/\(path)" }
}

/// `sshd` with a host key and one authorised user key of its own.
package final class GitSSHServer {
    package let port: Int
    package let folder = TemporaryDirectory()
    private let repositories: String
    private let program: BackgroundProgram

    package init(of repositories: String) throws {
        self.repositories = repositories
        port = try freePort()
        guard let sshd = ServerProgram.sshd, let keygen = Program.named("ssh-keygen") else {
            throw TemporaryRepository.Failure(description: ServerProgram.missingSSH)
        }
        for name in ["host", "user", "stranger"] { try keygen.run("-q", "-t", "ed25519", "-N", "", "-f", "\(folder.path)/\(name)") }
        let hostKey = Self.text(try folder.read("host.pub")).split(separator: " ").prefix(2).joined(separator: " ")
        try folder.write("[127.0.0.1]:\(port) \(hostKey)\n", to: "known")
        let strangerKey = Self.text(try folder.read("stranger.pub")).split(separator: " ").prefix(2).joined(separator: " ")
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

    package func url(_ path: String) -> String { "ssh://\(NSUserName())@127.0.0.1:\(port)\(repositories)/\(path)" }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
