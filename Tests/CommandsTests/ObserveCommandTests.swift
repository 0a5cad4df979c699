import Foundation
import TestSupport
import Testing

@testable import Commands

/// The commands that judge say the same by a snapshot as by what it was taken of, byte for byte.
@Suite("observe, and what is judged by it")
struct ObserveCommandTests {
    private let scratch = TemporaryDirectory()

    private func compare(_ path: String, now: String, snapshot name: String = "o.json") throws {
        let file = "\(scratch.path)/\(name)"
        let observed = Said("observe", "--out", file, "-C", path, "--now", now)
        #expect(observed.code == 0 && observed.output.hasPrefix("wrote \(file): "), "\(observed.error)")
        for words in [
            ["check", "--format=json"], ["check", "--all", "--format=json"], ["scorecard", "--all"], ["inventory", "--format=json"],
        ] {
            let line = words + ["-C", path, "--now", now]
            let (direct, judged) = (Said(line), Said(line + ["--observations", file]))
            #expect(direct.output == judged.output, "\(words)")
            #expect(direct.code == judged.code)
        }
        // A plan says what it was made from, and that differs.
        func plan(_ words: [String]) -> [Substring] {
            Said(["plan", "-C", path, "--now", now, "--format", "json"] + words).output.split(separator: "\n")
                .filter { !$0.hasPrefix("  \"observedDigest\"") && !$0.hasPrefix("  \"digest\"") }
        }
        #expect(plan([]) == plan(["--observations", file]))
    }

    private func acme() throws -> TemporaryRepository {
        let repository = try TemporaryRepository()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let example = root.appending(path: "examples/acme").path
        for name in try FileManager.default.contentsOfDirectory(atPath: example) {
            try FileManager.default.copyItem(atPath: "\(example)/\(name)", toPath: "\(repository.path)/\(name)")
        }
        try repository.commit()
        return repository
    }

    @Test("on the example", arguments: ["o.json", "o.json.gz"])
    func example(name: String) throws {
        let repository = try acme()
        try compare(repository.path, now: "2026-11-01T00:00:00Z", snapshot: name)
    }

    @Test("on generated estates", .enabled(if: GeneratedEstate.isPossible), arguments: [7, 8])
    func generated(seed: Int) throws {
        let estate = try GeneratedEstate(seed: seed)
        try compare(estate.path, now: estate.now)
    }

    @Test("a change is held against its base by one snapshot of both")
    func base() throws {
        let repository = try acme()
        let file = scratch.path + "/o.json"
        let place = ["-C", repository.path, "--now", "2026-11-01T00:00:00Z"]
        #expect(Said(["observe", "--out", file] + place).code == 0)
        try repository.git(["checkout", "--quiet", "-b", "change"])
        let code = "infra/search/staging/main.tf"
        let text = String(decoding: try repository.directory.read(code), as: UTF8.self)
        try repository.write(text + "\nresource \"aws_sqs_queue\" \"new\" {\n  name = \"new\"\n}\n", to: code)
        try repository.commit()
        for format in ["json", "markdown"] {
            let check = ["check", "--base", "main", "--format", format] + place
            let (direct, judged) = (Said(check), Said(check + ["--observations", file]))
            #expect(direct.output.contains("aws_sqs_queue.new"))
            #expect(direct.output == judged.output && direct.code == judged.code)
        }
    }

