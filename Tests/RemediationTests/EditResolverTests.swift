import CostModel
import Diagnostics
import Testing

@testable import Remediation

/// Requests that are put to the resolver by hand, so that what it does is seen without findings and without a proof.
@Suite("the edit resolver")
struct EditResolverTests {
    private let code = CodeFixture(
        """
        locals {
          size = "m5.xlarge"
          tags = { team = "x" }
          more = { env = "prod" }
        }

        resource "aws_db_instance" "a" {
          instance_class = local.size
        }

        """)

    private var literal: FileSpan { code.span("\"m5.xlarge\"") }
    private var block: FileSpan { code.span("resource \"aws_db_instance\" \"a\" {\n  instance_class = local.size\n}") }

    private func request(_ finding: String, on name: String, _ subject: FixRequest.Subject, _ candidates: FixRequest.Candidate...)
        -> FixRequest
    {
        FixRequest(
            finding: finding, resource: ResourceIdentity(root: "infra", address: "aws_db_instance.\(name)"), subject: subject, value: "v",
            applicability: .review, candidates: candidates)
    }

    private func size(_ value: String) -> FixRequest.Candidate {
        .init(location: .value(literal), operation: .replace(literal: literal, value: .string(value)))
    }

    private func insert(_ key: String, _ value: String, into text: String) -> FixRequest.Candidate {
        .init(location: .collection(code.span(text)), operation: .insert(key: key, value: value))
    }

    private func assign(_ name: String) -> FixRequest.Candidate {
        .init(location: .missingKey(name, in: block), operation: .assign(name: name, value: .bool(true)))
    }

    private func resolve(_ requests: [FixRequest], usedBy users: [String] = []) -> EditResolver {
        let resources = users.map { name in
            Resource(
                identity: ResourceIdentity(root: "infra", address: "aws_db_instance.\(name)"), type: "aws_db_instance", provider: "aws",
                location: Place(file: code.source.path, line: 1), block: block, tags: TagSet(supported: true),
                size: SizeArgument(name: "instance_class", value: "m5.xlarge", literal: literal))
        }
        var resolver = EditResolver(requests: requests, users: LiteralUsers(resources, of: requests), sources: code.sources)
        resolver.resolve()
        return resolver
    }

    private func edited(_ resolver: EditResolver) -> String? {
        resolver.changes.flatMap(\.edits).applied(to: code.source.bytes).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("makes one edit for all who want the same of one literal")
    func agreement() {
        let names = ["a", "b", "c"]
        let resolver = resolve(names.map { request("f-\($0)", on: $0, .size("instance_class"), size("m5.large")) }, usedBy: names)
        #expect(resolver.changes.map { $0.requests.map(\.finding) } == [["f-a", "f-b", "f-c"]])
        #expect(resolver.changes.map(\.edits.count) == [1])
        #expect(edited(resolver)?.contains("size = \"m5.large\"") == true)
    }

    @Test("leaves a literal that somebody uses who asked for nothing")
    func otherUser() {
        let resolver = resolve([request("f", on: "a", .size("instance_class"), size("m5.large"))], usedBy: ["a", "z"])
        #expect(resolver.changes.isEmpty)
        #expect(resolver.refused.map(\.reason) == ["the value is shared with aws_db_instance.z, which needs no such change"])
    }

    @Test("an argument and a size that share a literal are two uses of it, also on one resource")
    func otherUse() {
        let resolver = resolve([request("f", on: "a", .argument("replica_class"), size("m5.large"))], usedBy: ["a"])
        #expect(resolver.refused.map(\.reason) == ["the value is shared with aws_db_instance.a, which needs no such change"])
    }

    @Test("who contradict each other both try their next location, and whoever has none is refused with the first reason")
    func contradiction() {
        let resolver = resolve([
            request(
                "f-1", on: "a", .tag("owner"), insert("owner", "ada", into: "{ team = \"x\" }"),
                insert("owner", "ada", into: "{ env = \"prod\" }")),
            request("f-2", on: "b", .tag("owner"), insert("owner", "bob", into: "{ team = \"x\" }")),
        ])
        #expect(resolver.changes.map { $0.requests.map(\.finding) } == [["f-1"]])
        #expect(edited(resolver)?.contains("more = { env = \"prod\", owner = \"ada\" }") == true)
        #expect(resolver.refused.map(\.request.finding) == ["f-2"])
        #expect(resolver.refused.map(\.reason) == ["the place is shared by 2 resources that need different values"])
    }

    @Test("several keys go into one location in one change")
    func oneLocation() {
        let resolver = resolve([
            request("f-1", on: "a", .tag("owner"), insert("owner", "ada", into: "{ team = \"x\" }")),
            request("f-2", on: "a", .tag("app"), insert("app", "ledger", into: "{ team = \"x\" }")),
        ])
        #expect(resolver.changes.count == 1)
        #expect(edited(resolver)?.contains("tags = { team = \"x\", app = \"ledger\", owner = \"ada\" }") == true)
    }

    @Test("arguments that one block lacks are one edit, which tells what each of them would be alone")
    func oneBlock() {
        let requests = ["storage_encrypted", "multi_az", "deletion_protection"].map {
            request("f-\($0)", on: "a", .argument($0), assign($0))
        }
        let resolver = resolve(requests)
        #expect(resolver.changes.map { $0.requests.map(\.finding) } == [["f-deletion_protection", "f-multi_az", "f-storage_encrypted"]])
        #expect(resolver.changes.flatMap(\.parts).map { $0.requests.map(\.finding) }.count == 3)
        #expect(resolver.refused.isEmpty)
        #expect(
            edited(resolver)?.hasSuffix(
                """
                  instance_class      = local.size
                  deletion_protection = true
                  multi_az            = true
                  storage_encrypted   = true
                }

                """) == true)
    }

