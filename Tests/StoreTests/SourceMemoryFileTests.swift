import CostModel
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("the file of how sources fare")
struct SourceMemoryFileTests {
    private let folder = TemporaryDirectory()
    private var path: String { folder.path + "/sources.json" }

    @Test("keeps what was recorded, for whoever opens it next")
    func kept() {
        let memory = SourceMemoryFile(path, breaks: true)
        var status = SourceStatus(kind: "cloud", name: "c \"x\"\n")
        status.succeed(at: Instant(seconds: 1_793_491_200))
        status.fail(at: Instant(seconds: 1_793_491_260), "a\nb", isStalled: true)
        memory.record(status)
        memory.record(SourceStatus(kind: "a", name: "b"))
        #expect(SourceMemoryFile(path, breaks: false).status(of: "cloud", "c \"x\"\n") == status)
        #expect(SourceMemoryFile.read(path) == [SourceStatus(kind: "a", name: "b"), status])
    }

    @Test("that is torn, something else or cannot be written is as if it were not there")
    func torn() throws {
        for text in ["", "{", "[]", #"{"sources": 3}"#, #"{"sources": [{"kind": 3}, {"kind": "a"}]}"#] {
            try Data(text.utf8).write(to: URL(filePath: path))
            #expect(SourceMemoryFile.read(path).isEmpty)
        }
        let nowhere = SourceMemoryFile(folder.path + "/none/sources.json", breaks: true)
        nowhere.record(SourceStatus(kind: "a", name: "b"))
        #expect(nowhere.status(of: "a", "b") != nil && SourceMemoryFile.read(folder.path + "/none/sources.json").isEmpty)
    }
}
