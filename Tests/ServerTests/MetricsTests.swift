import CostModel
import Server
import TestSupport
import Testing

@Suite("metrics")
struct MetricsTests {
    private func page(_ site: Site) throws -> String { try site.answer("GET", "/metrics").bodyText }

    @Test("say how the loop fares and what it found")
    func lines() throws {
        let site = Site()
        site.runs.observe(Sample.ended)
        let page = try page(site)
        for line in [
            #"bursar_build_info{version="0.0.0"} 1"#, #"bursar_condition{workspace="acme",stage="fetch",condition="ready"} 1"#,
            #"bursar_condition{workspace="acme",stage="fetch",condition="stalled"} 0"#, #"bursar_suspended{workspace="acme"} 0"#,
            #"bursar_last_success_timestamp_seconds{workspace="acme"} 1793491200"#,
            #"bursar_reconcile_duration_seconds_bucket{workspace="acme",le="0.2"} 0"#,
            #"bursar_reconcile_duration_seconds_bucket{workspace="acme",le="1"} 1"#,
            #"bursar_reconcile_duration_seconds_bucket{workspace="acme",le="1800"} 1"#,
            #"bursar_reconcile_duration_seconds_bucket{workspace="acme",le="+Inf"} 1"#,
            #"bursar_reconcile_duration_seconds_sum{workspace="acme"} 0.24"#,
            #"bursar_findings{workspace="acme",severity="high",result="fail"} 1"#,
            #"bursar_findings{workspace="acme",severity="low",result="fail"} 0"#,
            #"bursar_findings{workspace="acme",severity="low",result="unknown"} 1"#,
            #"bursar_at_stake{workspace="acme",currency="USD"} 774.25"#, #"bursar_potential_savings{workspace="acme",currency="USD"} 280"#,
            #"bursar_realised_savings{workspace="acme",currency="USD"} 22"#,
            #"bursar_verified_savings{workspace="acme",currency="USD"} 20"#,
            #"bursar_team_score{workspace="acme",team="payments"} 80.02"#, #"bursar_requests{workspace="acme",state="open"} 1"#,
            #"bursar_requests{workspace="acme",state="merged"} 1"#, #"bursar_recommendations{workspace="acme",state="offered"} 4"#,
            #"bursar_source_last_success_timestamp_seconds{workspace="acme",kind="cloud",source="config"} 1793491200"#,
            #"bursar_source_consecutive_failures{workspace="acme",kind="recommendations",source="hub"} 3"#,
            #"bursar_source_stalled{workspace="acme",kind="recommendations",source="hub"} 1"#,
            #"bursar_source_resting{workspace="acme",kind="cloud",source="config"} 0"#,
            #"bursar_recommendations{workspace="acme",state="merged"} 2"#, #"bursar_ledger_readable{workspace="acme"} 1"#,
        ] { #expect(page.contains(line + "\n"), "\(line)") }
    }

    @Test("are the same bytes for the same state, but for their own requests")
    func deterministic() throws {
        func lines(_ site: Site) throws -> [Substring] {
            try page(site).split(separator: "\n").filter { !$0.contains("http_request") }
        }
        #expect(try lines(Site()) == lines(Site()))
    }

    @Test("count requests by their route, whatever clients ask for")
    func requests() throws {
        let site = Site()
        for index in 0..<20 { _ = try site.answer("GET", "/api/v1/workspaces/acme/runs/r-\(index)") }
        for index in 0..<20 { _ = try site.answer("VERB\(index)", "/nowhere/\(index)") }
        let page = try page(site)
        #expect(
            page.contains(
                #"bursar_http_requests_total{route="/api/v1/workspaces/{workspace}/runs/{run}",method="GET",code="404"} 20"# + "\n"))
        #expect(page.contains(#"bursar_http_requests_total{route="none",method="other",code="404"} 20"# + "\n"))
        #expect(page.split(separator: "\n").count { $0.hasPrefix("bursar_http_requests_total") } == 2)
    }

    @Test("say that a ledger cannot be read, and nothing that it would have said")
    func broken() throws {
        var archive = SampleArchive()
        archive.isBroken = true
        let page = try page(Site(archive))
        #expect(page.contains(#"bursar_ledger_readable{workspace="acme"} 0"#))
        for family in ["bursar_findings", "bursar_requests", "bursar_team_score"] { #expect(!page.contains(family), "\(family)") }
        #expect(page.contains("bursar_condition"))
    }

    @Test("escape what stands in a label")
    func escapes() throws {
        var archive = SampleArchive()
        archive.scoreDays = archive.scoreDays.suffix(1).map { day in
            var day = day
            day.team = "a\"b\\c\nd"
            return day
        }
        #expect(try page(Site(archive)).contains(#"bursar_team_score{workspace="acme",team="a\"b\\c\nd"} 80.02"#))
    }

    @Test("count runs that others remembered since the first look, where no loop runs")
    func follow() throws {
        let older = RunMeter()
        let series = #"bursar_reconcile_duration_seconds_count{workspace="acme"} "#
        func counted(_ runs: [Run], _ meter: RunMeter) throws -> Bool {
            var archive = SampleArchive()
            archive.runs = runs
            let directory = TemporaryDirectory()
            let tokens = try BearerTokens(path: directory.secret("read reader \(Site.readToken)\n", "tokens"))
            var settings = Application.Settings()
            settings.tokens = tokens
            let context = ServerContext(
                source: nil, archive: archive, workspaces: [ServedWorkspace(name: "acme", repository: "/srv/acme")], clock: { Sample.now })
            let application = Application(context, settings, runs: meter, log: MemoryLog(), version: "0")
            let request = try Site.request("GET", "/metrics", token: Site.readToken, headers: [:], body: [])
            let expected = runs.count == 3 ? 0 : runs.count - 3
            return application.answer(request).bodyText.contains(series + "\(expected)\n")
        }
        #expect(try counted(Array(Sample.runs.suffix(3)), older))
        #expect(try counted(Sample.runs, older))
        #expect(try counted(Sample.runs, older), "a run is counted once")
    }

    @Test("are what promtool takes", .enabled(if: Program.named("promtool") != nil, "promtool is not there"))
    func promtool() throws {
        let site = Site()
        site.runs.observe(Sample.ended)
        _ = try site.answer("GET", "/api/v1/workspaces")
        let result = try #require(Program.named("promtool")).run("check", "metrics", input: page(site))
        #expect(result.code == 0, "\(result.output)\(result.error)")
        #expect(result.output + result.error == "")
    }
}
