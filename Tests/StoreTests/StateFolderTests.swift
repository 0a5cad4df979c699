import Foundation
import Store
import TestSupport
import Testing

@Suite("the state folder")
struct StateFolderTests {
    @Test(
        "lies where the environment says",
        arguments: [
            (["BURSAR_STATE": "state", "XDG_STATE_HOME": "/x", "HOME": "/h"], "state"),
            (["BURSAR_STATE": "", "XDG_STATE_HOME": "/x", "HOME": "/h"], "/x/bursar/acme"),
            (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/bursar/acme"), (["HOME": ""], nil), ([:], nil),
        ] as [([String: String], String?)])
    func standard(environment: [String: String], path: String?) {
        #expect(StateFolder.standard(workspace: "acme", environment: environment)?.path == path)
    }

    @Test("is never shared by several workspaces")
    func several() {
        let folder = StateFolder.standard(workspace: "acme", isOnly: false, environment: ["BURSAR_STATE": "/s", "HOME": "/h"])
        #expect(folder?.path == "/s/acme")
    }

    @Test("is none for a name that would lead elsewhere", arguments: ["", ".", "..", "a/b", "../x", ".hidden"])
    func names(_ name: String) {
        #expect(StateFolder.standard(workspace: name, environment: ["HOME": "/h"]) == nil)
        #expect(StateFolder.standard(workspace: name, isOnly: false, environment: ["BURSAR_STATE": "/s"]) == nil)
    }

    @Test("is made for its owner alone, with those above it, and taken from others where it exists")
    func create() throws {
        let directory = TemporaryDirectory()
        let folder = StateFolder("\(directory.path)/a/b")
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        try folder.create()
        #expect(try mode(folder.path) == 0o700 && mode(directory.path + "/a") == 0o700)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        try folder.create()
        #expect(try mode(folder.path) == 0o700)
        #expect([folder.ledger, folder.mirror, folder.lock].allSatisfy { $0.hasPrefix(folder.path + "/") })
        try directory.write("", to: "file")
        #expect(throws: LedgerError.self) { try StateFolder("\(directory.path)/file").create() }
        #expect(throws: LedgerError.self) { try StateFolder("\(directory.path)/file/x").create() }
    }
}