    @Test(
        "two arguments that a rule sets at once are one edit, whatever else the block says",
        arguments: [
            (
                "{\n  size = 100\n  tags = { team = \"x\" }\n}",
                "{\n  size      = 100\n  tags      = { team = \"x\" }\n  encrypted = true\n  type      = \"gp3\"\n}"
            ),
            ("{}", "{\n  encrypted = true\n  type      = \"gp3\"\n}"),
            ("{ size = 100 }", "{\n  size      = 100\n  encrypted = true\n  type      = \"gp3\"\n}"),
            (
                "{\n  size = 100 # GiB\n\n  lifecycle {\n    prevent_destroy = true\n  }\n}",
                "{\n  size      = 100 # GiB\n  encrypted = true\n  type      = \"gp3\"\n\n  lifecycle {\n    prevent_destroy = true\n  }\n}"
            ),
        ])
    func oneRule(before: String, after: String) {
        let start = "resource \"aws_ebs_volume\" \"v\" "
        let code = CodeFixture(start + before + "\n")
        let block = code.span(start + before)
        let values: [(String, Rule.Literal)] = [("type", .string("gp3")), ("encrypted", .bool(true))]
        let requests = values.map { name, value in
            request(
                "f", on: "v", .argument(name),
                .init(location: .missingKey(name, in: block), operation: .assign(name: name, value: value)))
        }
        var resolver = EditResolver(requests: requests, users: LiteralUsers([], of: requests), sources: code.sources)
        resolver.resolve()
        #expect(resolver.changes.count == 1)
        #expect(resolver.refused.isEmpty)
        let edited = resolver.changes.flatMap(\.edits).applied(to: code.source.bytes)
        #expect(edited.map { String(decoding: $0, as: UTF8.self) } == start + after + "\n")
    }

    @Test("what one finding asks for is done together or not at all")
    func allOrNothing() {
        let resolver = resolve([
            request("f", on: "a", .argument("multi_az"), assign("multi_az")),
            request("f", on: "a", .size("instance_class"), size("m5.large")),
            request("g", on: "b", .size("instance_class"), size("m5.xlarge")),
        ])
        #expect(resolver.changes.isEmpty)
        #expect(Set(resolver.refused.map(\.request.finding)) == ["f", "g"])
    }

    @Test("code that does not parse, or has no form that can be edited, is refused")
    func notEditable() {
        let torn = SourceLibrary { _ in Editors.open(SourceFile(path: "infra/main.tf", text: "locals {\n  a = \"1\"\n"), of: .terraform) }
        var resolver = EditResolver(
            requests: [request("f", on: "a", .size("instance_class"), size("m5.large"))], users: LiteralUsers([], of: []), sources: torn)
        resolver.resolve()
        #expect(resolver.refused.map(\.reason) == ["the code at this place has a form that cannot be edited safely"])
        let present = FixRequest.Candidate(
            location: .missingKey("instance_class", in: block), operation: .assign(name: "instance_class", value: .string("x")))
        #expect(
            resolve([request("f", on: "a", .argument("instance_class"), present)]).refused.map(\.reason) == [
                "the code at this place has a form that cannot be edited safely"
            ])
    }
}

@Suite("changes that belong together")
struct ChangeGroupTests {
    @Test("are those that share a finding, also by way of a third")
    func chains() {
        func change(_ findings: [String], at start: Int, in file: String = "a.tf") -> LocatedChange {
            LocatedChange(
                location: .value(FileSpan(file: file, bytes: start..<start + 1)),
                requests: findings.map {
                    FixRequest(
                        finding: $0, resource: ResourceIdentity(root: "", address: "x.y"), subject: .tag("t"), value: "v",
                        applicability: .review, candidates: [])
                }, phrases: [:], edits: [])
        }
        let changes = [change(["f"], at: 0), change(["g"], at: 1), change(["h"], at: 2), change(["f", "h"], at: 3)]
        #expect(ChangeGroups.groups(changes).map { $0.map(\.location.span.bytes.lowerBound) } == [[0, 2, 3], [1]])
        #expect(ChangeGroups.scattered(changes).isEmpty)
        #expect(ChangeGroups.scattered(changes + [change(["g"], at: 0, in: "b.tf")]) == ["g"])
    }
}

@Suite("locations of edits")
struct EditLocationTests {
    @Test("have one order, also two keys that one block lacks")
    func order() {
        let (first, second) = (FileSpan(file: "a.tf", bytes: 0..<9), FileSpan(file: "a.tf", bytes: 3..<5))
        let sorted: [EditLocation] = [
            .collection(first), .value(first), .missingKey("a", in: first), .missingKey("b", in: first), .collection(second),
            .missingKey("a", in: second),
        ]
        #expect(sorted.reversed().sorted() == sorted)
        for (index, location) in sorted.enumerated() {
            for other in sorted[(index + 1)...] { #expect(location < other && !(other < location)) }
        }
    }
}
