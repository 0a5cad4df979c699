import CostModel
import Testing

@testable import Game

@Suite("prevented findings")
struct PreventedFindingsTests {
    private static func week(_ number: Int) -> Range<Day> { Lives.day(7 * number)..<Lives.day(7 * number + 7) }

    @Test("are those that did not open, going by the quietest of three spans before")
    func quietest() {
        let lives = [0, 8, 9, 10, 15, 16, 22, 23, 24, 29].map { Lives.life("f-\($0)", opened: $0) }
        // Three, two and three opened in the weeks before, and one in this one.
        #expect(PreventedFindings(in: Self.week(4), lives: lives, since: Lives.day(0)) == .known(opened: 1, before: 2))
        #expect(PreventedFindings(in: Self.week(4), lives: lives, since: Lives.day(0)).count == 1)
    }

    @Test("are not known where the ledger does not reach back, and never below none")
    func unknown() {
        let lives = [Lives.life("f-1", opened: 29)]
        #expect(PreventedFindings(in: Self.week(4), lives: lives, since: Lives.day(25)).count == nil)
        #expect(PreventedFindings(in: Self.week(4), lives: [], since: nil).count == nil)
        let later = [0, 29, 30].map { Lives.life("f-\($0)", opened: $0) }
        #expect(PreventedFindings(in: Self.week(4), lives: later, since: Lives.day(0)).count == 0)
    }

    @Test("what a new policy finds on its first day was there before it, and counts for no span")
    func newPolicy() {
        let rule = PolicyReference(.rule, "new")
        let lives =
            [0, 8, 15, 22].map { Lives.life("f-\($0)", opened: $0) } + (0..<9).map { Lives.life("r-\($0)", opened: 22, policy: rule) }
        #expect(PreventedFindings(in: Self.week(4), lives: lives, since: Lives.day(0)) == .known(opened: 0, before: 1))
    }

    @Test("of days that are left out nothing counts: somebody could let in what they like then")
    func gap() {
        let lives = [0, 10, 31, 52, 80, 81, 82].map { Lives.life("f-\($0)", opened: $0) }
        let days = Lives.day(84)..<Lives.day(98)
        #expect(PreventedFindings(in: days, lives: lives, since: Lives.day(0), comparedBy: 28) == .known(opened: 0, before: 1))
        let left = PreventedFindings(
            in: days, lives: lives + [Lives.life("x", opened: 9)], since: Lives.day(-1), comparedBy: 28, leavingOut: 28)
        // Two in each of the first two spans of four weeks, taken for two weeks.
        #expect(left == .known(opened: 0, before: 1))
    }
}
