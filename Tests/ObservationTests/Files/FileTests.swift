import Foundation
import Testing

@testable import Observation

@Suite("observed files")
struct FileTests {
    @Test(
        "globs name files as a shell does",
        arguments: [
            ("*.csv", ["a.csv", "b.csv"]), ("a.csv", ["a.csv"]), ("./a.csv", ["a.csv"]), ("?.csv", ["a.csv", "b.csv"]),
            ("x/*/c.csv", ["x/y/c.csv"]), ("x/**/c.csv", ["x/c.csv", "x/y/c.csv"]),
            ("**/*.csv", ["a.csv", "b.csv", "x/c.csv", "x/y/c.csv"]),
            ("x/**", ["x/c.csv", "x/y/c.csv"]), ("x", ["x"]), ("missing.csv", []), ("nowhere/*.csv", []), ("x/*", ["x/c.csv"]),
            ("x/../a.csv", ["x/../a.csv"]),
        ])
    func globs(pattern: String, expected: [String]) throws {
        let folder = try TemporaryFolder()
        for name in ["a.csv", "b.csv", ".hidden.csv", "x/c.csv", "x/y/c.csv"] { try folder.write(name, name) }
        #expect(FileGlob(pattern).paths(in: folder.path) == expected)
        let absolute = FileGlob("\(folder.path)/\(pattern)").paths(in: "/nowhere")
        #expect(absolute == expected.map { "\(folder.path)/\($0)" })
    }

    @Test("a loop of links ends")
    func links() throws {
        let folder = try TemporaryFolder()
        try folder.write("x/a.csv", "1")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/x/loop", withDestinationPath: "..")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/x/b.csv", withDestinationPath: "a.csv")
        #expect(FileGlob("**/*.csv").paths(in: folder.path) == ["x/a.csv", "x/b.csv"])
    }

    @Test("folders, FIFOs and devices are refused without waiting for them")
    func irregular() throws {
        let folder = try TemporaryFolder()
        mkfifo(folder.path + "/fifo", 0o600)
        for path in [folder.path, folder.path + "/fifo", "/dev/zero"] {
            #expect(throws: FileFault.unreadable("is not a regular file")) { try RegularFile(path: path) }
        }
        #expect(throws: FileFault.unreadable("cannot be opened: No such file or directory")) {
            try RegularFile(path: folder.path + "/none")
        }
    }

    @Test("files with the same content are found under any name and packing")
    func copies() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "line of a bill\n", count: 20_000)
        try folder.write("1", text)
        try folder.write("2.gz", Gzip.member(text))
        try folder.write("3", text + "x")
        try folder.write("4", String(text.dropLast(2)) + "x\n")
        try folder.write("5", Gzip.member(String(text.prefix(100))) + Gzip.member(String(text.dropFirst(100))))
        try folder.write("6", "")
        try folder.write("7", "")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/8", withDestinationPath: "4")
        let files = ["1", "2.gz", "3", "4", "5", "6", "7", "8", "none"].map { ObservedFile(name: $0, in: folder.path) }
        #expect(DistinctFiles.originals(of: files) == [0, 0, 2, 3, 0, 5, 5, 3, 8])
    }
}
