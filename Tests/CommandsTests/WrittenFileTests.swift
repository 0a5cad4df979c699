import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("files that are written")
struct WrittenFileTests {
    private let folder = TemporaryDirectory()

    private var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted() }

    private func text(_ name: String) throws -> String { String(decoding: try folder.read(name), as: UTF8.self) }

    // MARK: init

    /// A commit may bring any of these in the place of what 'init' would write.
    @Test(
        "by init follow no link",
        arguments: ["bursar.yaml", "policies", "policies/tagging.yaml", ".bursar", "hooks", "teams", "budgets", "exemptions"])
    func initialize(name: String) throws {
        let target = TemporaryDirectory()
        if name.contains("/") { try folder.write("", to: name) }
        folder.remove(name)
        try FileSystem.link(name.contains(".yaml") ? target.path + "/file" : target.path, at: folder.path + "/" + name)
        let said = Said("init", "-C", folder.path)
        let written = try FileManager.default.contentsOfDirectory(atPath: target.path)
        #expect(written.isEmpty, "\(written)")
        // A folder that is a link is an error; a file that is one exists.
        #expect([0, 2].contains(said.code))
        if name == "policies" { #expect(said.code == 2 && said.error.contains("symbolic link"), "\(said.error)") }
    }

    @Test("by init --hooks follow no link of the working tree")
    func hooks() throws {
        let repository = try TemporaryRepository()
        let target = TemporaryDirectory()
        try FileSystem.link(target.path, at: repository.path + "/hooks")
        try repository.git(["config", "core.hooksPath", "hooks"])
        let said = Said("init", "--hooks", "-C", repository.path)
        #expect(said.code == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty)
    }

    // MARK: Results

    /// A commit may bring the link; a relative path is below it.
    @Test(
        "through a folder that is a link are refused",
        arguments: [
            ["check", "--output", "out/r.json"], ["plan", "--out", "out/plan"], ["observe", "--out", "out/o.json"],
            ["schema", "--out", "out/s"],
            ["check", "--summary", "out/s.md"], ["check", "--summary", "summary.md"],
        ])
    func linkedFolders(arguments: [String]) throws {
        let estate = try HookEstate(hooks: false)
        let target = TemporaryDirectory()
        try FileSystem.link(target.path, at: estate.repository.path + "/out")
        try FileSystem.link(target.path + "/summary", at: estate.repository.path + "/summary.md")
        let said = try Program.bursar.run(arguments, in: estate.repository.path)
        #expect(said.code == 2 && said.error.contains("is a symbolic link"), "\(said.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty)
    }

    @Test("are written aside and moved: a link is replaced and not followed, and a reader keeps what it opened")
    func results() throws {
        let repository = try HookEstate(hooks: false).repository
        try folder.write("precious", to: "precious")
        for (name, arguments) in [
            ("report.json", ["check", "--format", "json", "--output"]), ("observed.json", ["observe", "--out"]),
            ("schema.json", ["inventory", "--format", "json", "--output"]),
            ("cost.csv", ["cost", "--by", "team", "--format", "csv", "--output"]),
            ("eval.txt", ["validate", "--format", "json", "--output"]),
        ] {
            try FileSystem.link("precious", at: folder.path + "/" + name)
            let first = Said([arguments[0], "-C", repository.path] + arguments.dropFirst() + ["\(folder.path)/\(name)"])
            #expect([0, 3].contains(first.code), "\(name): \(first.error)")
            #expect(try text("precious") == "precious")
            #expect(try !text(name).isEmpty)
            let reader = try FileHandle(forReadingFrom: URL(filePath: folder.path + "/" + name))
            let before = try text(name)
            try FileSystem.setMode(0o600, of: folder.path + "/" + name)
            _ = Said([arguments[0], "-C", repository.path] + arguments.dropFirst() + ["\(folder.path)/\(name)"])
            #expect(String(decoding: try #require(try reader.readToEnd()), as: UTF8.self) == before)
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)[.posixPermissions] as? Int
            #expect(mode == 0o600, "a file that was there keeps its permissions")
        }
        #expect(!names.contains { $0.hasSuffix(".tmp") }, "\(names)")
    }

    @Test("go to pipes and devices as they are", arguments: ["/dev/null", "/dev/zero"])
    func devices(path: String) throws {
        try Files.deliver([], to: path)
        #expect(FileManager.default.fileExists(atPath: path))
        let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
        #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
    }

    @Test("leave nothing behind where they cannot be moved")
    func failing() throws {
        try folder.write("x", to: "folder/x")
        #expect(throws: FileError.self) { try Files.replace(folder.path + "/folder", with: [1]) }
        #expect(names == ["folder"])
        #expect(throws: FileError.self) { try Files.replace(folder.path + "/gone/x", with: [1]) }
    }

    @Test("that killed runs left beside them are removed by the next, those of one that is alive and others' are not")
    func left() throws {
        let alive = try AsidePath(fileFor: folder.path + "/report.json", mode: 0o600)
        let alivePath = alive.path
        for name in ["report.json.4711.tmp", "report.json.18446744073709551615.tmp", "report.json.17.tmp/x"] {
            try folder.write("half", to: name)
        }
        let others = [
            "other.json.4711.tmp", "report.json.bak.tmp", "report.json.4711.tmp.bak", "report.json.99999999999999999999.tmp", "report.tmp",
        ]
        for name in others { try folder.write("mine", to: name) }
        try Files.replace(folder.path + "/report.json", with: [1])
        let aliveName = String(alivePath.split(separator: "/").last ?? "")
        #expect(names == (others + ["report.json", aliveName]).sorted())
        let file = try alive.opened()
        #expect(close(file) == 0, "it is held until here")
        try FileManager.default.removeItem(atPath: alivePath)
    }

    @Test("a report's folder that a killed run left aside is removed by the next", arguments: ["site.4711.tmp", "site.4711.tmp.old"])
    func leftFolder(name: String) throws {
        try folder.write("half", to: name + "/index.html")
        try folder.write("mine", to: "site.tmp/index.html")
        let path = try AsidePath(folderFor: folder.path + "/site").path
        #expect(names == ["site.tmp", String(path.split(separator: "/").last ?? "")].sorted())
    }

    // MARK: Paths

    @Test("a state folder may be relative, also before it is there", arguments: ["state", "./state", "a/../state"])
    func relative(path: String) throws {
        let absolute = Files.absolute(path)
        #expect(absolute.hasPrefix("/") && absolute.hasSuffix("/" + path), "\(absolute)")
        #expect(Files.absolute("/gone/x") == "/gone/x")
        #expect(Files.absolute(folder.path) == folder.path)
    }

    @Test("a run finds its mirror below a relative state folder, the first time and the second")
    func relativeState() throws {
        let estate = try HookEstate(hooks: false)
        #expect(try estate.git("push", "--no-verify", "origin", "main").code == 0)
        try folder.write(
            """
            apiVersion: bursar/v1
            kind: Reconciler
            metadata: {name: x}
            spec:
              workspaces: [{name: acme, repository: "file://\(estate.server.path)", observed: "\(estate.outside.path)", protocols: [file]}]

            """, to: "reconciler.yaml")
        for _ in 0..<2 {
            let result = try Program.bursar.run(
                ["reconcile", "--config", "reconciler.yaml", "--state", "state", "--now", "2026-11-01T00:00:00Z"], in: folder.path)
            #expect(result.code == 0, "\(result.error)")
        }
        #expect(FileManager.default.fileExists(atPath: folder.path + "/state/acme/mirror.git"))
    }
}
