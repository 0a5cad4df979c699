import Forge
import TestSupport
import Testing

@Suite("a token file")
struct TokenFileTests {
    private let directory = TemporaryDirectory()
    private var path: String { directory.path + "/token" }

    private func write(_ text: String, mode: Int = 0o600) throws {
        try directory.write(text, to: "token")
        try TestFile.setMode(mode, of: path)
    }

    @Test("is read at each use, without its line end", arguments: ["abc", "abc\n", "abc\r\n"])
    func reads(text: String) throws {
        try write(text)
        let file = TokenFile(path: path)
        #expect(try file.read() == "abc")
        try write("new\n")
        #expect(try file.read() == "new")
    }

    @Test("is refused where others may read it", arguments: [0o640, 0o604, 0o660])
    func mode(mode: Int) throws {
        try write("s3cret", mode: mode)
        let error = try #require(throws: ForgeError.self) { try TokenFile(path: path).read() }
        #expect(error.code == .unauthorized && error.message.contains("chmod 600") && !error.message.contains("s3cret"))
    }

    @Test("is one line with a token", arguments: ["", "\n", "two words", "two\nlines", "\u{7F}", String(repeating: "x", count: 5000)])
    func content(text: String) throws {
        try write(text)
        let error = try #require(throws: ForgeError.self) { try TokenFile(path: path).read() }
        #expect(error.code == .unauthorized)
    }

    @Test("may be a link to a file, and nothing else")
    func kinds() throws {
        try write("abc")
        try FileSystem.link(path, at: directory.path + "/link")
        #expect(try TokenFile(path: directory.path + "/link").read() == "abc")
        try FileSystem.pipe(at: directory.path + "/pipe")
        for name in ["", "/pipe", "/missing"] {
            #expect(throws: ForgeError.self) { try TokenFile(path: directory.path + name).read() }
        }
    }
}
