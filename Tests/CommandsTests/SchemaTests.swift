import CostModel
import Diagnostics
import Foundation
import JSON
import PolicyLanguage
import Reporting
import TestSupport
import Testing
import YAML

@testable import Commands

@Suite("schemas of the policy language")
struct SchemaTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let now = Instant(seconds: 1_793_491_200)

    private static func documents(of text: String, _ path: String) -> [YAMLNode] {
        let (documents, problems) = YAMLParser.parse(SourceFile(path: path, text: text))
        #expect(problems.isEmpty, "\(path)")
        return documents
    }

    /// The schema of any document and the one of the document's own kind.
    private static func schemas(for document: JSONValue) -> [PolicySchema] {
        guard case .string(let word)? = document["kind"], let kind = PolicyKind(rawValue: word) else { return [PolicySchema()] }
        return [PolicySchema(), PolicySchema(kind: kind)]
    }

    @Test("take every policy that is shipped", arguments: ["policies", "examples/acme"])
    func shipped(folder: String) throws {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: Self.root.appending(path: folder).path)
        var count = 0
        for path in paths.sorted() where path.hasSuffix(".yaml") {
            let text = try String(contentsOf: Self.root.appending(path: "\(folder)/\(path)"), encoding: .utf8)
            for document in Self.documents(of: text, path).map({ JSONValue($0) }) {
                for schema in Self.schemas(for: document) {
                    #expect(try SchemaValidator.accepts(document, schema.json), "\(path): \(schema.fileName)")
                    count += 1
                }
            }
        }
        #expect(count > 8)
    }

    @Test("have an example of every kind, which the schema and the decoder take", arguments: PolicyKind.allCases)
    func examples(kind: PolicyKind) throws {
        let text = try #require(Kinds.example(of: kind), "\(kind.rawValue)Object has no example")
        let example = try #require(JSONValue(yaml: text))
        #expect(example["kind"] == .string(kind.rawValue))
        for schema in Self.schemas(for: example) { #expect(try SchemaValidator.accepts(example, schema.json), "\(schema.fileName)") }
        // The policies and teams that examples name are those of the other examples; tests stand in files of their own.
        var files: [String: String] = [:]
        for kind in PolicyKind.allCases where kind != .workspace {
            let folder = kind == .team ? "teams" : "policies"
            files["\(folder)/\(kind.rawValue)\(kind == .test ? "_test" : "").yaml"] = Kinds.example(of: kind)
        }
        let workspace = SourceFile(path: "bursar.yaml", text: try #require(Kinds.example(of: .workspace)))
        let diagnostics = PolicyLoader.loadTests(workspace: workspace, paths: files.keys.sorted(), now: Self.now) { path in
            Array((files[path] ?? "").utf8)
        }.diagnostics
        #expect(CaretPrinter().render(diagnostics) == "")
    }

    @Test("refuse what is wrong, as the decoder does")
    func wrong() throws {
        let file = Self.root.appending(path: "Tests/CommandsTests/Fixtures/wrong-documents.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let parts = text.components(separatedBy: "\n---\n")
        #expect(parts.count > 40)
        for part in parts {
            let nodes = Self.documents(of: part, "wrong.yaml")
            let document = JSONValue(try #require(nodes.first))
            let why = part.split(separator: "\n").last { $0.hasPrefix("# ") } ?? ""
            for schema in Self.schemas(for: document) {
                #expect(try !SchemaValidator.accepts(document, schema.json), "\(schema.fileName) takes \(why)")
            }
            let isWorkspace = document["kind"] == "Workspace"
            let example = try #require(Kinds.example(of: .workspace))
            let refused = PolicyLoader.load(
                files: isWorkspace ? [] : [SourceFile(path: "wrong.yaml", text: part)],
                workspace: SourceFile(path: "bursar.yaml", text: isWorkspace ? part : example), now: Self.now)
            #expect(refused.policies == nil, "the decoder takes \(why)")
        }
    }

    /// What a key's description says reaches the editor whole.
    @Test("say of each key its name, its sentence and its default")
    func sentences() throws {
        for kind in PolicyKind.allCases {
            let properties = try #require(PolicySchema(kind: kind).json["properties"]?["spec"]?["properties"])
            for field in Kinds.spec(of: kind).fields {
                guard field.isSupported else {
                    #expect(properties[field.key] == nil, "\(kind.rawValue).\(field.key)")
                    continue
                }
                #expect(properties[field.key]?["title"] == .string(field.key))
                #expect(properties[field.key]?["description"] == .string(field.doc))
                #expect(properties[field.key]?["default"] == field.defaultText.flatMap { JSONValue(yaml: $0) })
            }
        }
    }

    @Test("have examples that match their own patterns")
    func patterns() throws {
        func check(_ schema: JSONValue) throws {
            if schema["pattern"] != nil, case .array(let examples)? = schema["examples"] {
                for example in examples { #expect(try SchemaValidator.accepts(example, schema), "\(example)") }
            }
            switch schema {
            case .object(let members): for member in members where member.key != "examples" { try check(member.value) }
            case .array(let elements): for element in elements { try check(element) }
            default: break
            }
        }
        for schema in PolicySchema.all { try check(schema.json) }
    }

    @Test("are found by an editor in what init writes: each file's first line leads to the schema")
    func modelines() throws {
        let folder = TemporaryDirectory()
        #expect(Said("init", "-C", folder.path, "--quiet").code == 0)
        #expect(try folder.read(".bursar/schema.json") == PolicySchema().bytes)
        for file in StarterFile.all where file.path.hasSuffix(".yaml") {
            let line = try #require(file.text.split(separator: "\n").first)
            let path = try #require(line.wholeMatch(of: /# yaml-language-server: \$schema=(\S+)/)?.1)
            let place = URL(filePath: "\(folder.path)/\(file.path)").deletingLastPathComponent().appending(path: String(path))
            #expect(place.standardized.path == folder.path + "/.bursar/schema.json", "\(file.path)")
        }
    }

    @Test("are written to stdout, or one file a kind")
    func command() throws {
        let folder = TemporaryDirectory()
        #expect(Said("schema", "Budget").output == String(decoding: PolicySchema(kind: .budget).bytes, as: UTF8.self))
        #expect(Said("schema").output == String(decoding: PolicySchema().bytes, as: UTF8.self))
        let said = Said("schema", "--out", folder.path + "/a/b")
        #expect(said.code == 0 && said.output.hasPrefix("wrote \(folder.path)/a/b/schema.json\n"))
        let written = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b").sorted()
        #expect(written == PolicySchema.all.map(\.fileName).sorted())
        #expect(Said("schema", "Team", "--out", folder.path + "/c").output == "wrote \(folder.path)/c/Team.schema.json\n")
        #expect(Said("schema", "Teem").error.hasPrefix("bursar: KIND cannot be 'Teem': expected Workspace, Team"))
        #expect(Said("schema", "--out", "/dev/null/x").code == 2)
    }
}
