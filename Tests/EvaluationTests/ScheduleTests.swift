import CostModel
import Testing

@testable import Evaluation

@Suite("schedules")
struct ScheduleTests {
    static let office = WeeklyHours(days: 0...4, from: 7 * 60, to: 19 * 60, timeZone: "UTC")

    /// A machine with four weeks of hourly samples until the first of November, at 10 USD a day on demand. Of their 672 hours 240 are needed.
    struct Scene {
        var world = World()
        var policy = SchedulePolicy(
            header: header(.schedule, "office", level: 2), match: .init(), needed: ScheduleTests.office,
            tag: .init(key: "Schedule", value: "office-hours", place: Place(file: "policies/office.yaml", line: 1)))
        var machine = resource("web", size: "m5.large")
        /// Charges of each day, and their terms.
        var charges: [(amount: String, terms: ChargeTerms)] = [("10", ChargeTerms(pricing: .onDemand))]
        /// The CPU of the hour that begins then; nil: no sample.
        var cpu: (Instant) -> Double? = { _ in 2 }
        var billTellsTerms = true
        var summaries = false

        func evaluate() -> EvaluationResult {
            var world = world
            world.resources = [machine]
            world.schedules = [policy]
            for charge in charges {
                let first = world.bill.table.lines.count
                world.bill.daily("2026-09-01", "2026-10-31", charge.amount, resource: "web")
                world.bill.table.terms.append(charge.terms)
                for line in world.bill.table.lines.indices.dropFirst(first) {
                    world.bill.table.lines[line].key.terms = Int32(world.bill.table.terms.count - 1)
                }
            }
            world.bill.table.tellsTerms = billTellsTerms
            world.bill.table.tellsTransfer = true
            let samples = (1...672).reversed().compactMap { age -> SampleSeries.Sample? in
                let time = world.now.subtracting(.hours(age))
                return cpu(time).map { SampleSeries.Sample(time: time, value: $0) }
            }
            world.utilization.series["web"] = [.cpu: SampleSeries(samples: samples)]
            if summaries {
                world.utilization = UtilizationTable(
                    RecordedUtilization(of: world.utilization, lookbacks: [.days(28)], percentiles: [], until: world.now))
            }
            return world.evaluate()
        }

        var finding: Finding? { evaluate().findings.first { $0.policy.kind == .schedule } }
    }

    static func isNeeded(_ time: Instant) -> Bool {
        time.day.weekday < 5 && (7..<19).contains((time.seconds - time.day.start.seconds) / 3_600)
    }

