import Git
import TestSupport
import Testing

/// Commits, blobs and the files that hold them.
enum HostileObjects {
    static let all = commits + storage

    private static let commits = [
        HostileCase("a commit with NUL in its header", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\nauthor A\0da <a@b> 1 +0000\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a commit with NUL in its message", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\nauthor \(person)\ncommitter \(person)\n\nx\0y\n")
        },
        HostileCase("a commit that is no UTF-8", .contained) {
            try $0.commit(
                Array("tree \($0.headTree)\nauthor ".utf8) + [0xFF, 0xFE] + Array(" <a@b> 1 +0000\ncommitter \(person)\n\n".utf8) + [
                    0xC0, 0x0A,
                ])
        },
        HostileCase("a commit without an author", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a commit with two authors", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\nauthor \(person)\nauthor \(person)\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a commit without a tree", .fetchRefused(.corrupt)) { try $0.commit("author \(person)\ncommitter \(person)\n\nx\n") },
        HostileCase("a commit whose tree is a file", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.blob())\nauthor \(person)\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a commit whose tree is missing", .fetchRefused(.corrupt)) {
            try $0.commit("tree \(String(repeating: "1", count: 40))\nauthor \(person)\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a commit whose parent is missing", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\nparent \(String(repeating: "1", count: 40))\nauthor \(person)\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a commit whose parent is a file", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\nparent \($0.blob())\nauthor \(person)\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a commit of rubbish", .fetchRefused(.corrupt)) { try $0.commit("rubbish") },
        HostileCase("an empty commit object", .fetchRefused(.corrupt)) { try $0.commit("") },
        HostileCase("a date beyond all calendars", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\nauthor Ada <a@b> 99999999999999999999 +0000\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a date before 1970", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\nauthor Ada <a@b> -1 +0000\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a name that breaks the line", .fetchRefused(.corrupt)) {
            try $0.commit("tree \($0.headTree)\nauthor A<d>a <a@b> 1 +0000\ncommitter \(person)\n\nx\n")
        },
        HostileCase("a signature of rubbish", .contained) {
            try $0.commit("tree \($0.headTree)\nauthor \(person)\ncommitter \(person)\ngpgsig rubbish\n\nx\n")
        },
        HostileCase("an unknown encoding", .contained) {
            try $0.commit("tree \($0.headTree)\nauthor \(person)\ncommitter \(person)\nencoding ../../x\n\nx\n")
        },
        HostileCase("a message of 5 MB", .contained) {
            try $0.commit("tree \($0.headTree)\nauthor \(person)\ncommitter \(person)\n\n" + String(repeating: "x", count: 5_000_000))
        },
        HostileCase("a message with commands for a terminal", .contained) {
            try $0.commit("tree \($0.headTree)\nauthor \(person)\ncommitter \(person)\n\n\u{1B}]0;owned\u{07}\u{202E}x\n")
        },
        HostileCase("a thousand parents", .contained) {
            let parents = try Array(repeating: "parent \($0.head)", count: 1_000).joined(separator: "\n")
            try $0.commit("tree \($0.headTree)\n\(parents)\nauthor \(person)\ncommitter \(person)\n\nx\n")
        },
    ]

    private static let storage = [
        HostileCase("an object that is another's", .fetchRefused(.corrupt)) {
            let (one, two) = (try $0.blob("one"), try $0.blob("two"))
            try $0.tree(("100644", "a", one))
            let bytes = try $0.origin.directory.read(".git/\($0.loose(two))")
            try $0.write(bytes, to: $0.loose(one))
        },
        HostileCase("an object with a flipped bit", .fetchRefused(.corrupt)) {
            let id = try $0.blob("some text that is a little longer")
            try $0.tree(("100644", "a", id))
            var bytes = try $0.origin.directory.read(".git/\($0.loose(id))")
            bytes[bytes.count / 2] ^= 0x10
            try $0.write(bytes, to: $0.loose(id))
        },
        HostileCase("an object cut short", .fetchRefused(.corrupt)) {
            let id = try $0.blob(String(repeating: "longer ", count: 100))
            try $0.tree(("100644", "a", id))
            let bytes = try $0.origin.directory.read(".git/\($0.loose(id))")
            try $0.write(Array(bytes.prefix(bytes.count / 2)), to: $0.loose(id))
        },
        HostileCase("an object without a byte", .fetchRefused(.corrupt)) {
            let id = try $0.blob("gone")
            try $0.tree(("100644", "a", id))
            try $0.write([], to: $0.loose(id))
        },
        HostileCase("a pack cut short", .fetchRefused(.corrupt)) { try damagePack($0) { Array($0.prefix($0.count / 2)) } },
        HostileCase("a pack with a flipped bit", .fetchRefused(.corrupt)) {
            try damagePack($0) { bytes in
                var bytes = bytes
                bytes[bytes.count / 2] ^= 0x10
                return bytes
            }
        },
        HostileCase("a pack of rubbish", .fetchRefused(.corrupt)) { try damagePack($0) { _ in Array("rubbish".utf8) } },
        HostileCase("objects in a folder that does not exist", .contained) {
            try $0.write("/nonexistent/objects\n", to: "objects/info/alternates")
        },
        HostileCase("objects in its own folder", .contained) { try $0.write($0.gitFolder + "/objects\n", to: "objects/info/alternates") },
        HostileCase("a grafted history", .fetchRefused(.corrupt)) {
            try $0.write("\($0.head) \(String(repeating: "1", count: 40))\n", to: "info/grafts")
        },
        HostileCase("a replaced commit", .contained) {
            let id = try $0.object("commit", Array("tree \($0.headTree)\nauthor \(person)\ncommitter \(person)\n\nreplaced\n".utf8))
            try $0.write("\(id)\n", to: "refs/replace/\($0.head)")
        },
        HostileCase("a history that was cut off", .fetchRefused(.corrupt)) {
            try $0.write("y", to: "../main.tf")
            try $0.origin.commit("second")
            try $0.write("\($0.head)\n", to: "shallow")
        },
        HostileCase("a commit graph of rubbish", .contained) { try $0.write("rubbish", to: "objects/info/commit-graph") },
    ]

    private static func damagePack(_ repository: HostileRepository, _ damage: ([UInt8]) -> [UInt8]) throws {
        try repository.git("repack", "-a", "-d", "-q")
        let index = try repository.git("rev-parse", "--git-path", "objects/pack")
        let listing = try #require(Program.named("ls")).run("\(repository.origin.path)/\(index)").output
        let name = try #require(listing.split(separator: "\n").first { $0.hasSuffix(".pack") })
        try FileSystem.setMode(0o600, of: "\(repository.gitFolder)/objects/pack/\(name)")
        let bytes = try repository.origin.directory.read(".git/objects/pack/\(name)")
        try repository.write(damage(bytes), to: "objects/pack/\(name)")
    }
}
