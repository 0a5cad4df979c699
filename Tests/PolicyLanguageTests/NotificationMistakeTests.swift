import CostModel
import Diagnostics
import PolicyLanguage
import Testing

@Suite("a Notification and the channels as they are written")
struct NotificationMistakeTests {
    @Test("have every key read")
    func right() throws {
        let (policies, diagnostics) = load(
            object(
                "Notification",
                "{on: [finding.new, anomaly], where: 'event.amount > usd(5)', to: [chat, contact], digest: weekly, escalate: {after: 3d, to: [boss, contact]}, quiet: {from: \"19:00\", to: \"08:00\", weekends: true, offset: \"-03:30\"}}"
            ))
        #expect(diagnostics.isEmpty)
        let policy = try #require(policies?.notifications.first)
        #expect(policy.events == [.findingNew, .anomaly] && policy.condition?.text == "event.amount > usd(5)")
        #expect(policy.targets == [.channel("chat"), .contact] && policy.digest == .weekly)
        #expect(policy.escalation == .init(after: .days(3), targets: [.channel("boss"), .contact]))
        #expect(policy.quiet == QuietHours(hours: .init(from: 1_140, until: 480), weekends: true, offset: -210))
    }

    @Test(
        "with a mistake are refused at its place",
        arguments: [
            ("{to: [chat]}", "missing 'on' in 'spec'"), ("{on: [anomaly]}", "missing 'to' in 'spec'"),
            ("{on: [anomaly], to: []}", "'to' must not be empty"),
            ("{on: [finding.knew], to: [chat]}", "did you mean 'finding.new'?"),
            ("{on: [anomaly], to: ['https://hooks.example.com']}", "a name of lower-case letters"),
            ("{on: [anomaly], to: [chat], where: event.amout > usd(1)}", "amout"),
            ("{on: [anomaly], to: [chat], where: resource.type == 'x'}", "resource"),
            ("{on: [anomaly], to: [chat], quiet: {from: \"19:00\"}}", "'from' and 'to' stand together"),
            ("{on: [anomaly], to: [chat], quiet: {from: \"25:00\", to: \"08:00\"}}", "must be a quoted time of the day"),
            ("{on: [anomaly], to: [chat], quiet: {weekends: true, offset: \"+15:00\"}}", "hours and minutes ahead of UTC"),
            ("{on: [anomaly], to: [chat], quiet: {weekends: false}}", "when it is quiet"),
            ("{on: [anomaly], to: [chat], escalate: {to: [boss]}}", "missing 'after'"),
            ("{on: [anomaly], to: [chat], escalate: {after: 10m, to: [boss]}}", "from 1h to 90d"),
            ("{on: [report.weekly], to: [chat], escalate: {after: 3d, to: [boss]}}", "nothing to wait for"),
            ("{on: [anomaly], to: [chat], digest: monthly}", "'digest' must be none, daily or weekly"),
        ])
    func wrong(spec: String, message: String) {
        let (policies, diagnostics) = load(object("Notification", spec))
        #expect(policies == nil)
        #expect(diagnostics.contains { $0.message.contains(message) }, "\(diagnostics.map(\.message))")
    }

    private func channel(_ text: String) -> (MessageChannel?, [String]) {
        let text = "apiVersion: bursar/v1\nkind: Clients\nmetadata: {name: x}\nspec: {channels: [\(text)]}\n"
        let (clients, diagnostics) = ConfigurationLoader.loadClients(
            SourceFile(path: "c.yaml", bytes: Array(text.utf8)), now: Instant(seconds: 1_793_491_200))
        return (clients?.channels.first, diagnostics.map(\.message))
    }

