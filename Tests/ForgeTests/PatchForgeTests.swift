import Forge
import Foundation
import TestSupport
import Testing

@Suite("a folder of patches")
struct PatchForgeTests {
    private let directory = TemporaryDirectory()
    private var folder: String { directory.path + "/out" }

    private func forge(_ patches: [String] = ["one", "two"]) -> PatchForge {
        PatchForge(
            folder: folder, patches: { _ in patches.map { PatchFile(name: "set \($0)", text: "diff of \($0)\n") } },
            clock: { 1_793_000_000 })
    }

    private func draft(_ branch: String = "bursar/g-1") -> RequestDraft {
        RequestDraft(branch: branch, base: "main", title: "payments: 2 findings", body: "why\n", labels: ["bursar"], commit: "c")
    }

    private func names(_ path: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    @Test("holds one folder per request, with its text and its patches")
    func open() throws {
        let request = try forge().open(draft())
        #expect(request.number == 1 && request.state == .open && request.created == 1_793_000_000)
        #expect(try forge().open(draft()) == request)
        #expect(try names(folder) == ["bursar-g-1"])
        #expect(try names(folder + "/bursar-g-1") == ["0001-set-one.patch", "0002-set-two.patch", "request.json", "request.md"])
        #expect(try directory.read("out/bursar-g-1/request.md") == Array("# payments: 2 findings\n\nwhy\n".utf8))
        #expect(try forge().open(draft("bursar/g-2")).number == 2)
        #expect(try forge().requests(branchPrefix: "bursar/", since: nil).map(\.number) == [2, 1])
    }

    @Test("replaces and removes our own files only")
    func foreign() throws {
        _ = try forge().open(draft())
        try directory.write("mine", to: "out/bursar-g-1/notes.patch")
        try directory.write("mine", to: "out/other/file")
        try forge(["one"]).update(1, to: draft())
        #expect(try names(folder + "/bursar-g-1") == ["0001-set-one.patch", "notes.patch", "request.json", "request.md"])
        try forge().close(1)
        try forge().close(1)
        #expect(try names(folder + "/bursar-g-1") == ["notes.patch"])
        #expect(try names(folder) == ["bursar-g-1", "other"])
        let error = try #require(throws: ForgeError.self) { try forge().open(draft()) }
        #expect(error.code == .conflict)
    }

    @Test("never follows a document that names files elsewhere")
    func escaping() throws {
        _ = try forge().open(draft())
        try directory.write("keep", to: "keep.patch")
        let text = String(decoding: try directory.read("out/bursar-g-1/request.json"), as: UTF8.self)
        try directory.write(
            text.replacingOccurrences(of: "0001-set-one.patch", with: "../../keep.patch"), to: "out/bursar-g-1/request.json")
        try forge().close(1)
        #expect(try directory.read("keep.patch") == Array("keep".utf8))
    }

    @Test("a folder that was only begun is made anew, and taken for nobody else's")
    func begun() throws {
        struct Killed: Error {}
        let killed = PatchForge(folder: folder, patches: { _ in throw Killed() }, clock: { 1_793_000_000 })
        #expect(throws: ForgeError.self) { try killed.open(draft()) }
        try directory.write("half", to: "out/.bursar-g-1.new/0001-set-one.patch")
        try directory.write("half", to: "out/.bursar-g-1.new/0009-half.patch")
        #expect(try forge().requests(branchPrefix: "bursar/", since: nil).isEmpty)
        #expect(try forge().open(draft()).number == 1)
        #expect(try names(folder) == ["bursar-g-1"])
        #expect(try names(folder + "/bursar-g-1") == ["0001-set-one.patch", "0002-set-two.patch", "request.json", "request.md"])
    }

    @Test("long names that differ at their end are folders of their own")
    func longNames() throws {
        let long = "bursar/" + String(repeating: "a", count: 150)
        for end in ["-1a2b3c4d", "-5e6f7a8b", "-5e6f7a8b-2"] { _ = try forge().open(draft(long + end)) }
        #expect(try names(folder).count == 3)
        #expect(try names(folder).allSatisfy { $0.utf8.count <= 120 })
    }
}
