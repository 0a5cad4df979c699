import Git
import TestSupport
import Testing

/// Configuration, hooks and attributes: what would run something for whoever checks out, fetches or looks.
enum HostileSettings {
    static let all = configured + files + sizes

    private static let configured =
        [
            "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy", "core.alternateRefsCommand",
            "uploadpack.packObjectsHook", "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.smudge", "filter.x.clean",
            "filter.x.process", "merge.x.driver", "credential.helper", "gpg.program", "gpg.ssh.program", "alias.fetch",
            "remote.origin.uploadpack",
            "remote.origin.vcs", "sequence.editor", "interactive.diffFilter", "trailer.x.command",
        ].map { key in
            HostileCase("the setting '\(key)' with a command", .contained) {
                let attributes = try $0.blob("* filter=x diff=x merge=x\n")
                try $0.tree(("100644", ".gitattributes", attributes), ("100644", "a.tf", $0.blob()))
                try $0.write("* filter=x diff=x merge=x\n", to: "info/attributes")
                try $0.config(key, key == "credential.helper" ? "!\($0.command)" : $0.command)
            }
        } + [
            HostileCase("every hook there is", .contained) {
                for hook in [
                    "pre-receive", "update", "post-update", "post-checkout", "reference-transaction", "post-merge", "pre-auto-gc",
                    "fsmonitor-watchman", "post-index-change", "pre-push", "post-commit",
                ] {
                    try $0.write("#!/bin/sh\n\($0.command)\n", to: "hooks/\(hook)")
                    try FileSystem.setMode(0o755, of: "\($0.gitFolder)/hooks/\(hook)")
                }
            },
            HostileCase("hooks elsewhere", .contained) { try $0.config("core.hooksPath", $0.origin.path) },
            HostileCase("an included configuration", .contained) {
                try $0.scratch.write("[uploadpack]\n\tpackObjectsHook = \($0.command)\n[core]\n\tfsmonitor = \($0.command)\n", to: "more")
                try $0.config("include.path", $0.scratch.path + "/more")
            },
            HostileCase("a conditionally included configuration", .contained) {
                try $0.scratch.write("[uploadpack]\n\tpackObjectsHook = \($0.command)\n", to: "more")
                try $0.config("includeIf.gitdir:/.path", $0.scratch.path + "/more")
            },
            HostileCase("a rewritten address", .contained) { try $0.config("url.ext::sh -c x.insteadOf", "/") },
            HostileCase("a work tree elsewhere", .contained) { try $0.config("core.worktree", "/etc") },
            HostileCase("a partial clone of a command", .contained) {
                try $0.config("extensions.partialClone", "origin")
                try $0.config("remote.origin.url", "ext::sh -c \"\($0.command)\"")
                try $0.config("remote.origin.promisor", "true")
            },
            HostileCase("a missing object that a command promises", .fetchRefused(.corrupt)) {
                try $0.config("extensions.partialClone", "origin")
                try $0.config("core.repositoryFormatVersion", "1")
                try $0.config("remote.origin.url", "ext::sh -c \"\($0.command)\"")
                try $0.config("remote.origin.promisor", "true")
                try $0.config("protocol.ext.allow", "always")
                try $0.tree(("100644", "a", #require(ObjectID(String(repeating: "1", count: 40)))))
            },
            HostileCase("every branch hidden", .contained) { try $0.config("uploadpack.hideRefs", "refs/heads/bursar") },
            HostileCase("an unknown extension", .fetchRefused(.other)) {
                try $0.config("core.repositoryFormatVersion", "1")
                try $0.config("extensions.unheardOf", "true")
            },
            HostileCase("a configuration of rubbish", .fetchRefused(.other)) { try $0.write("[[[rubbish", to: "config") },
        ]

    private static let files = [
        HostileCase("a submodule with a command", .fetchRefused(.corrupt)) {
            try modules($0, "[submodule \"x\"]\n\tpath = x\n\turl = ./x\n\tupdate = !\($0.command)\n")
        },
        HostileCase("a submodule whose address is an option", .fetchRefused(.corrupt)) {
            try modules($0, "[submodule \"x\"]\n\tpath = x\n\turl = -ux\n")
        },
        HostileCase("a submodule whose path is an option", .fetchRefused(.corrupt)) {
            try modules($0, "[submodule \"x\"]\n\tpath = -x\n\turl = ./x\n")
        },
        HostileCase("a submodule with a name that leads out", .fetchRefused(.corrupt)) {
            try modules($0, "[submodule \"../../x\"]\n\tpath = x\n\turl = ./x\n")
        },
        HostileCase("a submodule whose address runs a command", .contained) {
            try modules($0, "[submodule \"x\"]\n\tpath = x\n\turl = \"ext::sh -c id\"\n")
        },
        HostileCase("submodules of rubbish", .contained) { try modules($0, "[[[rubbish") },
        HostileCase(".gitmodules that is a folder", .fetchRefused(.corrupt)) {
            try $0.tree(("40000", ".gitmodules", #require(ObjectID($0.headTree))))
        },
        HostileCase("a bare repository in a folder", .contained) {
            let config = try $0.blob("[core]\n\tfsmonitor = \($0.command)\n")
            let folder = try #require(
                ObjectID($0.git("mktree", input: "100644 blob \(config)\tconfig\n100644 blob \($0.blob("ref: refs/heads/main\n"))\tHEAD\n"))
            )
            try $0.tree(("40000", "inner", folder))
        },
        HostileCase("a policy of aliases of aliases", .contained) {
            let levels = (1...20).map { level in
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
            }
            try $0.tree(("100644", "bursar.yaml", $0.blob("a0: &a0 x\n" + levels.joined())))
        },
        HostileCase("a policy of brackets", .contained) {
            try $0.tree(("100644", "bursar.yaml", $0.blob(String(repeating: "{", count: 200_000))))
        },
        HostileCase("attributes of a long line", .fetchRefused(.corrupt)) {
            try $0.tree(("100644", ".gitattributes", $0.blob(String(repeating: "x", count: 3_000_000))))
        },
    ]

    private static func modules(_ repository: HostileRepository, _ text: String) throws {
        try repository.tree(("100644", ".gitmodules", repository.blob(text)), ("160000", "x", repository.head))
    }

    private static let sizes = [
        HostileCase("a file of 100 MB", .contained) {
            let id = try $0.object("blob", [UInt8](repeating: 0, count: 100 << 20))
            try $0.tree(("100644", "zeros", id))
        },
        HostileCase("100,000 files", .contained) { try flat($0, 100_000) },
        HostileCase("more files than are read", .treeRefused(.limit)) { try flat($0, 200_001) },
        HostileCase("folders 10,000 deep", .fetchRefused(.tooLarge)) {
            let path = String(repeating: "d/", count: 10_000)
            try $0.git(
                "fast-import", "--quiet", "--force",
                input: "commit refs/heads/main\ncommitter \(person)\ndata 1\nx\nM 100644 inline \(path)f\ndata 1\nx\n")
        },
        HostileCase("a tree that holds itself ten times, thirty times over", .treeRefused(.limit)) {
            var tree = try $0.headTree
            for _ in 0..<30 { tree = try $0.git("mktree", input: (0..<10).map { "040000 tree \(tree)\t\($0)\n" }.joined()) }
            try $0.point(at: #require(ObjectID($0.git("commit-tree", tree, "-m", "x"))))
        },
    ]

    private static func flat(_ repository: HostileRepository, _ count: Int) throws {
        let id = try repository.blob()
        let tree = try repository.git("mktree", input: (0..<count).map { "100644 blob \(id)\tf\(1_000_000 + $0)\n" }.joined())
        try repository.point(at: #require(ObjectID(repository.git("commit-tree", tree, "-m", "x"))))
    }
}
