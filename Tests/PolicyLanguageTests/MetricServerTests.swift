import CostModel
import Diagnostics
import PolicyLanguage
import Testing

@Suite("samples of a server of the operator's")
struct MetricServerTests {
    private static let now = Instant(seconds: 1_793_491_200)

    private func source(_ yaml: String) -> (UtilizationSource?, [String]) {
        let text =
            "apiVersion: bursar/v1\nkind: Workspace\nmetadata: {name: a}\nspec:\n  currency: USD\n  policies: [p]\n  observe:\n    cost: none\n    utilization: [\(yaml)]\n"
        let (policies, diagnostics) = PolicyLoader.load(
            files: [], workspace: SourceFile(path: "bursar.yaml", bytes: Array(text.utf8)), now: Self.now)
        return (policies?.workspace.utilization.first, diagnostics.map(\.message))
    }

    private func servers(_ yaml: String) -> ([MetricServer]?, [String]) {
        let text = "apiVersion: bursar/v1\nkind: Clients\nmetadata: {name: a}\nspec:\n  metrics:\n\(yaml)"
        let (clients, diagnostics) = ConfigurationLoader.loadClients(SourceFile(path: "c.yaml", bytes: Array(text.utf8)), now: Self.now)
        return (clients?.metrics, diagnostics.map(\.message))
    }

    @Test("are named in a repository without an address, or lie in files", arguments: UtilizationFormat.allCases)
    func formats(format: UtilizationFormat) {
        let paths = format.isAsked ? "" : ", paths: [observed/a.json]"
        let (source, problems) = source("{name: production, format: \(format.rawValue)\(paths), maxAge: 2d}")
        #expect(problems.isEmpty && source?.format == format && source?.maxAge == .days(2))
        #expect(source?.paths == (format.isAsked ? [] : ["observed/a.json"]))
    }

    @Test(
        "are refused where a repository says whom to ask",
        arguments: [
            ("{name: a, format: prometheus, paths: [x.csv]}", "'paths' is of samples in files"),
            ("{name: a, format: prometheus, address: 'https://evil.example'}", "unknown key 'address'"),
            ("{name: a, format: csv}", "missing 'paths'"),
            ("{name: a, format: promtheus}", "did you mean 'prometheus'?"),
        ])
    func mistakes(yaml: String, message: String) {
        let (source, problems) = source(yaml)
        #expect(source == nil)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test("are asked as the operator says, with every key read")
    func server() {
        let (servers, problems) = servers(
            """
                - {address: "http://127.0.0.1:9090", resourceLabel: instance_id, shape: node-exporter}
                - address: https://mimir.example.com/prometheus
                  sources: [production]
                  headers: {X-Scope-OrgID: acme}
                  tokenFile: /etc/bursar/token
                  resourceLabel: provider_id
                  shape: cadvisor
                  selector: cluster="a"
                  metrics: [cpu, network_in_bytes]
                  queries: {connections: "sum by (provider_id) (pg_stat_activity_count)"}
                  step: 10m
                  deadline: 2m
                  maxMegabytes: 16
            """)
        #expect(problems.isEmpty)
        #expect(
            servers == [
                MetricServer(address: "http://127.0.0.1:9090", resourceLabel: "instance_id", shape: .nodeExporter),
                MetricServer(
                    sources: ["production"], address: "https://mimir.example.com/prometheus", headers: ["X-Scope-OrgID": "acme"],
                    tokenFile: "/etc/bursar/token", resourceLabel: "provider_id", shape: .cAdvisor, selector: "cluster=\"a\"",
                    metrics: [.cpu, .networkIn], queries: [.connections: "sum by (provider_id) (pg_stat_activity_count)"],
                    step: TimeSpan(seconds: 600), deadline: TimeSpan(seconds: 120), answerLimit: 16 << 20),
            ])
        let clients = EngineClients([], metricServers: servers ?? [], environment: [:])
        #expect(clients.metricServer(of: "production")?.shape == .cAdvisor && clients.metricServer(of: "other")?.shape == .nodeExporter)
    }

    @Test(
        "and the operator's mistakes are said",
        arguments: [
            ("    - {address: prometheus, resourceLabel: a, shape: cadvisor}\n", "'address' must be an address"),
            ("    - {address: 'https://u:p@h', resourceLabel: a, shape: cadvisor}\n", "'address' must be an address"),
            ("    - {address: 'https://h', resourceLabel: 'a) or (b', shape: cadvisor}\n", "must be a label's name"),
            ("    - {address: 'https://h', resourceLabel: a}\n", "'shape'"),
            ("    - {address: 'https://h', resourceLabel: a, queries: {gpu: x}}\n", "'gpu' is no metric"),
            ("    - {address: 'https://h', resourceLabel: a, queries: {cpu: x}, selector: 'a=\"b\"'}\n", "'selector' is of a 'shape'"),
            ("    - {address: 'https://h', resourceLabel: a, shape: cadvisor, headers: {'X Y': b}}\n", "is no header's name"),
            ("    - {address: 'https://h', resourceLabel: a, shape: cadvisor, token: b}\n", "unknown key 'token'"),
        ])
    func serverMistakes(yaml: String, message: String) {
        let (servers, problems) = servers(yaml)
        #expect(servers == nil)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test("a document that names neither clients nor servers says nothing")
    func empty() {
        let text = "apiVersion: bursar/v1\nkind: Clients\nmetadata: {name: a}\nspec: {}\n"
        let (clients, diagnostics) = ConfigurationLoader.loadClients(SourceFile(path: "c.yaml", bytes: Array(text.utf8)), now: Self.now)
        #expect(clients == nil && !diagnostics.isEmpty)
    }
}