    @Test("of the operator's document have every key read")
    func channels() {
        let (read, problems) = channel(
            "{name: hook, kind: webhook, address: 'https://h.example.com/x?y=1', secretFile: /s, workspaces: [acme], contacts: ['#pay'], deadline: 2m}"
        )
        #expect(problems.isEmpty)
        #expect(
            read
                == MessageChannel(
                    name: "hook", kind: .webhook, address: "https://h.example.com/x?y=1", secretFile: "/s", workspaces: ["acme"],
                    contacts: ["#pay"], deadline: TimeSpan(seconds: 120)))
        let (mail, none) = channel(
            "{name: m, kind: email, address: 'smtps://mail.example.com', from: bursar@example.com, to: [a@example.com, b@example.com], user: u, secretFile: /s, authorities: /ca}"
        )
        #expect(none.isEmpty)
        #expect(
            mail
                == MessageChannel(
                    name: "m", kind: .email, address: "smtps://mail.example.com", secretFile: "/s",
                    recipients: ["a@example.com", "b@example.com"], sender: "bursar@example.com", user: "u", authorities: "/ca"))
        #expect(read?.isFor(contact: "#Pay") == true && read?.isFor(workspace: "other") == false)
    }

    @Test(
        "of the operator's document with a mistake are refused",
        arguments: [
            ("{name: a, kind: webhook, address: 'https://h.example.com'}", "missing 'secretFile'"),
            ("{name: a, kind: webhook, secretFile: /s}", "missing either 'address' or 'addressFile'"),
            ("{name: a, kind: slack, address: 'https://hooks.slack.com/x'}", "so it stands in a file"),
            ("{name: a, kind: teams}", "missing 'addressFile'"),
            ("{name: a, kind: pagerduty, addressFile: /a}", "missing 'secretFile'"),
            ("{name: contact, kind: teams, addressFile: /a}", "no channel can be called 'contact'"),
            ("{name: a, kind: teams, addressFile: /a, deadline: 10m}", "at most 5m"),
            ("{name: a, kind: webhook, address: 'https://u:p@h.example.com', secretFile: /s}", "without a name or a password"),
            ("{name: a, kind: teams, addressFile: /a}, {name: a, kind: slack, addressFile: /b}", "two channels are called 'a'"),
            ("{name: a, kind: fax}", "'kind' must be"),
            ("{name: a, kind: slack}", "missing either 'addressFile', or 'secretFile' and 'to'"),
            ("{name: a, kind: slack, secretFile: /s}", "missing 'to', the conversation of a bot"),
            ("{name: a, kind: slack, secretFile: /s, to: ['#general']}", "the id of one conversation"),
            ("{name: a, kind: slack, secretFile: /s, to: [C01, C02]}", "the id of one conversation"),
            ("{name: a, kind: slack, secretFile: /s, to: [C01], addressFile: /a}", "leave one of them out"),
            ("{name: a, kind: email, address: 'https://m.example.com', from: a@b.example, to: [c@d.example]}", "must be smtp://"),
            ("{name: a, kind: email, address: 'smtp://m.example.com/x', from: a@b.example, to: [c@d.example]}", "must be smtp://"),
            ("{name: a, kind: email, address: 'smtp://m.example.com:0', from: a@b.example, to: [c@d.example]}", "must be smtp://"),
            ("{name: a, kind: email, address: 'smtp://u@m.example.com', from: a@b.example, to: [c@d.example]}", "without a name"),
            ("{name: a, kind: email, address: 'smtp://m.example.com', to: [c@d.example]}", "missing 'from'"),
            ("{name: a, kind: email, address: 'smtp://m.example.com', from: nobody, to: [c@d.example]}", "an address of mail"),
            (
                "{name: a, kind: email, address: 'smtp://m.example.com', from: a@b.example, to: ['c@d.example>, <e@f.example']}",
                "addresses of mail"
            ),
            (
                "{name: a, kind: email, address: 'smtp://m.example.com', from: a@b.example, to: [c@d.example], user: u}",
                "they stand together"
            ),
            ("{name: a, kind: webhook, address: 'smtp://m.example.com', secretFile: /s}", "a web address"),
            ("{name: a, kind: sns, to: ['+4912345678']}", "missing 'program'"),
            ("{name: a, kind: sns, program: aws, to: ['+4912345678']}", "an absolute path"),
            ("{name: a, kind: sns, program: /usr/bin/aws, to: ['payments']}", "one topic's ARN or one telephone number"),
            ("{name: a, kind: sns, program: /usr/bin/aws, to: ['+4912345678'], secretFile: /s}", "its own addresses and secrets"),
            ("{name: a, kind: teams, addressFile: /a, program: /usr/bin/aws}", "'program' is not of 'teams': it is of 'sns'"),
        ])
    func wrongChannels(text: String, message: String) {
        let (read, problems) = channel(text)
        #expect(read == nil)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }
}
