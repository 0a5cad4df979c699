import Git
import TestSupport
import Testing

@Suite("a unified diff")
struct UnifiedDiffTests {
    @Test("looks as Git writes it")
    func format() throws {
        let diff = UnifiedDiff(path: "infra/main.tf", old: Array("a\nb\nc\nd\ne\n".utf8), new: Array("a\nb\nc\nd\nE\nf".utf8))
        #expect(
            text(try diff.render()) == #"""
                diff --git a/infra/main.tf b/infra/main.tf
                index 940532533944dd159bfd11136fac2ee35872de38..5b20e7b07031196cd796b891c03429790e9e46df 100644
                --- a/infra/main.tf
                +++ b/infra/main.tf
                @@ -2,4 +2,5 @@
                 b
                 c
                 d
                -e
                +E
                +f
                \ No newline at end of file

                """#)
    }

    @Test("shows none of the lines that are hidden, and git takes it", arguments: [[3], [1, 3], [4], [7], [3, 7], [6, 7, 8]])
    func hidden(lines: [Int]) throws {
        let old = (1...12).map { "line \($0)\n" }.joined()
        let new = old.replacing("line 5\n", with: "LINE 5\nmore\n").replacing("line 9\n", with: "")
        let diff = UnifiedDiff(path: "main.tf", old: Array(old.utf8), new: Array(new.utf8), hiding: Set(lines))
        let text = String(decoding: try diff.render(), as: UTF8.self)
        for line in lines { #expect(!text.contains("line \(line)\n")) }
        let repository = try TemporaryRepository()
        try repository.write(old, to: "main.tf")
        try repository.git(["apply", "--unidiff-zero", "-"], input: Array(text.utf8))
        #expect(try repository.directory.read("main.tf") == Array(new.utf8))
    }

    @Test("shows no hidden line that changes either")
    func hiddenChange() throws {
        let diff = UnifiedDiff(path: "main.tf", old: Array("a\nhunter2\n".utf8), new: Array("b\n".utf8), hiding: [2])
        #expect(!text(try diff.render()).contains("hunter2"))
    }

    private static let contents: [(String, String)] = [
        ("a\nb\nc\n", "a\nB\nc\n"), ("a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"), ("a\r\nb\n", "a\nb\r\n"), ("a", "b"), ("a\n", "a"),
        ("a", "a\n"), ("", "a\n"),
        ("a\n", ""), ("a\u{0}b\nc\n", "a\u{0}b\nC\n"), ("é\nü\n", "é\nö\n"), ("\u{FEFF}a\n", "\u{FEFF}b\n"), ("a\rb\rc", "a\rB\rc"),
        (String(repeating: "x\n", count: 500), String(repeating: "x\n", count: 250) + "y\n" + String(repeating: "x\n", count: 249)),
    ]

    @Test("is accepted by git apply and gives the new bytes", arguments: contents.indices)
    func apply(index: Int) throws {
        let (old, new) = Self.contents[index]
        try check("main.tf", Array(old.utf8), Array(new.utf8))
    }

    @Test(
        "quotes unusual names as Git does",
        arguments: ["a b.tf", "é.tf", "q\"uote.tf", "tab\t.tf", "dev\\x2d.tf", "line\nbreak.tf", "d [x]/*.tf", "-x"])
    func names(name: String) throws {
        try check(name, Array("a\n".utf8), Array("b\n".utf8))
    }

    @Test("carries bytes that are no UTF-8")
    func bytes() throws {
        try check("latin1.tf", [0x61, 0x0A, 0xE9, 0x0A], [0x61, 0x0A, 0xE8, 0x0A, 0xFF])
    }

    @Test("adds a file", arguments: ["", "a\n", "a"])
    func added(content: String) throws {
        try check("infra/new.tf", nil, Array(content.utf8))
    }

    @Test("is empty where nothing changes, and depends on nobody's configuration")
    func stable() throws {
        #expect(try UnifiedDiff(path: "a", old: [1], new: [1]).render().isEmpty)
        #expect(try gitError { _ = try UnifiedDiff(path: "../a", old: [1], new: [2]).render() }?.code == .unsafe)
    }

    private func check(_ name: String, _ old: [UInt8]?, _ new: [UInt8]) throws {
        let temporary = try TemporaryRepository()
        for (key, value) in [("core.autocrlf", "false"), ("diff.noprefix", "true"), ("diff.context", "0")] {
            try temporary.git(["config", key, value])
        }
        if let old { try temporary.directory.write(old, to: name) }
        try temporary.commit()
        let patch = try UnifiedDiff(path: name, old: old, new: new).render()
        try temporary.git(["apply", "--check", "-"], input: patch)
        try temporary.git(["apply", "--index", "--whitespace=nowarn", "-"], input: patch)
        #expect(try temporary.directory.read(name) == new)
    }
}
