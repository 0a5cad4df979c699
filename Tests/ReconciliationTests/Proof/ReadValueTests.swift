import CostModel
import Diagnostics
import Foundation
import Reconciliation
import TestSupport
import Testing

/// What something else reads is not changed: edits that are wanted of values drawn by chance, which a reader of a kind drawn by chance reads.
///
/// `BURSAR_MUTATIONS=500 swift test --filter ReadValueTests` runs a longer campaign, `BURSAR_SEED=7` another one.
@Suite("values that something else reads")
struct ReadValueTests {
    private static let mutations = ProcessInfo.processInfo.environment["BURSAR_MUTATIONS"].flatMap { Int($0) } ?? 102
    private static let seed = ProcessInfo.processInfo.environment["BURSAR_SEED"].flatMap { UInt64($0) } ?? 1

    private struct Case {
        var folder: String
        var seat: Seat
        var reader: RandomReader
        var files: [String: String]
    }

    private static let policies = """
        kind: TaggingPolicy
        metadata: {name: tags}
        spec:
          severity: high
          enforcement: block
          match: {types: ["aws_*"]}
          require:
            - {key: team, values: [payments], default: payments}
            - {key: cost-center, pattern: "CC-[0-9]+", default: CC-1}
            - {key: environment, aliases: [env], default: prod}
          fix: automatic
        ---
        kind: Rule
        metadata: {name: disks}
        spec:
          severity: high
          enforcement: block
          match: {types: [aws_ebs_volume]}
          assert: resource.attributes.type == "gp3"
          message: the disk is no gp3
          fix: {mode: automatic, set: {type: gp3}}

        """

    private static func cases() -> [Case] {
        var random = SeededGenerator(seed: seed)
        return (0..<mutations).map { number in
            let seat = Seat.random(using: &random)
            let kind = RandomReader.kinds[number % RandomReader.kinds.count]
            let reader = RandomReader(kind, of: seat, using: &random)
            return Case(folder: "infra/r\(number)", seat: seat, reader: reader, files: seat.files(read: reader))
        }
    }

    /// The changes that a plan offers of some roots.
    private func offered(_ roots: [String: [String: String]]) throws -> (changes: [Plan.Change], fixable: Set<String>) {
        let repository = try TemporaryRepository()
        try repository.write(
            "apiVersion: bursar/v1\nkind: Workspace\nmetadata: {name: w}\nspec:\n  currency: USD\n  policies: [policies]\n"
                + "  remediation: {maxChangesPerPlan: 100000}\n"
                + "  observe:\n    inventory:\n      - {name: infra, format: terraform, path: infra}\n", to: "bursar.yaml")
        try repository.write(Self.policies, to: "policies/tags.yaml")
        for (folder, files) in roots { for (name, text) in files { try repository.write(text, to: "\(folder)/\(name)") } }
        try repository.commit()
        let evaluated = try EvaluatedWorkspace(
            OpenedWorkspace(repository.path, .revision("HEAD"), now: SmallEstate.now), now: SmallEstate.now)
        // One that a module's source reads is said to be unknown, and is among these.
        let partial = evaluated.observed.problems.filter {
            $0.severity == .partial && $0.file.hasPrefix("infra") && $0.id != "module-source"
        }
        #expect(partial.isEmpty, "the code that is made up cannot be read")
        return (try evaluated.plan().changes.filter { $0.applicability != .advisory }, evaluated.fixable())
    }

    private func isInside(_ change: Plan.Change, _ item: Case) -> Bool {
        item.seat.places.contains { place in
            guard change.file == "\(item.folder)/\(place.file)", let text = item.files[place.file],
                let range = text.range(of: place.text)
            else { return false }
            let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
            let span = start...start + place.text.utf8.count
            return change.edits.contains { span.contains($0.range.lowerBound) || span.contains($0.range.upperBound) }
        }
    }

    @Test("are never changed, and would be if nothing read them")
    func kept() throws {
        let cases = Self.cases()
        let read = try offered(Dictionary(uniqueKeysWithValues: cases.map { ($0.folder, $0.files) }))
        let alone = try offered(Dictionary(uniqueKeysWithValues: cases.map { ($0.folder, $0.seat.files(read: nil)) }))
        for item in cases {
            let what = "\(item.seat.change) in \(item.seat.name), read by: \(item.reader.kind)"
            let code = item.files.sorted { $0.key < $1.key }.map { "--- \($0.key)\n\($0.value)" }.joined()
            let wrong = read.changes.filter { isInside($0, item) }
            #expect(wrong.isEmpty, "\(what)\n\(code)")
            #expect(read.fixable.isDisjoint(with: wrong.flatMap(\.findings)), "\(what)")
            let control = Case(folder: item.folder, seat: item.seat, reader: item.reader, files: item.seat.files(read: nil))
            #expect(alone.changes.contains { isInside($0, control) }, "not offered though nothing reads it: \(what)\n\(code)")
        }
    }
}
