import CostModel
import Scoring
import Testing

@Suite("badges")
struct AwardsTests {
    let web = Calendar.finding("web")

    func names(_ calendar: Calendar) -> [String] { calendar.history.badges.map(\.name).sorted() }

    @Test("the first fix is the first finding that was open, had dollars at stake, and is gone at a commit")
    func firstFix() {
        var calendar = Calendar()
        calendar.judge([Calendar.finding("free", 0), Calendar.finding("agreed", exemption: "x"), web])
        calendar.days(3, [web])
        #expect(names(calendar).isEmpty)
        calendar.days(2, [], revision: "fix")
        #expect(names(calendar) == ["first-fix"])
        #expect(calendar.history.badges[0].awarded == calendar.now.day && calendar.history.badges[0].evidence.count == 64)
        #expect(calendar.card().badges == calendar.history.badges)
    }

    @Test("opening and closing a finding again and again gives one badge")
    func farming() {
        var calendar = Calendar()
        calendar.judge([web])
        for _ in 0..<10 {
            calendar.days(2)
            calendar.days(2, [web])
        }
        #expect(names(calendar).filter { $0 == "first-fix" } == ["first-fix"])
    }

    @Test("a level that is held gives its badge and those under it, once and for good")
    func levels() {
        var calendar = Calendar()
        calendar.judge()
        calendar.days(12)
        #expect(names(calendar).isEmpty)
        calendar.days(1)
        #expect(names(calendar) == ["bronze", "gold", "silver"])
        calendar.days(30, [Calendar.finding("web", 40_000)])
        #expect(calendar.card().heldLevel! < .gold)
        calendar.days(30)
        #expect(calendar.card().heldLevel == .gold)
        #expect(names(calendar).filter { $0 == "gold" } == ["gold"])
    }

    @Test("streaks of 4, 12, 26 and 52 weeks")
    func streaks() {
        var calendar = Calendar()
        calendar.judge()
        var given: [String: Int] = [:]
        for day in 1...(53 * 7) {
            calendar.days(1)
            for badge in calendar.history.badges where badge.name.hasPrefix("streak") && given[badge.name] == nil {
                given[badge.name] = day
            }
        }
        #expect(given == ["streak-4": 28, "streak-12": 84, "streak-26": 182, "streak-52": 364])
    }

    @Test("a thousand a month saved gives a badge once it has vested", arguments: [(999, false), (1_000, true)])
    func saver(dollars: Int, given: Bool) {
        var calendar = Calendar()
        calendar.judge()
        calendar.history.savings = [
            StandingTests.saving(dollars - 500, merged: calendar.now), StandingTests.saving(500, merged: calendar.now, plan: "q"),
            StandingTests.saving(5_000, merged: calendar.now, standing: .measured, plan: "r"),
            StandingTests.saving(5_000, merged: calendar.now, plan: "s", team: "b"),
        ]
        calendar.days(1)
        #expect(names(calendar).contains("saver-1000") == given)
    }

    @Test("a partial evaluation gives none")
    func partial() {
        var calendar = Calendar()
        calendar.judge([web])
        calendar.days(2, [], revision: "fix", isPartial: true)
        calendar.days(20, [], isPartial: true)
        #expect(names(calendar).isEmpty)
    }
}

@Suite("a change of policies over time")
struct PolicyRolloutTests {
    static let monday = Day("2026-03-02")!

    static func days(_ digests: [String]) -> [ScoreDay] {
        digests.enumerated().map { number, digest in
            var day = HeldLevelTests.day(number)
            day.policyDigest = digest
            return day
        }
    }

    @Test("new policies wait for 14 days, and each change of them by itself")
    func waits() {
        func inForce(_ digests: [String]) -> String {
            let (digest, since) = PolicyRollout.inForce(
                scores: Self.days(digests.dropLast()), digest: digests.last!, today: Self.monday.advanced(by: digests.count - 1))
            return digest + (since.map { " since \($0)" } ?? "")
        }
        let old = Array(repeating: "A", count: 20)
        #expect(inForce(["A"]) == "A")
        #expect(inForce(old + ["B"]) == "A since 2026-03-22")
        #expect(inForce(old + Array(repeating: "B", count: 14)) == "A since 2026-03-22")
        #expect(inForce(old + Array(repeating: "B", count: 15)) == "B")
        #expect(inForce(old + Array(repeating: "B", count: 10) + Array(repeating: "C", count: 5)) == "B since 2026-04-01")
        #expect(inForce(old + ["B", "B", "A"]) == "A")
        // A ledger that is younger than that begins with its oldest policies.
        #expect(inForce(["A", "A", "B"]) == "A since 2026-03-04")
    }

    @Test("of two policies of one day the newer ones count, also where a team that is gone since was scored by the older ones")
    func twoOfADay() {
        var scores = Self.days(Array(repeating: "Z", count: 20) + ["B"])
        var gone = scores[20]
        (gone.team, gone.policyDigest) = ("gone", "Z")
        scores.append(gone)
        let (digest, since) = PolicyRollout.inForce(scores: scores, digest: "B", today: Self.monday.advanced(by: 21))
        #expect(digest == "Z" && since == Self.monday.advanced(by: 20))
    }

    @Test("while they wait, cards show the score that newer policies would give, and the day remembers them")
    func wouldBe() {
        var calendar = Calendar([Calendar.tags])
        calendar.judge()
        calendar.pass(1)
        let newer = Calendar([Calendar.tags, Calendar.sizes], digest: "two")
        let (changes, board) = ScoreHistory.advance(
            policies: calendar.policies, result: calendar.result([]), history: calendar.history, now: calendar.now, revision: "c2",
            isPartial: false, wouldBe: (newer.policies, newer.result([Calendar.finding("web", 20_000, by: Calendar.sizes)])))
        #expect(board.teams[0].score == Points(hundredths: 10_000))
        #expect(board.teams[0].wouldBe! < Points(hundredths: 10_000))
        #expect(changes.scores.map(\.policyDigest) == ["two"])
        #expect(changes.lives.isEmpty)
    }

    @Test("teams, exemptions and settings of the newest policies count at once")
    func merged() {
        let older = Calendar([Calendar.tags], digest: "one").policies
        var newest = Calendar([Calendar.sizes], teams: ["a", "b"], digest: "two").policies
        newest.exemptions = [
            Exemption(
                name: "x", place: Place(file: "x.yaml", line: 1), policies: [], resources: [], reason: "r", approvedBy: "o",
                expires: Self.monday)
        ]
        let policies = PolicyRollout.policies(newest, judgingBy: older)
        #expect(policies.headers.map(\.reference) == [Calendar.tags.reference] && policies.digest == "one")
        #expect(policies.teams == newest.teams && policies.exemptions == newest.exemptions)
    }
}
