import CostModel
import Reconciliation
import Testing

@Suite("the rules' examples and tests notice")
struct MutationTests {
    @Test("when an assertion is deleted or negated", arguments: Library.rules)
    func wholeAssertion(rule: Rule) {
        for mutant in RuleMutant.all(of: rule) where mutant.kind == .always || mutant.kind == .negated {
            #expect(isNoticed(mutant), "\(rule.header.reference.name) \(mutant.kind.rawValue)")
        }
    }

    @Test("when a part of an assertion is dropped or a comparison changed, nearly always")
    func parts() {
        var survivors: [String] = []
        var counts: [RuleMutant.Kind: (noticed: Int, all: Int)] = [:]
        for rule in Library.rules {
            for mutant in RuleMutant.all(of: rule) {
                let noticed = isNoticed(mutant)
                counts[mutant.kind, default: (0, 0)].all += 1
                if noticed { counts[mutant.kind]?.noticed += 1 } else { survivors.append("\(rule.testDescription): \(mutant.description)") }
            }
        }
        let wanted = counts.filter { $0.key != .fallback }.values
        let noticed = wanted.map(\.noticed).reduce(0, +)
        let all = wanted.map(\.all).reduce(0, +)
        for kind in RuleMutant.Kind.allCases { print("mutants \(kind.rawValue): \(counts[kind].map { "\($0.noticed) of \($0.all)" } ?? "none")") }
        print(survivors.map { "survivor: \($0)" }.joined(separator: "\n"))
        #expect(all > 300)
        #expect(noticed * 100 >= all * 97, "\(noticed) of \(all) mutants were noticed")
    }

    private func isNoticed(_ mutant: RuleMutant) -> Bool {
        Library.outcomes(mutant.rule).contains { !$0.isExpected } || Library.unitTests(with: mutant.rule).contains { $0.result != .passed }
    }
}