    @Test(
        "a machine that does nothing at night is found at its block, with the share of its hours in dollars, and gets the scheduler's tag")
    func found() throws {
        let scene = Scene()
        let finding = try #require(scene.finding)
        #expect(finding.verdict == .fail && finding.rule == "idle-out-of-hours" && finding.location == scene.machine.location)
        #expect(finding.subject == "Schedule" && finding.proposal == ["Schedule": "office-hours"] && finding.fix == .review)
        // 280 in 28 days, of 432 hours of 672; times 365/336.
        #expect(finding.atStake == dollars("180") && finding.monthlySavings?.amount.rounded(to: 4) == "195.5357")
        #expect(
            finding.message
                == "it ran 432 of the 432 hours outside mon-fri 07:00-19:00 UTC, and CPU stayed below 5 % (highest sample 2 %); its disks cost the same while it is off"
        )
    }

    @Test("only what is paid for by the hour is saved: no commitment, no transfer, and no more hours than there are samples of")
    func paidByTheHour() throws {
        var scene = Scene()
        scene.charges = [("5", ChargeTerms(pricing: .onDemand)), ("5", ChargeTerms(pricing: .used, commitment: "sp-1"))]
        let half = try #require(scene.finding)
        #expect(half.atStake == dollars("90") && half.message.hasSuffix("while it is off, and so does what commitments pay for"))
        scene.charges[0].terms.pricing = .used
        #expect(scene.finding?.verdict == .pass && scene.finding?.message.contains("commitments pay for it") == true)
        scene.charges = [("10", ChargeTerms(pricing: .onDemand)), ("3", ChargeTerms(pricing: .onDemand, transfer: .internet))]
        #expect(scene.finding?.atStake == dollars("180"))
        // Without samples of its weekends, 240 of 480 hours.
        scene.cpu = { $0.day.weekday < 5 ? 2 : nil }
        #expect(scene.finding?.atStake == dollars("140"))
    }

    @Test("a machine passes that works at night, is off then, or has a schedule")
    func passes() {
        func passed(_ text: String, _ change: (inout Scene) -> Void) -> Bool {
            var scene = Scene()
            change(&scene)
            let finding = scene.finding
            return finding?.verdict == .pass && finding?.message.contains(text) == true
        }
        let sunday = Instant("2026-10-11T03:00:00Z")!
        #expect(passed("used outside mon-fri 07:00-19:00 UTC: highest sample of CPU 40 %") { $0.cpu = { $0 == sunday ? 40 : 2 } })
        #expect(passed("used outside") { $0.cpu = { Self.isNeeded($0) ? 1 : 5 } })
        #expect(passed("ran 0 of the") { $0.cpu = { Self.isNeeded($0) ? 60 : nil } })
        #expect(passed("tag 'Schedule' is 'uk-hours'") { $0.machine = resource("web", tags: ["Schedule": "uk-hours"], size: "m5.large") })
        #expect(
            passed("aws_autoscaling_schedule.night") {
                $0.machine.referencedBy = [.init(type: "aws_autoscaling_schedule", address: "aws_autoscaling_schedule.night")]
            })
        // One busy hour of 432 counts where every sample does.
        var scene = Scene()
        scene.cpu = { $0 == sunday ? 40 : 2 }
        scene.policy.percentile = FixedDecimal(95)
        #expect(scene.finding?.verdict == .fail)
    }

    @Test("a tag that is not applied yet is not taken for one, and one without a value is proposed")
    func tags() {
        var scene = Scene()
        scene.machine = resource("web", tags: ["Schedule": "office-hours"], size: "m5.large")
        scene.machine.deployed?.tags = [:]
        #expect(scene.finding?.verdict == .pass && scene.finding?.awaitsApply == true)
        scene.machine.tags.tags = Tags(["Schedule": Tag(value: "")])
        #expect(scene.finding?.proposal == ["Schedule": "office-hours"])
        scene.policy.tag = nil
        #expect(scene.finding?.fix == .advisory && scene.finding?.reason?.contains("names no 'tag'") == true)
        #expect(scene.finding?.proposal == [:] && scene.finding?.atStake == dollars("180"))
    }

    @Test("what is missing, late, coarse or not told apart is unknown, and says why")
    func unknown() throws {
        func reason(_ change: (inout Scene) -> Void) -> String? {
            var scene = Scene()
            change(&scene)
            let finding = scene.finding
            return finding?.verdict == .unknown ? finding?.reason : "\(finding?.message ?? "nothing")"
        }
        let late = Instant("2026-10-28T00:00:00Z")!
        #expect(reason { $0.cpu = { _ in nil } } == "no CPU sample in the last 28d")
        #expect(
            reason { $0.cpu = { $0 < late ? 2 : nil } } == "its newest CPU sample is of 2026-10-27: it is off since, or samples are late")
        #expect(reason { $0.cpu = { $0 == $0.day.start ? 2 : nil } } == "its CPU samples are further apart than an hour")
        #expect(reason { $0.cpu = { $0.day.weekday == 5 ? 2 : nil } }?.hasPrefix("there are samples of 96 of the") == true)
        #expect(reason { $0.summaries = true }?.contains("summaries") == true)
        #expect(reason { $0.machine.deployed = nil }?.contains("no state says") == true)
        #expect(reason { $0.machine.tags.openReason = "computed" } == "whether it has the tag 'Schedule': computed")
        #expect(reason { $0.billTellsTerms = false }?.contains("on which terms") == true)
        #expect(reason { $0.charges[0].terms.pricing = .unstated } == "the bill does not say on which terms it is charged")
        #expect(reason { $0.charges = [] } == "the bill has no charge of the last 28 days for it")
        #expect(reason { $0.machine = resource("web", type: "aws_db_instance", size: "db.m5.large") }?.contains("storage") == true)
    }

    @Test("a machine of a service that breaks its objectives is held back")
    func held() {
        var scene = Scene()
        scene.world.serviceLevels = [ServiceLevelTests.level(latency: ServiceLevelTests.slow)]
        scene.world.metrics = ["p95": ServiceLevelTests.metric(["301", "301", "1", "1"])]
        let result = scene.evaluate()
        #expect(result.suppressed.map(\.reason) == [.serviceLevel] && result.suppressed.first?.atStake == dollars("180"))
        #expect(!result.findings.contains { $0.policy.kind == .schedule })
    }

    @Test(
        "hours are those that clocks show, in the nights in which they change, too",
        arguments: [
            // From Saturday to Sunday, four nights: one has an hour more in October and one less in March.
            (WeeklyHours(days: [5], from: 22 * 60, to: 6 * 60, timeZone: "Europe/Berlin"), "2026-11-04T00:00:00Z", 33 * 60),
            (WeeklyHours(days: [5], from: 22 * 60, to: 6 * 60, timeZone: "Europe/Berlin"), "2026-04-08T00:00:00Z", 31 * 60),
            (WeeklyHours(days: [5], from: 22 * 60, to: 6 * 60, timeZone: "+01:00"), "2026-04-08T00:00:00Z", 32 * 60),
            // A time that clocks show twice, and one that they do not show.
            (WeeklyHours(days: [6], from: 150, to: 210, timeZone: "Europe/Berlin"), "2026-11-04T00:00:00Z", 5 * 60),
            (WeeklyHours(days: [6], from: 150, to: 210, timeZone: "Europe/Berlin"), "2026-04-08T00:00:00Z", 4 * 60),
            // Half an hour off, and at a time within an hour.
            (WeeklyHours(days: 0...4, from: 540, to: 1_050, timeZone: "Asia/Kolkata"), "2026-11-04T12:34:56Z", 20 * 510),
            (WeeklyHours(days: 0...6, from: 0, to: 1_439, timeZone: "UTC"), "2026-11-04T00:00:00Z", 28 * 1_439),
        ] as [(WeeklyHours, String, Int)])
    func clocks(week: WeeklyHours, now: String, minutes: Int) {
        let hours = NeededHours(week, until: Instant(now)!)
        #expect(hours.off.count == 672 && hours.off.allSatisfy { (0...3_600).contains($0) })
        #expect(hours.off.reduce(0) { $0 + 3_600 - $1 } == minutes * 60)
    }
}
