import Glibc

/// `bursar-benchmarks change`: a pull request that changes one policy, held against its base, on an estate of about 2,000 resources that the
/// generator beside the repository makes. Runs the `bursar` that was built beside this program.
enum ChangeBenchmark {
    static func run(program: String) {
        let estate = "/tmp/bursar-benchmark-estate"
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bursar = program.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/bursar"
        guard access(bursar, X_OK) == 0 else { return print("no \(bursar): swift build -c release --product bursar") }
        if access(estate + "/truth.json", R_OK) != 0 {
            let generator = ["python3", "\(root)/../shared/tools/estate.py", estate, "--seed", "5", "--teams", "12", "--apps", "24"]
            guard Child.run(generator)?.isSuccess == true else { return print("no estate: ../shared/tools/estate.py is not here") }
            prepare(estate)
        }
        let now = ["--now", "2026-11-01T00:00:00Z", "--fail-on", "never", "--quiet"]
        show("check", [bursar, "check", "-C", estate, "--format", "json"] + now)
        show("check --base", [bursar, "check", "-C", estate, "--base", "base", "--format", "json"] + now)
        let snapshot = "/tmp/bursar-benchmark-observations.json"
        guard Child.run([bursar, "observe", "-C", estate, "--out", snapshot, "--now", "2026-11-01T00:00:00Z", "--quiet"]) != nil else {
            return
        }
        show(
            "check --base --observations",
            [bursar, "check", "-C", estate, "--base", "base", "--observations", snapshot, "--format", "json"] + now)
    }

    /// A branch for the base, and a commit that changes one policy.
    private static func prepare(_ estate: String) {
        let change = """
            cd "$1" && git branch -f base &&
            f=$(grep -rl 'kind: TaggingPolicy' --include='*.yaml' . | head -n 1) &&
            sed -i 's/^  severity: .*/  severity: critical/' "$f" &&
            git -c user.name=b -c user.email=b@example.com commit -qam change
            """
        _ = Child.run(["sh", "-c", change, "sh", estate])
    }

    private static func show(_ name: String, _ command: [String]) {
        guard let child = Child.best(of: 3, command) else { return print("  \(name): not run") }
        print("  \(name): \(Int(child.seconds * 1000)) ms, \(child.peakMiB) MiB")
    }
}
