import Conditions
package import CostModel
import Diagnostics
import Estimation
import Evaluation
import Git
import Observation
import PolicyLanguage
import Remediation

/// Runs the unit tests of a workspace's policies, and the examples that rules bring along.
package struct PolicyTestRunner {
    package struct Outcome: Hashable, Sendable {
        package enum Result: Hashable, Sendable {
            case passed
            /// What differs, a line each.
            case failed([String])
            /// It could not be run: why.
            case broken(String)
        }

        /// The test's name, or `RULE, example 2`.
        package var name: String
        package var place: Place
        package var policies: [String]
        package var result: Result
        /// What `--update` would write for `expect`.
        package var actual: [PolicyTest.Expectation]
        package var test: PolicyTest?
    }

    /// How well one policy is tested.
    package struct Coverage: Hashable, Sendable {
        package var policy: PolicyReference
        package var place: Place
        package var tests: Int
        package var branches: Int
        /// The ways that no test takes.
        package var missed: [String]
        package var covered: Int { branches - missed.count }
    }

    package struct Run: Hashable, Sendable {
        package var outcomes: [Outcome]
        /// Of policies that make findings about resources or budgets.
        package var coverage: [Coverage]
    }

    private let policies: PolicySet
    private let tree: any FileTree

    package init(_ workspace: TestedWorkspace) {
        policies = workspace.policies
        tree = workspace.tree
    }

    /// - Parameter name: only tests whose name, file or policies contain it; nil: all.
    package func run(_ tests: [PolicyTest], matching name: String? = nil) -> Run {
        let coverage = BranchCoverage()
        var outcomes = tests.filter { test in
            name.map { wanted in ([test.name, test.place.file] + test.policies).contains { $0.contains(wanted) } } ?? true
        }.map { outcome(of: $0, coverage) }
        for rule in policies.rules where name.map({ rule.header.reference.name.contains($0) }) ?? true {
            outcomes += examples(of: rule, coverage)
        }
        outcomes.sort { ($0.place, $0.name) < ($1.place, $1.name) }
        return Run(outcomes: outcomes, coverage: self.coverage(outcomes, coverage))
    }

    // MARK: A test

    private func outcome(of test: PolicyTest, _ coverage: BranchCoverage) -> Outcome {
        let judging = policies.only(test.policies)
        var outcome = Outcome(
            name: test.name, place: test.place, policies: judging.headers.map(\.reference.name), result: .passed, actual: [], test: test)
        let files: [SourceFile]
        do { files = try self.files(of: test) } catch {
            outcome.result = .broken("the code cannot be read: \(error)")
            return outcome
        }
        var world = PolicyTestFixture(
            test.given, files: files, now: test.now, currency: policies.workspace.currency,
            tagRules: policies.tagRules)
        if let problem = world.state.problems.first(where: { $0.severity == .partial }) {
            outcome.result = .broken("\(problem.place): \(problem.message)")
            return outcome
        }
        if let folder = test.given.folder, !files.contains(where: { PolicyTestFixture.inventories.reads($0.path) }) {
            outcome.result = .broken("the folder '\(folder)' beside the test holds no Terraform")
            return outcome
        }
        world.estimate(for: judging)
        if let missing = Self.missing(test.given, in: world.state) {
            outcome.result = .broken("'given' names '\(missing)', which is not among the resources")
            return outcome
        }
        let result = PolicyEvaluator.evaluate(policies: judging, state: world.state, now: test.now, coverage: coverage)
        let found = result.findings.filter { $0.verdict != .pass && $0.policy.kind != .workspace }
        outcome.actual = TestMatcher.updated(test.expected ?? [], by: found, at: test.place)
        var differences = test.expected.map { TestMatcher.differences(expected: $0, found: found) } ?? []
        if let expected = test.scenario, let scenario = policies.scenarios.first(where: { $0.name == expected.name }) {
            do throws(ScenarioEstimator.Failure) {
                differences += try TestedScenario(scenario, world.state, result, judging).differences(from: expected)
            } catch {
                outcome.result = .broken("\(error.place): \(error.message)")
                return outcome
            }
        }
        if let patch = test.patch {
            differences += TestPatch(world: world, result: result, policies: judging).differences(from: patch)
        }
        if !differences.isEmpty { outcome.result = .failed(differences) }
        return outcome
    }

    private func files(of test: PolicyTest) throws -> [SourceFile] {
        if let text = test.given.terraform { return [SourceFile(path: PolicyTestFixture.file, text: text)] }
        guard let folder = test.given.folder else {
            return [SourceFile(path: PolicyTestFixture.file, text: TerraformText.text(of: test.given.resources))]
        }
        let base = test.place.file.split(separator: "/").dropLast().joined(separator: "/")
        let path = (base.isEmpty ? [folder] : [base, folder]).joined(separator: "/")
        var files: [SourceFile] = []
        for entry in tree.entries(under: path) {
            if let problem = entry.problem { throw Unreadable(reason: "'\(entry.path)': \(problem)") }
            files.append(SourceFile(path: String(entry.path.dropFirst(path.count + 1)), bytes: try tree.read(entry.path)))
        }
        return files
    }

    /// A link or a submodule where code should be.
    private struct Unreadable: Error, CustomStringConvertible {
        var reason: String
        var description: String { reason }
    }

    private static func missing(_ given: PolicyTest.Given, in state: ObservedState) -> String? {
        let known = Set(state.resources.map(\.identity.address))
        return (given.cost.compactMap(\.resource) + given.utilization.map(\.resource)).first { !known.contains($0) }
    }

    // MARK: Examples

    /// 2026-01-29T00:00:00Z, the time of a Test that states none: examples do not change their answers with the days.
    private static let exampleTime = Instant(seconds: 1_769_644_800)

    private func examples(of rule: Rule, _ coverage: BranchCoverage) -> [Outcome] {
        let outcomes = RuleExamples.run(rule, workspace: policies.workspace, now: Self.exampleTime, coverage: coverage)
        return outcomes.enumerated().map { index, outcome in
            var result = Outcome.Result.passed
            switch outcome.got {
            case .broken(let reason): result = .broken(reason)
            case .verdict(let got) where got != outcome.example.expect:
                let messages = outcome.findings.filter { $0.verdict != .pass }.map { ": \($0.message)" }
                result = .failed(["expected \(outcome.example.expect.rawValue), found \(got.rawValue)\(messages.first ?? "")"])
            case .verdict: break
            }
            return Outcome(
                name: "\(rule.header.reference.name), example \(index + 1)", place: outcome.example.place,
                policies: [rule.header.reference.name], result: result, actual: [], test: nil)
        }
    }

    // MARK: Coverage

    private func coverage(_ outcomes: [Outcome], _ branches: BranchCoverage) -> [Coverage] {
        policies.policies.map { policy in
            let header = policy.header
            let ways = policy.kindBody.decidingConditions.flatMap { condition in
                let known = branches.branches(of: condition)
                return known.isEmpty ? [.init(description: "it is evaluated", isTaken: false)] : known
            }
            return Coverage(
                policy: header.reference, place: header.place, tests: outcomes.count { $0.policies.contains(header.reference.name) },
                branches: ways.count, missed: ways.filter { !$0.isTaken }.map(\.description))
        }
    }
}

extension PolicySet {
    /// The same workspace with some of its policies; none named: all.
    fileprivate func only(_ names: [String]) -> PolicySet {
        guard !names.isEmpty else { return self }
        let names = Set(names)
        var result = self
        result.policies.removeAll { !names.contains($0.reference.name) }
        return result
    }
}
