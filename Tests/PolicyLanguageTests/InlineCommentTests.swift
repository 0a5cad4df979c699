import CostModel
import Diagnostics
import Testing

@Suite("comments that exempt, in policies")
struct InlineCommentTests {
    private static let ending = "until=2027-01-31 reason=\"r\""

    private func lines(_ text: String) -> [Int] {
        load(text).policies?.budgets.flatMap { $0.inlineExemptions.map(\.place.line) } ?? [-1]
    }

    @Test("belong to the budget whose kind or amount stands right below")
    func places() {
        let text = """
            # bursar:ignore x \(Self.ending)
            # it ends with the project
            kind: Budget
            metadata: {name: x}
            spec:
              scope: {}
              # bursar:ignore x until=soon
              amount: 5 USD
            ---
            # bursar:ignore y \(Self.ending)
            kind: Budget
            metadata: {name: y}
            spec: {scope: {}, amount: 5 USD}

            """
        let (policies, diagnostics) = load(text)
        #expect(diagnostics.isEmpty)
        #expect(policies?.budgets.map { $0.inlineExemptions.map(\.place.line) } == [[1, 7], [10]])
        #expect(
            policies?.budgets.first?.inlineExemptions.last?.content
                == .malformed("'until' must be a date such as 2027-01-31, found 'soon'"))
    }

    @Test("have no effect elsewhere: a warning with its caret")
    func strays() {
        let text = """
            kind: Budget
            metadata: {name: x}
            # bursar:ignore x \(Self.ending)

            spec:
              description: |
                text
                # bursar:ignore x none of ours
              amount: 5 USD # bursar:ignore x
              docs: "# bursar:ignore x neither"
              scope: {}

            """
        #expect(lines(text) == [])
        #expect(
            complaints(text) == """
                a.yaml:3:1: warning: this comment has no effect: it does not stand directly above the 'kind' or the 'amount' of a budget
                  3 | # bursar:ignore x \(Self.ending)
                    | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                a.yaml:9:17: warning: this comment has no effect: it must stand on a line of its own
                  9 |   amount: 5 USD # bursar:ignore x
                    |                 ^~~~~~~~~~~~~~~~~

                """)
    }

    @Test("a policy that may not be exempted cannot take them")
    func contradiction() {
        let text = "kind: Budget\nmetadata: {name: x}\nspec:\n  scope: {}\n  amount: 5 USD\n  exemptible: false\n  inlineExemptions: true\n"
        #expect(
            complaints(text) == """
                a.yaml:7:3: error: 'inlineExemptions' cannot be true where 'exemptible' is false
                  7 |   inlineExemptions: true
                    |   ^~~~~~~~~~~~~~~~
                a.yaml:6:3: note: said here
                  6 |   exemptible: false
                    |   ^~~~~~~~~~

                """)
        #expect(
            load(text.replacing("exemptible: false", with: "exemptible: true")).policies?.budgets.first?.header.inlineExemptions == true)
        #expect(load(text.replacing("inlineExemptions: true", with: "level: 1")).policies?.budgets.first?.header.inlineExemptions == false)
    }
}
