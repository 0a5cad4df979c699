import CostModel
import Diagnostics
import HCL
import Synchronization
import Testing

@testable import Observation

@Suite("work that nobody waits for any more")
struct WorkLimitTests {
    private func limited<Value>(_ isOver: @escaping @Sendable () -> Bool = { true }, _ body: () -> Value) -> Value {
        WorkLimit.$current.withValue(WorkLimit(isOver: isOver), operation: body)
    }

    private static let loop = "[for a in range(1024) : [for b in range(1024) : [for c in range(1024) : a + b + c]]]"

    @Test("ends in Terraform's expressions, and what they were to say is unknown")
    func expressions() {
        let looks = Mutex(0)
        let isOver: @Sendable () -> Bool = {
            looks.withLock {
                $0 += 1
                return $0 > 3
            }
        }
        let fixture = limited(isOver) {
            TerraformFixture("resource \"aws_sqs_queue\" \"a\" {\n  tags = { x = length(\(Self.loop)) }\n}\n")
        }
        #expect(fixture.problems.contains { $0.contains("the evaluation was stopped") }, "\(fixture.problems)")
        #expect(looks.withLock { $0 } < 1_000)
    }

    @Test("ends in every root, whichever thread has it")
    func roots() {
        let texts = Dictionary(
            uniqueKeysWithValues: (0..<8).map {
                ("r\($0)/main.tf", "resource \"aws_sqs_queue\" \"a\" {\n  tags = { x = length(\(Self.loop)) }\n}\n")
            })
        let fixture = limited { TerraformFixture(texts) }
        #expect(fixture.problems.count { $0.contains("was stopped") } == texts.count, "\(fixture.problems)")
    }

    @Test("ends in the text of a file, of which nothing is taken for read")
    func text() {
        let text = String(repeating: "resource \"aws_sqs_queue\" \"a\" {\n  name = \"a\"\n}\n", count: 1_000)
        let source = SourceFile(path: "a/main.tf", text: text)
        let looks = Mutex(0)
        let stopped = limited({
            looks.withLock {
                $0 += 1; return $0 > 1
            }
        }) { Parser.parse(source) }
        #expect(stopped.diagnostics.contains { $0.id == "stopped" && $0.severity == .error })
        #expect(stopped.file.body.blocks.count < 600)
        #expect(Parser.parse(source).file.body.blocks.count == 1_000)
    }

    @Test("ends in files of rows, which are then not whole")
    func rows() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "timestamp,resource_id,metric,value\n2026-10-31T12:00:00Z,i-1,cpu,1\n")
        let source = UtilizationSource(name: "m", place: Place(file: "bursar.yaml", line: 1), paths: ["a.csv"])
        let window = Instant(seconds: 0)..<Instant(seconds: 2_000_000_000)
        let read = { UtilizationReader.read([source], directory: folder.path, window: window) }
        #expect(read().problems.isEmpty)
        let stopped = limited { read() }
        #expect(stopped.problems.map(\.severity) == [.partial] && stopped.table.series.isEmpty)
    }

    @Test("is over for good once it is, and without a limit never")
    func latched() {
        let isOver = Mutex(false)
        let limit = WorkLimit { isOver.withLock { $0 } }
        #expect(!limit.isReached)
        isOver.withLock { $0 = true }
        #expect(limit.isReached)
        isOver.withLock { $0 = false }
        #expect(limit.isReached)
        #expect(!WorkLimit.isReached)
        #expect(
            limited { WorkLimit.isReached }
                && limited { (0..<4).map { $0 }.concurrentMap { _ in WorkLimit.isReached } } == [true, true, true, true])
    }
}
