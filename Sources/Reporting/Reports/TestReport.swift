package import CostModel
package import JSON

/// What `test` says: each test with its outcome, and how well the policies are tested.
package struct TestReport: JUnitReport {
    package struct Case: Hashable, Sendable {
        package enum Result: Hashable, Sendable {
            case passed
            case failed([String])
            case broken(String)
        }

        package var name: String
        package var place: Place
        package var policies: [String]
        package var result: Result
        /// Its expectations were written anew.
        package var isUpdated: Bool

        package init(name: String, place: Place, policies: [String], result: Result, isUpdated: Bool) {
            self.name = name
            self.place = place
            self.policies = policies
            self.result = result
            self.isUpdated = isUpdated
        }
    }

    package struct Coverage: Hashable, Sendable {
        package var policy: PolicyReference
        package var place: Place
        package var tests: Int
        package var covered: Int
        package var branches: Int
        package var missed: [String]

        package init(policy: PolicyReference, place: Place, tests: Int, covered: Int, branches: Int, missed: [String]) {
            self.policy = policy
            self.place = place
            self.tests = tests
            self.covered = covered
            self.branches = branches
            self.missed = missed
        }
    }

    package var context: ReportContext
    package var cases: [Case]
    package var coverage: [Coverage]

    package init(context: ReportContext, cases: [Case], coverage: [Coverage]) {
        self.context = context
        self.cases = cases
        self.coverage = coverage
    }

    var passed: Int { cases.count { $0.result == .passed || $0.isUpdated } }
    package var failed: Int { cases.count - passed }
}

extension TestReport {
    package func json() -> JSONValue {
        context.header.appending([
            "tests": .array(cases.map(JSONValue.init)), "summary": ["passed": JSONValue(passed), "failed": JSONValue(failed)],
            "coverage": .array(coverage.map(JSONValue.init)),
        ])
    }

    package func text(_ style: TextStyle) -> String {
        var sections = cases.filter { $0.result != .passed }.map { text(of: $0, style) }
        let uncovered = coverage.filter { $0.tests == 0 || !$0.missed.isEmpty }
        if !coverage.isEmpty { sections.append(coverageText(uncovered, style)) }
        let passing = StyledText(failed == 0 ? "\(passed) passed" : ", \(passed) passed", failed == 0 ? .green : .plain)
        let what = failed == 0 ? passing : StyledText("\(failed) failed", .red) + passing
        let tested = coverage.count { $0.tests > 0 }
        let branches = coverage.reduce(0) { $0 + $1.branches }
        let covered = coverage.reduce(0) { $0 + $1.covered }
        let share = branches > 0 ? ", \(covered) of \(branches) branches of their expressions" : ""
        let line = what + StyledText(" · \(tested) of \(counted(coverage.count, "policy", plural: "policies")) tested\(share)")
        return (sections + [line.rendered(style) + "\n"]).joined(separator: "\n")
    }

    private func text(of item: Case, _ style: TextStyle) -> String {
        let lines: [String] =
            switch item.result {
            case .passed: []
            case .failed(let differences): differences
            case .broken(let reason): ["cannot be run: \(reason)"]
            }
        let mark = item.isUpdated ? StyledText("updated", .yellow) : StyledText("failed", .red)
        let head = mark + "  " + StyledText(item.name, .bold) + "  " + StyledText(item.place.description, .cyan)
        let details = lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }.map { StyledText("  \($0)") }
        return ([head] + details).map { $0.rendered(style) + "\n" }.joined()
    }

    /// Enough of an expression to find it, and how it never came out.
    private static func shortened(_ branch: String) -> String {
        branch.count > 64 ? branch.prefix(44) + "…" + branch.suffix(10) : branch
    }

    private func coverageText(_ policies: [Coverage], _ style: TextStyle) -> String {
        guard !policies.isEmpty else { return "" }
        var table = TextTable([.init(), .init("", .trailing), .init("", .trailing), .init("", .leading, .stacks)])
        for item in policies {
            let some = item.missed.prefix(3).map(Self.shortened).joined(separator: ", ")
            let missed = item.tests == 0 ? "no test" : some + (item.missed.count > 3 ? ", …" : "")
            table.append([
                StyledText(item.policy.name), StyledText(counted(item.tests, "test"), item.tests == 0 ? .yellow : .dim),
                StyledText(item.branches > 0 ? "\(item.covered)/\(item.branches)" : "", .dim),
                StyledText(item.tests == 0 ? missed : missed.isEmpty ? "" : "never: \(missed)", .dim),
            ])
        }
        return StyledText("Not covered", .bold).rendered(style) + "\n" + table.render(style)
    }
}

extension JSONValue {
    fileprivate init(_ item: TestReport.Case) {
        let (result, messages): (String, [String]) =
            switch item.result {
            case .passed: ("passed", [])
            case .failed(let differences): (item.isUpdated ? "updated" : "failed", differences)
            case .broken(let reason): ("error", [reason])
            }
        self = [
            "name": .string(item.name), "location": JSONValue(item.place), "policies": JSONValue(item.policies), "result": .string(result),
            "messages": JSONValue(messages),
        ]
    }

    fileprivate init(_ item: TestReport.Coverage) {
        self = [
            "policy": JSONValue(item.policy), "location": JSONValue(item.place), "tests": JSONValue(item.tests),
            "branches": JSONValue(item.branches), "covered": JSONValue(item.covered), "missed": JSONValue(item.missed),
        ]
    }
}
