import CostModel
import Server
import Testing

@Suite("health")
struct HealthTests {
    private func site(_ status: WorkspaceStatus) -> Site { Site(source: SampleSource([status])) }

    private func progressing(_ stage: Stage, for seconds: Int64) -> WorkspaceStatus {
        let started = Sample.now.subtracting(TimeSpan(seconds: seconds))
        return WorkspaceStatus(
            name: "acme", stages: [StageStatus(stage: stage, condition: .reconciling, reason: .progressing, started: started)])
    }

    @Test("is lost when a stage is at work for more than twice its deadline")
    func stuck() throws {
        // A fetch may take two minutes.
        #expect(try site(progressing(.fetch, for: 240)).answer("GET", "/healthz").status == 200)
        let response = try site(progressing(.fetch, for: 241)).answer("GET", "/healthz")
        #expect(response.status == 503)
        #expect(response.bodyText.contains(#""stuckStages": 1"#))
        #expect(try site(progressing(.observe, for: 241)).answer("GET", "/healthz").status == 200)
    }

    @Test("waits for the first pass of each workspace")
    func ready() throws {
        #expect(try site(WorkspaceStatus(name: "acme")).answer("GET", "/readyz").status == 503)
        #expect(try site(progressing(.fetch, for: 1)).answer("GET", "/readyz").status == 503)
        #expect(try site(Sample.status).answer("GET", "/readyz").status == 200)
        #expect(try site(WorkspaceStatus(name: "acme", isSuspended: true)).answer("GET", "/readyz").status == 200)
    }

    @Test(
        "counts a workspace that was evaluated, also where something of its data is missing, or a later stage fails",
        arguments: [StageStatus.Reason.succeeded, .partialObservation, .evaluationFailed])
    func evaluated(reason: StageStatus.Reason) throws {
        let stages = [
            StageStatus(stage: .fetch, condition: .ready, reason: .succeeded, started: Sample.now),
            StageStatus(stage: .evaluate, condition: .ready, reason: reason, started: Sample.now),
            StageStatus(stage: .write, condition: .reconciling, reason: .progressing, started: Sample.now),
        ]
        #expect(try site(WorkspaceStatus(name: "acme", stages: stages)).answer("GET", "/readyz").status == 200)
        #expect(try site(WorkspaceStatus(name: "acme", stages: [stages[0]])).answer("GET", "/readyz").status == 503)
    }

    @Test("waits a minute for a workspace that does not end its first pass, and says how many such there are")
    func slow() throws {
        let site = site(progressing(.evaluate, for: 1))
        site.clock.advance(milliseconds: 59_999)
        #expect(try site.answer("GET", "/readyz").status == 503)
        site.clock.advance(milliseconds: 1)
        let response = try site.answer("GET", "/readyz")
        #expect(response.status == 200)
        #expect(response.bodyText.contains(#""waitingWorkspaces": 1"#))
    }

    @Test("does not wait for a workspace that a person must fix")
    func stalled() throws {
        let stalled = StageStatus(stage: .observe, condition: .stalled, reason: .invalidPolicy, started: Sample.now)
        #expect(try site(WorkspaceStatus(name: "acme", stages: [stalled])).answer("GET", "/readyz").status == 200)
    }

    @Test("is not ready while a ledger cannot be read, and alive all the same")
    func unreadable() throws {
        var archive = SampleArchive()
        archive.isBroken = true
        #expect(try Site(archive).answer("GET", "/readyz").status == 503)
        #expect(try Site(archive).answer("GET", "/healthz").status == 200)
    }
}
