internal import Glibc

/// What a test of real servers needs installed; each test names what it misses.
package enum ServerProgram {
    package static let nginx = named("nginx")
    package static let fcgiwrap = named("fcgiwrap")
    package static let sshd = named("sshd")
    package static let openssl = named("openssl")

    package static var hasHTTP: Bool { nginx != nil && fcgiwrap != nil && openssl != nil }
    package static let missingHTTP = "nginx, fcgiwrap or openssl is not installed (nginx-light fcgiwrap openssl)"
    package static let missingSSH = "sshd is not installed (openssh-server)"

    private static func named(_ name: String) -> Program? {
        // Servers often lie where only the administrator's PATH leads.
        if let program = Program.named(name) { return program }
        let path = "/usr/sbin/\(name)"
        return access(path, X_OK) == 0 ? Program(path: path) : nil
    }

    /// A program of Git's own folder.
    package static func ofGit(_ name: String) throws -> Program {
        let path = try TemporaryRepository().git(["--exec-path"])
        return Program(path: "\(path)/\(name)")
    }
}
