import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("scenarios on the command line")
struct SimulateCommandTests {
    private static let place = [
        "-C", URL(filePath: #filePath).appending(path: "../../../examples/acme").standardized.path, "--now", "2026-11-01T00:00:00Z",
    ]

    private func said(_ spec: String, _ more: String...) throws -> Said {
        let folder = TemporaryDirectory()
        try folder.write("kind: Scenario\nmetadata: {name: smaller}\nspec: \(spec)\n", to: "s.yaml")
        return Said(["simulate", folder.path + "/s.yaml"] + Self.place + more)
    }

    @Test("say what is billed before, what it would be after, and what is left, as text, JSON and Markdown")
    func forms() throws {
        let spec = "{changes: [{resources: [aws_instance.api], size: m5.2xlarge}], expect: {headroom: 20%}}"
        let text = try said(spec)
        #expect(text.code == 0 && text.output.contains("m5.4xlarge → m5.2xlarge") && text.output.contains("69 % → 38 %"))
        let json = try said(spec, "--format", "json")
        #expect(json.output.contains("\"after\": {\"amount\": \"280.32\", \"currency\": \"USD\"}"))
        #expect(json.output.contains("\"result\": \"pass\""))
        let markdown = try said(spec, "--format", "markdown")
        #expect(markdown.output.contains("**smaller**: $560.64 → $280.32 a month"))
    }

    @Test("end with 1 where an expectation is broken, with 3 where it is not known, with 2 where they are mistaken")
    func codes() throws {
        let broken = try said("{changes: [{resources: [aws_instance.api], size: m5.large}], expect: {headroom: 20%}}")
        #expect(broken.code == 1 && broken.output.contains("broken infra/payments/prod:aws_instance.api has"))
        let dear = try said("{changes: [{resources: [aws_instance.api], count: 2}], expect: {monthlyAtMost: 1000 USD}}")
        #expect(dear.code == 1 && dear.output.contains("1,121.28 USD a month"))
        let unknown = try said("{changes: [{resources: [aws_instance.api], size: m5.none}], expect: {monthlyAtMost: 1000 USD}}")
        #expect(unknown.code == 3 && unknown.output.contains("is not known"))
        for (spec, message) in [
            ("{changes: [{resources: [aws_instance.apy], count: 2}]}", "no resource of the code matches 'aws_instance.apy'"),
            ("{changes: [{resources: [aws_instance.api], count: -3}]}", "found '-3'"),
        ] {
            let wrong = try said(spec)
            #expect(wrong.code == 2 && wrong.error.contains(message), "\(wrong.error)")
        }
        let none = Said(["simulate", "/nowhere.yaml"] + Self.place)
        #expect(none.code == 2)
    }
}
