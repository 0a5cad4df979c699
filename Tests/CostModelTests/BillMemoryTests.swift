import Testing

@testable import CostModel

@Suite("days that a bill had before")
struct BillMemoryTests {
    private static let today = Day("2026-11-01")!

    private static func runs(_ texts: [String]) -> [Range<Day>] {
        texts.map { text in
            let ends = text.split(separator: "/").map { Day(String($0))! }
            return ends[0]..<(ends.last ?? ends[0]).advanced(by: 1)
        }
    }

    private static func bill(_ accounts: [String: [String]], until newest: String? = "2026-10-31", name: String = "s") -> BillCoverage {
        BillCoverage(sources: [
            .init(
                name: name, newestWhole: newest.flatMap { Day($0) },
                accounts: accounts.sorted { $0.key < $1.key }.map { .init(name: $0, days: runs($1)) })
        ])
    }

    private static let whole = bill(["1": ["2026-09-01/2026-10-31"], "2": ["2026-09-01/2026-10-31"]])

    struct Member: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var now: BillCoverage
        var lost: [String]
        var accounts: [String: [String]] = [:]
    }

    private static let members = [
        Member(
            testDescription: "a day in the middle",
            now: bill(["1": ["2026-09-01/2026-10-11", "2026-10-13/2026-10-31"], "2": ["2026-09-01/2026-10-11", "2026-10-13/2026-10-31"]]),
            lost: ["2026-10-12"]),
        Member(
            testDescription: "the newest day",
            now: bill(["1": ["2026-09-01/2026-10-30"], "2": ["2026-09-01/2026-10-30"]], until: "2026-10-30"), lost: ["2026-10-31"]),
        Member(
            testDescription: "half of the newest days, which now look as if they were arriving",
            now: bill(["1": ["2026-09-01/2026-10-31"], "2": ["2026-09-01/2026-10-31"]], until: "2026-10-29"),
            lost: ["2026-10-30..2026-10-31"]),
        Member(
            testDescription: "an account", now: bill(["1": ["2026-09-01/2026-10-31"]]), lost: [],
            accounts: ["2": ["2026-09-01..2026-10-31"]]),
        Member(
            testDescription: "the newest days of an account",
            now: bill(["1": ["2026-09-01/2026-10-31"], "2": ["2026-09-01/2026-10-28"]]), lost: [],
            accounts: ["2": ["2026-10-29..2026-10-31"]]),
        Member(
            testDescription: "most of a month",
            now: bill(["1": ["2026-09-01/2026-10-10"], "2": ["2026-09-01/2026-10-10"]], until: "2026-10-10"),
            lost: ["2026-10-11..2026-10-31"]),
        Member(
            testDescription: "all but the newest days", now: bill(["1": ["2026-10-20/2026-10-31"], "2": ["2026-10-20/2026-10-31"]]),
            lost: ["2026-09-01..2026-10-19"]),
        Member(testDescription: "everything", now: bill([:], until: nil), lost: ["2026-09-01..2026-10-31"]),
    ]

    @Test("are missing when they are there no more", arguments: members)
    func lost(member: Member) throws {
        let (coverage, losses) = member.now.remembering(Self.whole.remembered(today: Self.today), today: Self.today)
        let loss = try #require(losses.first)
        #expect(loss.days.texts == member.lost)
        #expect(Dictionary(uniqueKeysWithValues: loss.accounts.map { ($0.name, $0.days.texts) }) == member.accounts)
        #expect(coverage.newestWhole == Day("2026-10-31"))
        for text in member.lost + member.accounts.values.joined() {
            let day = Day(String(text.prefix(10)))!
            #expect(coverage.state(of: day) == .missing && coverage.state(of: day, accounts: ["2"]) == .missing)
        }
        // They are missed until they are back.
        let again = member.now.remembering(coverage.remembered(today: Self.today), today: Self.today)
        #expect(again.losses == losses && again.coverage == coverage)
        #expect(Self.whole.remembering(coverage.remembered(today: Self.today), today: Self.today).losses.isEmpty)
    }

    @Test(
        "are not missed where a bill goes on as bills do",
        arguments: [
            // The next day; and one that is arriving.
            bill(["1": ["2026-09-01/2026-11-01"], "2": ["2026-09-01/2026-10-31"]]),
            // The oldest days are dropped.
            bill(["1": ["2026-10-01/2026-10-31"], "2": ["2026-10-04/2026-10-31"]]),
            // Under another name it is another source.
            bill(["3": ["2026-10-20/2026-10-31"]], name: "t"),
        ])
    func usual(bill: BillCoverage) {
        var before = Self.whole
        if bill.sources[0].accounts.count == 2, bill.sources[0].accounts[1].days[0].lowerBound == Day("2026-10-04") {
            before = Self.bill(["1": ["2026-09-01/2026-10-31"], "2": ["2026-09-01/2026-09-10", "2026-10-04/2026-10-31"]])
        }
        let (coverage, losses) = bill.remembering(before.remembered(today: Self.today), today: Self.today)
        #expect(losses.isEmpty && coverage == bill)
    }

    @Test("are not missed of a source that only ever holds the present month")
    func monthToDate() {
        let october = Self.bill(["1": ["2026-10-01/2026-10-31"]]).remembered(today: Self.today)
        let november = Self.bill(["1": ["2026-11-01/2026-11-02"]], until: "2026-11-02")
        #expect(november.remembering(october, today: Day("2026-11-03")!).losses.isEmpty)
        // Once November was beside it, October is missed.
        let both = Self.bill(["1": ["2026-10-01/2026-11-01"]], until: "2026-11-01").remembered(today: Day("2026-11-02")!)
        #expect(!november.remembering(both, today: Day("2026-11-03")!).losses.isEmpty)
        #expect(!november.remembering(Self.whole.remembered(today: Self.today), today: Day("2026-11-03")!).losses.isEmpty)
    }

    @Test("of an account that is billed now and then are missing, and nobody is alarmed: providers restate")
    func sparse() {
        let before = Self.bill(["1": ["2026-09-01/2026-10-31"], "2": ["2026-10-05", "2026-10-20"]])
        let now = Self.bill(["1": ["2026-09-01/2026-10-31"], "2": ["2026-10-05"]])
        let (coverage, losses) = now.remembering(before.remembered(today: Self.today), today: Self.today)
        #expect(losses.isEmpty && coverage.state(of: Day("2026-10-20")!, accounts: ["2"]) == .missing)
    }

    @Test("that a clock ahead saw as whole are not missed")
    func clock() {
        let (coverage, losses) = Self.whole.remembering(
            Self.bill(["1": ["2026-09-01/2026-12-24"]], until: "2026-12-24"), today: Self.today)
        #expect(losses.isEmpty && coverage.newestWhole == Day("2026-10-31"))
    }

    @Test("are forgotten after 400 days, and where nothing was spent at once")
    func forgotten() {
        var bill = Self.bill(["1": ["2025-01-01/2026-10-31"]])
        bill.sources[0] = .init(
            name: "s", newestWhole: Day("2026-10-31"),
            accounts: [.init(name: "1", days: bill.sources[0].accounts[0].days, zero: Self.runs(["2026-10-10"]))])
        #expect(
            bill.remembered(today: Self.today).sources[0].accounts[0].days.texts == [
                "2025-09-27..2026-10-09", "2026-10-11..2026-10-31",
            ])
    }
}
