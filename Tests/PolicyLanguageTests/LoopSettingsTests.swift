import CostModel
import Diagnostics
import PolicyLanguage
import Testing

@Suite("the settings of the loop")
struct LoopSettingsTests {
    private static let now = Instant(seconds: 1_793_491_200)

    private func requests(_ yaml: String) -> (RequestSettings?, [String]) {
        let text =
            "apiVersion: bursar/v1\nkind: Workspace\nmetadata: {name: a}\nspec:\n  currency: USD\n  policies: [p]\n  remediation:\n    requests: \(yaml)\n"
        let (policies, diagnostics) = PolicyLoader.load(
            files: [], workspace: SourceFile(path: "bursar.yaml", bytes: Array(text.utf8)), now: Self.now)
        return (policies?.workspace.remediation.requests, diagnostics.map(\.message))
    }

    private func reconciler(_ workspaces: String) -> (ReconcilerSettings?, [String]) {
        let text = "apiVersion: bursar/v1\nkind: Reconciler\nmetadata: {name: a}\nspec:\n  workspaces:\n\(workspaces)"
        let (settings, diagnostics) = ConfigurationLoader.load(SourceFile(path: "r.yaml", bytes: Array(text.utf8)), now: Self.now)
        return (settings, diagnostics.map(\.message))
    }

    @Test("requests have sensible defaults")
    func defaults() throws {
        let (settings, problems) = requests("{maxOpen: 3}")
        #expect(problems.isEmpty)
        var expected = RequestSettings()
        expected.maxOpen = 3
        #expect(settings == expected)
    }

    @Test("every key of requests is read")
    func all() throws {
        let (settings, problems) = requests(
            """
            {grouping: root, maxOpen: 5, maxNewPerHour: 1, labels: [cost, finops], reviewers: [acme/platform], codeOwners: false, draft: true,
             schedule: [{days: [mon, fri], from: "08:00", to: "17:30"}, {to: "06:00"}], dismissal: none,
             dashboard: {title: What waits, snooze: 14d}}
            """)
        #expect(problems.isEmpty)
        #expect(
            settings
                == RequestSettings(
                    grouping: .root, maxOpen: 5, maxNewPerHour: 1, labels: ["cost", "finops"], reviewers: ["acme/platform"],
                    asksCodeOwners: false, isDraft: true,
                    schedule: [.init(days: [0, 4], from: 480, until: 1_050), .init(until: 360)], dismissal: nil,
                    dashboard: DashboardSettings(title: "What waits", snooze: .days(14))))
        #expect(requests("{dashboard: {}}").0?.dashboard == DashboardSettings())
    }

    @Test(
        "what cannot be meant is said",
        arguments: [
            (
                #"{schedule: [{from: "17:00", to: "08:00"}]}"#,
                "a time of 'schedule' must end after it begins; one over midnight is two entries"
            ),
            (#"{schedule: [{from: "24:01"}]}"#, "'from' must be a quoted time of the day such as 08:00 or 17:30, found '24:01'"),
            ("{dashboard: {snooze: 367d}}", "a request is put off for 366d at most"),
            (#"{reviewers: ["-x"]}"#, "an entry of 'reviewers' must be a user or team such as alex or acme/platform, found '-x'"),
        ])
    func wrong(yaml: String, message: String) {
        #expect(requests(yaml).1 == [message])
    }

    @Test("an operator's document is read whole")
    func document() throws {
        let (settings, problems) = reconciler(
            """
                - name: acme
                  repository: https://git.example.com/acme/infra.git
                  branch: main
                  path: cost
                  observed: /srv/acme
                  interval: 5m
                  credentials: {sshKey: /keys/id, knownHosts: /keys/known_hosts}
                  protocols: [ssh]
                  forge: {kind: gitea, api: https://git.example.com/api/v1, project: acme/infra, tokenFile: /run/token}
                  verify: {signedBy: ["SHA256:abc"]}
                  sign: {key: /keys/sign}
                  deadlines: {fetch: 1m}
                - {name: other, repository: ./other}

            """)
        #expect(problems.isEmpty)
        let acme = try #require(settings?.workspaces.first)
        #expect(acme.credentials == .ssh(key: "/keys/id", knownHosts: "/keys/known_hosts"))
        #expect(acme.forge.kind == .host(.gitea) && acme.forge.project == "acme/infra")
        #expect(acme.deadlines[.fetch].seconds == 60 && acme.deadlines[.observe].seconds == 600)
        #expect(acme.verification == ["SHA256:abc"] && acme.signingKey == "/keys/sign" && acme.protocols == [.ssh])
        #expect(settings?.workspaces[1] == WatchedWorkspace(name: "other", repository: "./other"))
        #expect(settings?.interval == TimeSpan(seconds: 600))
    }

    @Test(
        "what an operator forgets is said",
        arguments: [
            (
                "    - {name: a, repository: x, forge: {kind: github}}\n",
                ["missing 'project' in 'forge'; 'github' needs it", "missing 'tokenFile' in 'forge'; 'github' needs it"]
            ),
            (
                "    - {name: a, repository: x, credentials: {sshKey: k}}\n",
                ["'credentials' must be either 'tokenFile', or 'sshKey' and 'knownHosts'"]
            ),
            ("    - {name: a, repository: x}\n    - {name: a, repository: y}\n", ["workspace 'a' is named twice"]),
        ])
    func forgotten(yaml: String, messages: [String]) {
        #expect(reconciler(yaml).1 == messages)
    }
}
