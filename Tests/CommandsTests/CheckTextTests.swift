import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("check, for people")
struct CheckTextTests {
    private let repository: TemporaryRepository

    init() throws {
        repository = try TemporaryRepository()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        try FileManager.default.copyItem(atPath: root.appending(path: "examples/acme").path, toPath: repository.path + "/acme")
        // More buckets than a terminal shows, three of them instances of one block.
        let buckets = (1...30).map { "resource \"aws_s3_bucket\" \"b\($0)\" {}\n" }.joined()
        try repository.write(
            buckets + "resource \"aws_sns_topic\" \"t\" {\n  count = 3\n}\n", to: "acme/infra/payments/prod/more.tf")
        try repository.commit()
    }

    private func run(_ words: String..., width: Int? = nil) -> Said {
        Said(
            words + ["-C", repository.path + "/acme", "--now", "2026-11-01T00:00:00Z"], width: width)
    }

    @Test("a terminal shows a part and says how to see all; --full, --all, a pipe and a file show all")
    func whole() throws {
        let cut = run("check", width: 120).output
        #expect(cut.contains("more: --full\n"))
        let file = repository.path + "/out.txt"
        #expect(run("check", "--output", file, width: 120).output.isEmpty)
        let outputs = [
            run("check", "--full", width: 120).output, run("check", "--all", width: 120).output, run("check").output,
            try String(contentsOfFile: file, encoding: .utf8),
        ]
        for output in outputs {
            #expect(!output.contains("more: --full"))
            let words = Set(output.split(whereSeparator: \.isWhitespace).map(String.init))
            for bucket in 1...30 { #expect(words.contains("aws_s3_bucket.b\(bucket)"), "\(bucket)") }
        }
        #expect(outputs[0].contains("aws_sns_topic.t ×3") && outputs[2].contains("aws_sns_topic.t[2] "))
        #expect(outputs[2] == outputs[3])
    }

    @Test("the last block says what to do next, unless quiet is asked for")
    func next() {
        #expect(run("check").output.contains("\nNext\n"))
        let quiet = run("check", "-q").output
        #expect(!quiet.contains("\nNext\n") && quiet.contains("can be fixed: bursar plan\n"))
    }

    @Test("explain finds what stands behind a line, by an address or by one of its findings")
    func explain() throws {
        for address in ["aws_sns_topic.t", "infra/payments/prod:aws_sns_topic.t", "aws_sns_topic.t[1]"] {
            let said = run("explain", address)
            #expect(said.code == 0, "\(said.error)")
            #expect(said.output.hasPrefix("\(address) · "))
            #expect(said.output.contains("aws_sns_topic.t[0]: ") == !address.hasSuffix("[1]"))
            #expect(said.output.contains("required tag 'team' is missing · high"))
        }
        let line = try #require(
            run("check", "--full", width: 400).output.split(separator: "\n").first { $0.contains("aws_sns_topic.t ×3") })
        let id = try #require(line.split(separator: " ").first { $0.hasPrefix("f-") })
        let explained = run("explain", String(id)).output
        #expect(explained.contains("\nBeside it\n") && explained.contains("aws_sns_topic.t[2]: "))
        #expect(run("explain", "aws_sns_topic.nothing").code == 2)
    }

    @Test(
        "a terminal's own width counts before COLUMNS, and there is always one",
        arguments: [(120, "90", 120), (0, "90", 90), (0, "x", 80), (0, "-5", 80), (0, nil, 80), (10, nil, 40)] as [(Int, String?, Int)])
    func width(columns: Int, variable: String?, expected: Int) {
        let environment = variable.map { ["COLUMNS": $0] } ?? [:]
        #expect(Console.width(ofTerminal: columns, environment: environment) == expected)
    }
}
