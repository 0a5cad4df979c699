import Git
import TestSupport
import Testing

/// Names, modes and shapes of trees.
enum HostileTrees {
    static let all = refusedNames + containedNames + modes + shapes

    /// What leads out of the tree or into Git's own data.
    private static let refusedNames = [
        "..", ".", ".git", ".GIT", ".git ", ".git.", ".git::$INDEX_ALLOCATION", ".git:x", "GIT~1", "git~1", ".g\u{200C}it", "a/b",
        "/etc/passwd", "../../x", #"..\x"#, #"x\.git"#, #"a\..\b"#, "",
    ].map { name in
        HostileCase("a file named '\(printed(name))'", refusals[name] ?? .fetchRefused(.corrupt)) {
            try $0.tree(("100644", name, $0.blob()))
        }
    }

    /// What Git lets pass and we do not.
    private static let refusals: [String: HostileCase.Expectation] = [
        #"..\x"#: .treeRefused(.unsafe), #"a\..\b"#: .treeRefused(.unsafe),
    ]

    /// What only looks dangerous, as long as nobody gives it to a shell, a terminal or a command line.
    private static let containedNames = [
        "-rf", "--help", "a\nb", "a\tb", "\u{1B}[31mred", "\u{202E}fdp.tf", "con", "aux.tf", "a:b", "*", "$(id)", "`id`", "; rm -rf x", "~",
        "%2e%2e", "\u{FEFF}x", #"a\b"#, "...", "..a", String(repeating: "n", count: 4_000),
    ].map { name in
        HostileCase("a file named '\(printed(name))'", .contained) { try $0.tree(("100644", name, $0.blob())) }
    }

    private static let modes = [
        HostileCase("a link to /etc/passwd", .contained) { try $0.tree(("120000", "link", $0.blob("/etc/passwd"))) },
        HostileCase("a link out of the tree", .contained) { try $0.tree(("120000", "link", $0.blob("../../../x"))) },
        HostileCase("a link to itself", .contained) { try $0.tree(("120000", "link", $0.blob("link"))) },
        HostileCase("a submodule", .contained) { try $0.tree(("160000", "module", $0.head)) },
        HostileCase("a submodule of nothing", .contained) { try $0.tree(("160000", "module", $0.blob())) },
        HostileCase("a link named .gitmodules", .fetchRefused(.corrupt)) { try $0.tree(("120000", ".gitmodules", $0.blob("/etc/passwd"))) },
        HostileCase("a link named .gitattributes", .contained) { try $0.tree(("120000", ".gitattributes", $0.blob("/dev/zero"))) },
        HostileCase("a file that is setuid", .contained) { try $0.tree(("104755", "run", $0.blob())) },
        HostileCase("a device", .treeRefused(.notFound)) { try $0.tree(("20000", "device", $0.blob())) },
        HostileCase("a pipe", .treeRefused(.notFound)) { try $0.tree(("10000", "pipe", $0.blob())) },
        HostileCase("a mode with leading zeros", .fetchRefused(.corrupt)) { try $0.tree(("0100644", "a", $0.blob())) },
        HostileCase("a mode that is no number", .fetchRefused(.corrupt)) { try $0.tree(("1z0644", "a", $0.blob())) },
    ]

    private static let shapes = [
        HostileCase("a link and a folder of one name", .fetchRefused(.corrupt)) {
            let folder = try $0.headTree
            try $0.tree(("120000", "a", $0.blob("/etc")), ("40000", "a", #require(ObjectID(folder))))
        },
        HostileCase("a name twice", .fetchRefused(.corrupt)) { try $0.tree(("100644", "a", $0.blob()), ("100644", "a", $0.blob("y"))) },
        HostileCase("entries out of order", .fetchRefused(.corrupt)) {
            try $0.tree(("100644", "b", $0.blob()), ("100644", "a", $0.blob()))
        },
        HostileCase("a folder that is a file", .fetchRefused(.corrupt)) { try $0.tree(("40000", "a", $0.blob())) },
        HostileCase("a file that is a folder", .fetchRefused(.corrupt)) {
            try $0.tree(("100644", "a", #require(ObjectID($0.headTree))))
        },
        HostileCase("a file that is a commit", .fetchRefused(.corrupt)) { try $0.tree(("100644", "a", $0.head)) },
        HostileCase("a file that is missing", .fetchRefused(.corrupt)) {
            try $0.tree(("100644", "a", #require(ObjectID(String(repeating: "1", count: 40)))))
        },
        HostileCase("a file with the null id", .fetchRefused(.corrupt)) {
            try $0.tree(("100644", "a", #require(ObjectID(String(repeating: "0", count: 40)))))
        },
        HostileCase("a tree that ends in the middle", .fetchRefused(.corrupt)) {
            let tree = try $0.object("tree", Array("100644 a".utf8) + [0, 1, 2, 3])
            try $0.point(at: #require(ObjectID($0.git("commit-tree", tree.description, "-m", "x"))))
        },
        HostileCase("a tree of rubbish", .fetchRefused(.corrupt)) {
            let tree = try $0.object("tree", Array("rubbish".utf8))
            try $0.point(at: #require(ObjectID($0.git("commit-tree", tree.description, "-m", "x"))))
        },
        HostileCase("a name that is no UTF-8", .contained) {
            let id = try $0.blob()
            let tree = try $0.git("mktree", "-z", input: "100644 blob \(id)\tx\0")
            try $0.point(at: #require(ObjectID($0.git("commit-tree", tree, "-m", "x"))))
            // `String` cannot hold the name: it is put into the tree's bytes.
            let bytes = Array("100644 a".utf8) + [0xFF, 0xFE, 0] + digits(id)
            try $0.point(at: #require(ObjectID($0.git("commit-tree", $0.object("tree", bytes).description, "-m", "x"))))
        },
    ]

    private static func digits(_ id: ObjectID) -> [UInt8] {
        let text = Array(id.description)
        return stride(from: 0, to: 40, by: 2).compactMap { UInt8(String(text[$0..<$0 + 2]), radix: 16) }
    }

    private static func printed(_ name: String) -> String {
        let shown = name.unicodeScalars.map { $0.isASCII && $0.value >= 0x20 ? String($0) : "U+\(String($0.value, radix: 16))" }.joined()
        return String(shown.prefix(40))
    }
}
