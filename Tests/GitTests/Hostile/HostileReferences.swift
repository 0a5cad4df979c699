import Git
import TestSupport
import Testing

/// Branches, tags and HEAD.
enum HostileReferences {
    static let all =
        names + [
            HostileCase("a branch of a missing commit", .fetchRefused(.corrupt)) {
                try $0.write(String(repeating: "1", count: 40) + "\n", to: "refs/heads/bursar/x")
            },
            HostileCase("a branch of rubbish", .contained) { try $0.write("rubbish\n", to: "refs/heads/bursar/x") },
            HostileCase("a branch that is a file's content", .fetchRefused(.corrupt)) { try $0.point(at: $0.blob()) },
            HostileCase("a branch that is a tree", .fetchRefused(.corrupt)) { try $0.point(at: #require(ObjectID($0.headTree))) },
            HostileCase("a branch that is a tag", .fetchRefused(.corrupt)) {
                try $0.git("tag", "-a", "-m", "x", "v1")
                try $0.point(at: #require(ObjectID($0.git("rev-parse", "v1"))))
            },
            HostileCase("a tag of a file", .contained) { try $0.git("tag", "v1", $0.blob().description) },
            HostileCase("a tag that is named like the branch", .contained) { try $0.git("tag", "main", $0.blob().description) },
            HostileCase("HEAD of a branch that does not exist", .contained) { try $0.write("ref: refs/heads/nowhere\n", to: "HEAD") },
            HostileCase("HEAD detached", .contained) { try $0.git("checkout", "--quiet", "--detach") },
            HostileCase("HEAD of a tag", .contained) {
                try $0.git("tag", "v1")
                try $0.write("ref: refs/tags/v1\n", to: "HEAD")
            },
            HostileCase("HEAD of rubbish", .fetchRefused(.notFound)) { try $0.write("rubbish\n", to: "HEAD") },
            HostileCase("HEAD out of the repository", .contained) { try $0.write("ref: refs/heads/../../../x\n", to: "HEAD") },
            HostileCase("branches that name each other", .contained) {
                try $0.write("ref: refs/heads/bursar/b\n", to: "refs/heads/bursar/a")
                try $0.write("ref: refs/heads/bursar/a\n", to: "refs/heads/bursar/b")
            },
            HostileCase("a branch that names itself", .contained) { try $0.write("ref: refs/heads/bursar/a\n", to: "refs/heads/bursar/a") },
            HostileCase("a branch that is a link to a file outside", .contained) {
                try $0.write("", to: "refs/heads/bursar/x")
                try FileSystem.link("/etc/passwd", at: "\($0.gitFolder)/refs/heads/bursar/y")
            },
            HostileCase("branches of rubbish in a pack", .fetchRefused(.corrupt)) { try $0.write("rubbish\nrubbish\n", to: "packed-refs") },
            HostileCase("branches 'a' and 'a/b' at once", .fetchRefused(.other)) {
                let id = try $0.head
                try $0.write(
                    "# pack-refs with: peeled fully-peeled sorted \n\(id) refs/heads/bursar/a\n\(id) refs/heads/bursar/a/b\n",
                    to: "packed-refs")
            },
            HostileCase("three thousand branches", .contained) {
                let id = try $0.head
                let lines = (0..<3_000).map { "\(id) refs/heads/bursar/\(10_000 + $0)\n" }.joined()
                try $0.write("# pack-refs with: peeled fully-peeled sorted \n\(lines)", to: "packed-refs")
            },
            HostileCase("no branches where HEAD has a commit", .contained) {
                try $0.git("checkout", "--quiet", "--detach")
                try $0.git("branch", "-D", "main")
            },
        ]

    /// Under the prefix that is fetched; what is no good name is left out.
    private static let names =
        [
            "-x", "--upload-pack=x", "HEAD", "refs/heads/main", "a..b", "a.lock", "@{x", "a~1", "a^", "a:b", "a b", "a\tb", "a\\b", "*",
            "\u{202E}x",
            "\u{1B}[31m", "$(id)", "x;id", "'x'", "é", String(repeating: "n", count: 200),
        ].map { name in
            HostileCase(
                "a branch named 'bursar/\(name.unicodeScalars.map { $0.isASCII && $0.value >= 0x20 ? String($0) : "?" }.joined().prefix(30))'",
                .contained
            ) {
                try $0.write("\($0.head)\n", to: "refs/heads/bursar/\(name)")
            }
        } + [
            HostileCase("a branch named '-x'", .contained) { try $0.write("\($0.head)\n", to: "refs/heads/-x") },
            HostileCase("the default branch named '-x'", .contained) {
                try $0.write("\($0.head)\n", to: "refs/heads/-x")
                try $0.write("ref: refs/heads/-x\n", to: "HEAD")
            },
        ]
}
