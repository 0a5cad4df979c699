import CostModel
import Glibc
import Reconciliation

/// `bursar-benchmarks change`: a pull request that changes one policy and adds twelve machines, held against its base, on an estate of about 2,000
/// resources that the generator beside the repository makes. Runs the `bursar` that was built beside this program; and the library's comparison with
/// and without estimates, in turn, which says what estimates add.
enum ChangeBenchmark {
    static func run(program: String) {
        let estate = "/tmp/bursar-benchmark-change"
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bursar = program.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/bursar"
        guard access(bursar, X_OK) == 0 else { return print("no \(bursar): swift build -c release --product bursar") }
        if access(estate + "/truth.json", R_OK) != 0 {
            let generator = ["python3", "\(root)/../shared/tools/estate.py", estate, "--seed", "5", "--teams", "12", "--apps", "12"]
            guard Child.run(generator)?.isSuccess == true else { return print("no estate: ../shared/tools/estate.py is not here") }
            prepare(estate)
        }
        let now = ["--now", "2026-11-01T00:00:00Z", "--fail-on", "never", "--quiet"]
        compareEstimates(program, estate)
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
            for d in $(find . -name main.tf -not -path '*/modules/*' | sort | head -n 4); do
              for t in m5.24xlarge r5.large c5.xlarge; do
                printf '\\nresource "aws_instance" "added_%s" {\\n  instance_type = "%s"\\n}\\n' "$(echo $t | tr . _)" "$t" >> "$(dirname "$d")/added.tf"
              done
            done &&
            git add -A && git -c user.name=b -c user.email=b@example.com commit -qam change
            """
        _ = Child.run(["sh", "-c", change, "sh", estate])
    }

    /// One comparison; nothing is printed.
    static func compare(_ estate: String, estimates: Bool) {
        guard let now = Instant("2026-11-01T00:00:00Z"), let workspace = try? OpenedWorkspace(estate, now: now),
            let outcome = try? ChangeCheck(estate, now: now, estimates: estimates).compare(workspace, with: "base"),
            estimates == (outcome.estimate != nil)
        else { exit(1) }
    }

    /// What estimates add to a comparison: the fastest of five runs of each, in turn, so that nothing else on the machine is on one side alone.
    private static func compareEstimates(_ program: String, _ estate: String) {
        var fastest: [Bool: Double] = [:]
        for _ in 0..<5 {
            for isEstimated in [false, true] {
                let arguments = [program, "change-once", estate, isEstimated ? "estimated" : "plain"]
                guard let child = Child.run(arguments), child.isSuccess else { return print("  estimates: not run") }
                fastest[isEstimated] = min(fastest[isEstimated] ?? .infinity, child.seconds)
            }
        }
        guard let plain = fastest[false], let estimated = fastest[true] else { return }
        let share = (estimated / plain - 1) * 100
        print(
            "  compared without estimates: \(Int(plain * 1000)) ms, with: \(Int(estimated * 1000)) ms: they add \(Int(share.rounded())) % (at most 15)"
        )
    }

    private static func show(_ name: String, _ command: [String]) {
        guard let child = Child.best(of: 3, command) else { return print("  \(name): not run") }
        print("  \(name): \(Int(child.seconds * 1000)) ms, \(child.peakMiB) MiB")
    }
}