    @Test("a snapshot that the change itself edits, adds or removes judges nothing", arguments: ["edited", "added", "linked"])
    func editedSnapshot(how: String) throws {
        let repository = try acme()
        let place = ["-C", repository.path, "--now", "2026-11-01T00:00:00Z"]
        let file = repository.path + "/observations.json"
        #expect(Said(["observe", "--out", scratch.path + "/o.json"] + place).code == 0)
        #expect(Said("observe", "--out", scratch.path + "/later.json", "-C", repository.path, "--now", "2026-11-02T00:00:00Z").code == 0)
        let snapshot = String(decoding: try scratch.read("o.json"), as: UTF8.self)
        let later = String(decoding: try scratch.read("later.json"), as: UTF8.self)
        if how != "added" { try repository.write(snapshot, to: "observations.json") }
        try repository.commit()
        try repository.git(["checkout", "--quiet", "-b", "change"])
        if how == "linked" {
            try FileManager.default.removeItem(atPath: file)
            try repository.write(snapshot, to: "other.json")
            try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "other.json")
        } else {
            try repository.write(later, to: "observations.json")
        }
        try repository.commit()
        let check = ["check", "--base", "main", "--observations", file] + place
        let said = Said(check)
        #expect(said.code == 2)
        #expect(said.error.contains("the change edits 'observations.json', the observations by which it would be judged"), "\(said.error)")
        #expect(Said(check + ["--trust-head"]).code != 2)
    }

    @Test("explain shows measurements and daily costs by a snapshot, but no rows")
    func explain() throws {
        let repository = try acme()
        let file = scratch.path + "/o.json"
        let place = ["-C", repository.path, "--now", "2026-11-01T00:00:00Z"]
        #expect(Said(["observe", "--out", file] + place).code == 0)
        let (direct, judged) = (
            Said(["explain", "f-59157dfcbefb"] + place), Said(["explain", "f-59157dfcbefb", "--observations", file] + place)
        )
        #expect(direct.code == 0 && judged.code == 0)
        #expect(direct.output.contains("observed/focus/") && !judged.output.contains("observed/focus/"))
        let lines = Set(direct.output.split(separator: "\n"))
        #expect(judged.output.split(separator: "\n").allSatisfy(lines.contains))
    }

    @Test("the same observations give the same bytes, and what is missing ends with 3 and is written all the same")
    func stable() throws {
        let repository = try acme()
        func observe(_ name: String) throws -> (Said, [UInt8]) {
            let said = Said("observe", "--out", "\(scratch.path)/\(name)", "-C", repository.path, "--now", "2026-11-01T00:00:00Z")
            return (said, try scratch.read(name))
        }
        #expect(try observe("a.json").1 == (try observe("b.json").1))
        #expect(try observe("a.json.gz").1 == (try observe("b.json.gz").1))
        let bill = "observed/focus/2026-10.csv.gz"
        try repository.directory.write(Array(try repository.directory.read(bill).dropLast(100)), to: bill)
        let (said, _) = try observe("c.json")
        #expect(said.code == 3)
        #expect(said.error.contains("\(bill): the gzip data ends in the middle") && said.error.contains("the result is partial"))
        let judged = Said("check", "-C", repository.path, "--now", "2026-11-01T00:00:00Z", "--observations", scratch.path + "/c.json")
        #expect(judged.code == 3)
        #expect(judged.output.contains("the gzip data ends in the middle"))
    }

    @Test("a snapshot that is missing, torn or edited is refused with 3, and nothing is judged")
    func refused() throws {
        let repository = try acme()
        let file = scratch.path + "/o.json"
        #expect(Said("observe", "--out", file, "-C", repository.path, "--now", "2026-11-01T00:00:00Z").code == 0)
        let bytes = try scratch.read("o.json")
        let edited = Array(String(decoding: bytes, as: UTF8.self).replacing("\"rows\":807", with: "\"rows\":1").utf8)
        for (name, bytes, message) in [
            ("torn.json", Array(bytes.dropLast(5)), "does not end in a digest"), ("edited.json", edited, "its digest does not hold"),
            ("empty.json", [], "does not end in a digest"),
        ] {
            try scratch.write(bytes, to: name)
            let said = Said("check", "-C", repository.path, "--observations", "\(scratch.path)/\(name)")
            #expect(said.code == 3 && said.output.isEmpty)
            #expect(said.error.contains("/\(name)' is refused: ") && said.error.contains(message), "\(said.error)")
        }
        let missing = Said("check", "-C", repository.path, "--observations", scratch.path + "/none.json")
        #expect(
            missing.code == 3 && missing.error.contains("No such file") && missing.error.contains("'bursar observe --out FILE' writes one"))
        #expect(Said("observe", "-C", repository.path).code == 2)
    }
}
