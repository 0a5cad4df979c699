import CostModel
import Remediation
import Testing

@Suite("the schedule of an autoscaling group")
struct GroupScheduleTests {
    private static let text = """
        resource "aws_autoscaling_group" "web" {
          min_size         = 2
          max_size         = 4
          desired_capacity = 3
        }

        """

    /// A group that its sizes are said of.
    private static func group(_ sizes: [String: Int], address: String = "aws_autoscaling_group.web") -> Resource {
        var group = Resource(
            identity: ResourceIdentity(root: "infra", address: address), type: "aws_autoscaling_group", provider: "aws",
            location: Place(file: "infra/main.tf", line: 1), block: FileSpan(file: "infra/main.tf", bytes: 0..<text.utf8.count - 1),
            tags: TagSet(supported: true))
        group.attributes = sizes.mapValues { ResourceAttribute(.number(FixedDecimal($0))) }
        return group
    }

    private static let office = WeeklyHours(days: 0...4, from: 7 * 60, to: 19 * 60, timeZone: "Europe/Berlin")

    @Test(
        "is written in cron's days and hours",
        arguments: [
            (office, "0 7 * * 1-5", "0 19 * * 1-5"),
            (WeeklyHours(days: 0...6, from: 6 * 60 + 30, to: 22 * 60, timeZone: "UTC"), "30 6 * * *", "0 22 * * *"),
            (WeeklyHours(days: [0, 1, 4], from: 20 * 60, to: 4 * 60, timeZone: "Europe/Berlin"), "0 20 * * 1,2,5", "0 4 * * 2,3,6"),
            (WeeklyHours(days: 0...4, from: 0, to: 24 * 60, timeZone: "Europe/Berlin"), "0 0 * * 1", "0 0 * * 6"),
            (WeeklyHours(days: [5, 6], from: 8 * 60, to: 24 * 60, timeZone: "Europe/Berlin"), "0 8 * * 0,6", "0 0 * * 0,1"),
        ])
    func times(hours: WeeklyHours, start: String, stop: String) {
        guard case .schedule(let schedule) = GroupSchedule.of(Self.group(["min_size": 1, "max_size": 2]), needed: hours) else {
            Issue.record("no schedule")
            return
        }
        #expect((schedule.start, schedule.stop) == (start, stop))
    }

    @Test("restores the sizes of the code; without a desired capacity the least")
    func sizes() {
        func sizes(_ sizes: [String: Int]) -> [Int]? {
            guard case .schedule(let schedule) = GroupSchedule.of(Self.group(sizes), needed: Self.office) else { return nil }
            return [schedule.sizes.least, schedule.sizes.most, schedule.sizes.wanted]
        }
        #expect(sizes(["min_size": 2, "max_size": 4, "desired_capacity": 3]) == [2, 4, 3])
        #expect(sizes(["min_size": 2, "max_size": 4]) == [2, 4, 2])
        #expect(sizes(["min_size": 0, "max_size": 4]) == nil)
        #expect(sizes(["max_size": 4]) == nil)
    }

    @Test("is none where AWS would not know the time zone, where the group is repeated, and where it is always needed")
    func refused() {
        let sizes = ["min_size": 1, "max_size": 2]
        func isNone(_ group: Resource, _ hours: WeeklyHours) -> Bool {
            if case .impossible = GroupSchedule.of(group, needed: hours) { true } else { false }
        }
        #expect(isNone(Self.group(sizes), WeeklyHours(days: 0...4, from: 0, to: 60, timeZone: "+01:00")))
        #expect(isNone(Self.group(sizes, address: "aws_autoscaling_group.web[0]"), Self.office))
        #expect(isNone(Self.group(sizes), WeeklyHours(days: 0...6, from: 0, to: 24 * 60, timeZone: "UTC")))
    }

    @Test("is proposed as two blocks behind the group, for a person to review")
    func blocks() throws {
        let policy = SchedulePolicy(
            header: PolicyHeader(
                reference: PolicyReference(.schedule, "office"), place: Place(file: "p.yaml", line: 1), level: 2, fix: .review),
            match: ResourceMatch(), needed: Self.office)
        let group = Self.group(["min_size": 2, "max_size": 4, "desired_capacity": 3])
        var code = CodeFixture(Self.text)
        code.resources = [group]
        code.policies = [policy]
        code.findings = [
            Finding(
                policy: policy.header, rule: "idle-out-of-hours", verdict: .fail, team: "payments", message: "it ran",
                proposal: [GroupSchedule.type: "at night to 0"],
                resource: .init(identity: group.identity, id: nil, type: group.type, provider: "aws"), location: group.location,
                atStake: .zero(.usd))
        ]
        let schedules = ["start", "stop"].map { name in
            Resource(
                identity: ResourceIdentity(root: "infra", address: "aws_autoscaling_schedule.web_\(name)"),
                type: "aws_autoscaling_schedule",
                provider: "aws", location: group.location, block: group.block, tags: TagSet(supported: false))
        }
        let proposals = code.propose { _ in JudgedTree(resources: [group] + schedules, findings: []) }
        #expect(proposals.map(\.applicability) == [.review])
        #expect(
            code.edited(proposals) == Self.text + """

                resource "aws_autoscaling_schedule" "web_start" {
                  scheduled_action_name  = "start"
                  autoscaling_group_name = aws_autoscaling_group.web.name
                  min_size               = 2
                  max_size               = 4
                  desired_capacity       = 3
                  recurrence             = "0 7 * * 1-5"
                  time_zone              = "Europe/Berlin"
                }

                resource "aws_autoscaling_schedule" "web_stop" {
                  scheduled_action_name  = "stop"
                  autoscaling_group_name = aws_autoscaling_group.web.name
                  min_size               = 0
                  max_size               = 0
                  desired_capacity       = 0
                  recurrence             = "0 19 * * 1-5"
                  time_zone              = "Europe/Berlin"
                }

                """)
        // A tree in which something else appears is not what was asked for.
        var stranger = schedules[0]
        stranger.identity.address = "aws_autoscaling_schedule.other"
        let refused = code.propose { _ in JudgedTree(resources: [group] + schedules + [stranger], findings: []) }
        #expect(refused.map(\.reason) == ["the change would add or remove resources"])
    }
}
