import Diagnostics
import Testing

@Suite("edits of a tree")
struct TreeEditTests {
    private let files = ["a": Array("hello".utf8), "b": Array("world".utf8)]

    @Test("are made file by file, sorted by path, however they were added")
    func made() throws {
        var edits = TreeEdits()
        edits.add([TextEdit(0..<1, "W")], to: "b")
        edits.add([.insert("!", at: 5)], to: "a")
        edits.add([TextEdit(0..<1, "J")], to: "a")
        #expect(edits.paths == ["a", "b"])
        let made = try edits.made { files[$0] }
        #expect(made.map(\.path) == ["a", "b"])
        #expect(made.map { String(decoding: $0.old, as: UTF8.self) } == ["hello", "world"])
        #expect(made.map { String(decoding: $0.new, as: UTF8.self) } == ["Jello!", "World"])
    }

    @Test("name the file whose edits cannot all be made", arguments: [("a", 4..<9), ("a", 0..<2), ("c", 0..<0)])
    func conflict(path: String, range: Range<Int>) {
        var edits = TreeEdits()
        edits.add([TextEdit(1..<3, "x")], to: "a")
        edits.add([TextEdit(range, "y")], to: path)
        #expect(throws: TreeEdits.Conflict(path: path)) { try edits.made { files[$0] } }
    }

    @Test("that touch the same bytes are not taken in, and leave those that were as they are")
    func apart() throws {
        var edits = TreeEdits()
        let taken = [1..<3, 2..<4, 4..<6, 3..<4].map { edits.addIfApart([TextEdit($0, "x")], to: "a", ofSize: 5) }
        #expect(taken == [true, false, false, true])
        #expect(try edits.made { files[$0] }.map { String(decoding: $0.new, as: UTF8.self) } == ["hxxo"])
    }
}
