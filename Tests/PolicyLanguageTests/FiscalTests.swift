import CostModel
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("fiscal years in policies")
struct FiscalTests {
    private static let workspace = plainWorkspace.replacing(
        "policies: [policies]}", with: "policies: [policies], fiscal: {startMonth: 10}}")

    @Test("are the workspace's, unless a budget has its own")
    func whose() throws {
        let (policies, diagnostics) = load(
            object("Budget", "{scope: {}, amount: 1 USD, period: quarterly, amounts: {FY2026-27-Q1: 5 USD}}"),
            object("Budget", "{scope: {}, amount: 1 USD, fiscal: {calendar: 4-4-5, startMonth: 2}, amounts: {FY2026-27-P12: 6 USD}}")
                .replacing("name: x", with: "name: y"),
            object("Budget", "{scope: {}, amount: 1 USD, period: annually, fiscal: {}, amounts: {\"2026\": 7 USD}}")
                .replacing("name: x", with: "name: z"),
            workspace: Self.workspace)
        #expect(CaretPrinter().render(diagnostics) == "")
        let budgets = try #require(policies?.budgets)
        let weeks = FiscalCalendar(startMonth: 2, division: .weeks, weekStart: .sunday)
        #expect(budgets.map(\.calendar) == [FiscalCalendar(startMonth: 10), weeks, .gregorian])
        #expect(budgets[0].amounts.keys.map { "\($0.days.lowerBound)" } == ["2026-10-01"])
        #expect(budgets[1].amounts.keys.map { "\($0.days.upperBound)" } == ["2027-01-31"])
        #expect(budgets[2].amounts.keys.map { "\($0.days.lowerBound)" } == ["2026-01-01"])
    }

    @Test("periods of another calendar, billed weeks and a weekday of months are mistakes")
    func mistakes() {
        #expect(
            complaints(
                object("Budget", "{scope: {}, amount: 1 USD, period: quarterly, amounts: {2026-Q4: 5 USD}}"), workspace: Self.workspace
            ).contains("'2026-Q4' is no period of a budget with 'period: quarterly', written as FY2026-27-Q1"))
        #expect(
            complaints(object("Budget", "{scope: {}, amount: 1 USD, cost: billed, fiscal: {calendar: 4-4-5}}"))
                .contains("billed cost belongs to billing months, which the weeks of 'calendar: 4-4-5' do not hold"))
        #expect(complaints(object("Budget", "{scope: {}, amount: 1 USD, cost: billed, period: daily, fiscal: {calendar: 4-4-5}}")) == "")
        #expect(
            complaints(object("Budget", "{scope: {}, amount: 1 USD, fiscal: {weekStart: monday}}"))
                .contains("'weekStart' is for 'calendar: 4-4-5'"))
        #expect(complaints(object("Budget", "{scope: {}, amount: 1 USD, fiscal: {startMonth: 13}}")).contains("startMonth"))
    }
}
