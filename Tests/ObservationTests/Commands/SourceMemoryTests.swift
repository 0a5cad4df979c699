import CostModel
import Synchronization
import Testing

@testable import Observation

/// A memory of a test's own.
private final class Memory: SourceMemory {
    let breaks: Bool
    private let statuses = Mutex<[String: SourceStatus]>([:])

    init(breaks: Bool) { self.breaks = breaks }

    func status(of kind: String, _ name: String) -> SourceStatus? { statuses.withLock { $0["\(kind) \(name)"] } }
    func record(_ status: SourceStatus) { statuses.withLock { $0["\(status.kind) \(status.name)"] = status } }
}

@Suite("a source that keeps failing")
struct SourceMemoryTests {
    private static let start = Instant(seconds: 1_793_491_200)

    @Test("rests after three failures, twice as long after each more, and is mended by one success")
    func breaker() {
        var status = SourceStatus(kind: "cloud", name: "c")
        func minutes() -> Int64? { status.restsUntil.map { ($0.seconds - Self.start.seconds) / 60 } }
        #expect(status.breaker(at: Self.start) == .closed && minutes() == nil)
        for expected in [nil, nil, 15, 30, 60, 120, 240, 240] as [Int64?] {
            status.fail(at: Self.start, "no", isStalled: false)
            #expect(minutes() == expected)
        }
        #expect(status.breaker(at: Self.start.adding(.hours(4))) == .halfOpen && status.breaker(at: Self.start) == .open)
        status.succeed(at: Self.start.adding(.hours(4)))
        #expect(status.breaker(at: Self.start) == .closed && status.problem == nil && status.failures == 0)
    }

    /// How many problems there are, and how often the command was run.
    private func read(_ memory: Memory, _ script: String, at time: Instant, _ folder: TemporaryFolder) throws -> [String] {
        let connector = CommandConnector(
            name: "hub", program: "/bin/sh", arguments: ["-c", "echo x >> '\(folder.path)/asked'; " + script], output: .costOptimizationHub)
        let source = AdviceSource(name: "a", place: Place(file: "b", line: 1), format: .costOptimizationHub, command: "hub")
        return SourceMemories.$current.withValue(memory) {
            AdviceReader.read(
                [source], directory: "/", currency: .usd, now: time, clients: EngineClients([], commands: [connector], environment: [:])
            ).problems.map(\.message)
        }
    }

    @Test("is not asked by the loop while it rests, and its data are missing with the reason")
    func resting() throws {
        let folder = try TemporaryFolder()
        let memory = Memory(breaks: true)
        for minute in 0..<4 {
            let found = try read(memory, "exit 1", at: Self.start.adding(TimeSpan(seconds: Int64(minute) * 60)), folder)
            #expect(found.count == 1)
            if minute == 3 {
                #expect(
                    found[0]
                        == "it is not asked before 2026-11-01T00:17:00Z, because it failed 3 times in a row: it failed with exit code 1")
            }
        }
        #expect(try folder.read("asked") == "x\nx\nx\n")
        #expect(try read(memory, "echo '{\"items\": []}'", at: Self.start.adding(TimeSpan(seconds: 1_020)), folder) == [])
        #expect(memory.status(of: "recommendations", "a")?.failures == 0)
    }

    @Test("is asked by a person at once, and an answer of another shape is a failure, too")
    func asked() throws {
        let folder = try TemporaryFolder()
        let memory = Memory(breaks: false)
        for _ in 0..<5 { _ = try read(memory, "echo '{'", at: Self.start, folder) }
        #expect(try folder.read("asked").count == 10 && memory.status(of: "recommendations", "a")?.failures == 5)
        #expect(memory.status(of: "recommendations", "a")?.isStalled == false)
        _ = try read(memory, "exit 253", at: Self.start, folder)
        #expect(memory.status(of: "recommendations", "a")?.isStalled == true)
    }
}
