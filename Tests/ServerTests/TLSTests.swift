import Foundation
import TestSupport
import Testing

@testable import Server

@Suite("TLS", .enabled(if: Program.named("openssl") != nil, "openssl is not there"))
struct TLSTests {
    private let directory = TemporaryDirectory()

    private func certificate(
        named name: String = "a", key: [String] = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    ) throws -> HTTPListener.Certificate {
        let openssl = try #require(Program.named("openssl"))
        let result = try openssl.run(
            [
                "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                "\(name).key", "-out", "\(name).pem", "-newkey",
            ] + key, in: directory.path)
        guard result.code == 0 else { throw TemporaryRepository.Failure(description: result.error) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(directory.path)/\(name).key")
        return try .read(certificate: "\(directory.path)/\(name).pem", key: "\(directory.path)/\(name).key")
    }

    private func listener(_ certificate: HTTPListener.Certificate) throws -> HTTPListener {
        try HTTPListener(try #require(ListenAddress("127.0.0.1:0")), certificate: certificate) { .text("\($0.path)\n") }
    }

    private func ask(
        _ listener: HTTPListener, _ options: String..., request: String = "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    ) throws -> Program.Result {
        try #require(Program.named("openssl")).run(
            ["s_client", "-connect", "\(listener.address)", "-CAfile", "a.pem", "-verify_return_error", "-quiet", "-ign_eof"] + options,
            in: directory.path, input: Array(request.utf8))
    }

    @Test("answers over TLS 1.2 and 1.3 with the certificate it was given", arguments: ["-tls1_2", "-tls1_3"])
    func answers(version: String) throws {
        let listener = try listener(certificate())
        let result = try ask(listener, version)
        #expect(result.output.hasPrefix("HTTP/1.1 200 OK"), "\(result.error)")
    }

    @Test("answers a malformed length once over TLS too", arguments: ["1x", "-1", "", "99999999999999999999999"])
    func malformed(length: String) throws {
        let listener = try listener(certificate())
        let request = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n"
        let answer = try ask(listener, request: request).output
        #expect(answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
        #expect(answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false).count == 2, "\(answer)")
    }

    @Test("speaks no older TLS")
    func old() throws {
        let listener = try listener(certificate())
        #expect(try !ask(listener, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0").output.contains("200 OK"))
    }

    @Test(
        "agrees on no cipher that a stolen key opens later, and on none that does not prove what it hides",
        arguments: [
            "AES128-GCM-SHA256", "AES256-SHA", "AES128-SHA256", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384",
            "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "DHE-RSA-AES128-SHA", "AES128-CCM",
        ])
    func weak(cipher: String) throws {
        for key in [["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"], ["rsa:2048"]] {
            let listener = try listener(certificate(key: key))
            let result = try ask(listener, "-tls1_2", "-cipher", "\(cipher):@SECLEVEL=0")
            #expect(!result.output.contains("200 OK"), "\(key)")
        }
    }

    @Test(
        "agrees on those that do both",
        arguments: ["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305", "ECDHE-RSA-AES128-GCM-SHA256"])
    func strong(cipher: String) throws {
        let listener = try listener(certificate(key: ["rsa:2048"]))
        #expect(try ask(listener, "-tls1_2", "-cipher", cipher).output.contains("200 OK"))
    }

    @Test("answers nobody who does not speak TLS")
    func plain() throws {
        let listener = try listener(certificate())
        #expect(try !RawConnection.ask("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", port: listener.address.port).contains("200 OK"))
    }

    @Test("refuses a certificate that is none, and a key that others may read")
    func wrong() throws {
        let good = try certificate()
        let error = #expect(throws: ServerError.self) { try listener(.init(certificate: "x", key: good.key)) }
        #expect(error?.message == "the certificate and its key are not PEM, or do not belong together")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(directory.path)/a.key")
        #expect(throws: ServerError.self) {
            try HTTPListener.Certificate.read(certificate: "\(directory.path)/a.pem", key: "\(directory.path)/a.key")
        }
    }
}
