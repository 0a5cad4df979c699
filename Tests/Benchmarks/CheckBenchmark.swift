import Glibc

/// `bursar-benchmarks check`: a check of a tree with 10,000 and with 50,000 resources, 20 in each file of one root, on which a tagging policy
/// finds a tag missing on every fourth. Reading, judging and writing as JSON and as text; the text also asks the planner what it would fix,
/// and there a policy with defaults makes every finding fixable. Runs the `bursar` that was built beside this program.
enum CheckBenchmark {
    private static let perFile = 20

    static func run(program: String) {
        let bursar = program.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/bursar"
        guard access(bursar, X_OK) == 0 else { return print("no \(bursar): swift build -c release --product bursar") }
        for count in [10_000, 50_000] {
            for (name, preset) in [("without defaults", ""), ("all fixable", ", default: known")] {
                let folder = "/tmp/bursar-benchmark-check-\(count)\(preset.isEmpty ? "" : "-fixable")"
                guard write(count, preset, to: folder) else { return print("\(folder) cannot be written") }
                for format in ["json", "text"] {
                    let command = [
                        bursar, "check", "-C", folder, "--format", format, "--now", "2026-11-01T00:00:00Z", "--fail-on", "never", "--quiet",
                    ]
                    guard let child = Child.best(of: 5, command) else { return print("  \(format): not run") }
                    let each = Int(child.seconds * 1e6) / count
                    print("  \(count), \(name), \(format): \(Int(child.seconds * 1000)) ms, \(each) µs a resource, \(child.peakMiB) MiB")
                }
            }
        }
    }

    /// A repository with one root, kept for the next time.
    private static func write(_ count: Int, _ preset: String, to folder: String) -> Bool {
        if access(folder + "/.git/HEAD", R_OK) == 0 { return true }
        guard Child.run(["mkdir", "-p", folder + "/infra", folder + "/policies"])?.isSuccess == true else { return false }
        let keys = ["Owner", "CostCenter", "Environment"]
        let workspace = """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: benchmark}
            spec:
              currency: USD
              policies: [policies]
              observe:
                cost: none
                inventory: [{name: terraform, format: terraform, path: infra}]

            """
        let policy = """
            apiVersion: bursar/v1
            kind: TaggingPolicy
            metadata: {name: tags}
            spec:
              require:
            \(keys.map { "    - {key: \($0)\(preset)}" }.joined(separator: "\n"))

            """
        var files = [("bursar.yaml", workspace), ("policies/tags.yaml", policy)]
        for file in 0..<count / perFile {
            let blocks = (0..<perFile).map { block(file * perFile + $0, keys) }
            files.append(("infra/instances_\(file).tf", blocks.joined(separator: "\n")))
        }
        guard files.allSatisfy({ save($0.1, to: "\(folder)/\($0.0)") }) else { return false }
        let commit = "cd \"$1\" && git init -q && git add . && git -c user.name=b -c user.email=b@example.com commit -qm estate"
        return Child.run(["sh", "-c", commit, "sh", folder])?.isSuccess == true
    }

    private static func block(_ number: Int, _ keys: [String]) -> String {
        // Every fourth lacks one of them, each in its turn.
        let missing = number % 4 == 0 ? keys[number / 4 % keys.count] : nil
        let tags = keys.filter { $0 != missing }.map { "    \($0) = \"value-\(number % 7)\"" }
        return """
            resource "aws_instance" "web_\(number)" {
              ami           = "ami-0c55b159cbfafe1f0"
              instance_type = "t3.micro"
              monitoring    = true

              root_block_device {
                volume_type = "gp2"
                volume_size = 100
              }

              tags = {
                Name = "web-\(number)"
            \(tags.joined(separator: "\n"))
              }
            }

            """
    }

    private static func save(_ text: String, to path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        defer { fclose(file) }
        return fputs(text, file) >= 0
    }
}
