import Foundation
import Secrets
import TestSupport
import Testing

@Suite("a file of secrets")
struct SecretFileTests {
    private let directory = TemporaryDirectory()
    private var path: String { directory.path + "/secret" }
    private var file: SecretFile { SecretFile(path, name: "token file") }

    private func write(_ text: String, mode: Int = 0o600) throws {
        try directory.write(text, to: "secret")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test("is read at each use, and its stamp tells when it changed")
    func reads() throws {
        try write("one\n")
        let (stamp, text) = try file.readText()
        #expect(text == "one\n" && stamp == file.stamp)
        #expect(try file.read() == (stamp, Array("one\n".utf8)))
        try write("other\n")
        #expect(file.stamp != stamp)
        #expect(try file.readText().text == "other\n")
        #expect("\(file)" == "…" && String(reflecting: file) == "…")
    }

    @Test("holds one token without its line ends", arguments: ["abc", "abc\n", "abc\r\n", "abc\n\n"])
    func token(text: String) throws {
        try write(text)
        #expect(try file.readToken() == "abc")
    }

    @Test(
        "that is not one line with a token is refused",
        arguments: ["", "\n", "two words", "two\nlines", "\nabc", " abc", "\u{7F}", "é", String(repeating: "x", count: 17_000)])
    func noToken(text: String) throws {
        try write(text)
        let error = try #require(throws: SecretFileError.self) { try file.readToken() }
        #expect(error.code == .notAToken)
        #expect(error.message == "the token file '\(path)' does not hold one line with a token of printable ASCII, without spaces")
    }

    @Test("is refused where others may read or write it", arguments: [0o640, 0o604, 0o660, 0o602])
    func mode(mode: Int) throws {
        try write("s3cret", mode: mode)
        for read in [{ try file.check() }, { _ = try file.readText() }, { _ = try file.readToken() }] as [() throws -> Void] {
            let error = try #require(throws: SecretFileError.self) { try read() }
            #expect(error.code == .open && error.message == "the token file '\(path)' can be read by others: run chmod 600 on it")
        }
        #expect(try SecretFile(path, name: "certificate", isPublic: true).readText().text == "s3cret")
    }

    @Test("may be a link to a file, and nothing else")
    func kinds() throws {
        try write("abc")
        try FileSystem.link(path, at: directory.path + "/link")
        #expect(try SecretFile(directory.path + "/link", name: "key").readToken() == "abc")
        try FileSystem.pipe(at: directory.path + "/pipe")
        for (name, code) in [("", .notAFile), ("/pipe", .notAFile), ("/missing", .unreadable)] as [(String, SecretFileError.Code)] {
            let error = #expect(throws: SecretFileError.self) { try SecretFile(directory.path + name, name: "key").read() }
            #expect(error?.code == code)
        }
    }

    @Test("has a limit, and holds text where text is asked for")
    func content() throws {
        try write(String(repeating: "x", count: SecretFile.sizeLimit))
        try file.check()
        try write(String(repeating: "x", count: SecretFile.sizeLimit + 1))
        #expect(throws: SecretFileError.self) { try file.check() }
        try write("")
        let empty = try #require(throws: SecretFileError.self) { try file.check() }
        #expect(empty.message == "the token file '\(path)' is empty")
        #expect(try file.readText().text == "")
        try directory.write([0xC3, 0x28], to: "secret")
        let torn = try #require(throws: SecretFileError.self) { try file.readText() }
        #expect(torn.code == .notText)
    }
}
