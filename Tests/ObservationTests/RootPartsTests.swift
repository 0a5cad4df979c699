import CostModel
import Diagnostics
import Testing

@testable import Observation

@Suite("Large roots, read in parts")
struct RootPartsTests {
    /// Enough blocks for two parts, and in each of them one that refers to a block, a local and a module of the other.
    private static func root(_ more: String = "") -> [String: String] {
        var blocks = (0..<1_200).map { number in
            """
            resource "aws_instance" "web_\(number * 7 % 1_200)" {
              instance_type = \(number % 3 == 0 ? "local.size" : "\"m5.large\"")
              tags          = merge(local.tags, { name = "web-\(number)", peer = aws_instance.web_\((number + 601) % 1_200).instance_type })
            }

            """
        }
        blocks.insert("locals {\n  size = \"m5.xlarge\"\n  tags = { team = module.names.team }\n}\n", at: 600)
        blocks.insert("module \"names\" {\n  source = \"../names\"\n}\n", at: 300)
        blocks.append("resource \"aws_sqs_queue\" \"each\" {\n  for_each = toset([\"a\", \"b\"])\n  tags     = { key = each.key }\n}\n")
        blocks.append("moved {\n  from = aws_instance.old\n  to   = aws_instance.web_1\n}\n")
        return [
            "app/main.tf": blocks.joined() + more,
            "names/main.tf": "output \"team\" {\n  value = \"payments\"\n}\nresource \"aws_sqs_queue\" \"q\" {}\n",
        ]
    }

    private struct Read {
        let graph: ModuleGraph
        let code: ModuleCode
        let inOneGo: RootContents

        init(_ texts: [String: String]) throws {
            let graph = ModuleGraph(TerraformCode(files: texts.map { SourceFile(path: $0.key, text: $0.value) }))
            self.graph = graph
            code = try #require(graph.modules["app"])
            var reader = RootReader(folder: "app", context: RootContext(root: "app") { graph.modules[$0] }, options: .init())
            reader.read(code)
            inOneGo = reader.contents
        }

        /// Nil where the root has to be read in one go.
        var inParts: RootContents? {
            let graph = graph
            let parts = RootParts.read(code, context: { RootContext(root: "app") { graph.modules[$0] } }) { names, isFirst, context in
                var reader = RootReader(folder: "app", context: context, options: .init())
                reader.read(code, resources: names, others: isFirst)
                return reader.contents
            }
            return parts.map { parts in
                var contents = parts[0]
                contents.resources = RootResources(parts.map(\.resources)).all
                contents.problems = parts.flatMap(\.problems)
                return contents
            }
        }
    }

    @Test("parts together are what reading in one go gives")
    func same() throws {
        let read = try Read(Self.root())
        let parts = try #require(read.inParts)
        #expect(parts.resources.count == 1_203)
        #expect(parts.resources == read.inOneGo.resources)
        #expect(parts.moves == read.inOneGo.moves && !parts.moves.isEmpty)
        #expect(parts.problems == read.inOneGo.problems)
    }

    @Test(
        "where one part has to know what another has met, nothing is made of the parts",
        arguments: [
            "resource \"aws_sqs_queue\" \"wrong\" {\n  tags = { a = local.nothing }\n}\n",
            "resource \"aws_sqs_queue\" \"here\" {\n  name = terraform.workspace\n}\n",
            "locals {\n  a = local.b\n  b = local.a\n}\nresource \"aws_sqs_queue\" \"circle\" {\n  tags = { a = local.a }\n}\n",
        ])
    func dependent(_ more: String) throws {
        let read = try Read(Self.root(more))
        #expect(read.inParts == nil)
        let fixture = TerraformFixture(Self.root(more))
        #expect(fixture.inventory.roots.map(\.resources) == [read.inOneGo.resources])
    }

    @Test("what reads values in a large root is found in parts too")
    func readers() throws {
        let texts = Self.root("output \"team\" {\n  value = local.tags.team\n}\n")
        let code = TerraformCode(files: texts.map { SourceFile(path: $0.key, text: $0.value) })
        let root = try #require(TerraformReader().read(code).roots.first)
        let graph = ModuleGraph(code)
        var finder = ReaderFinder(root: "app", countsTags: true)
        let main = try #require(graph.modules["app"])
        finder.read(main, in: RootContext(root: "app") { graph.modules[$0] }, resources: main.resourceOrder[...], others: true)
        let found = TerraformReader().readers(in: root, of: code, countingTags: true)
        #expect(found.count > 1_200)
        #expect(found == finder.readers)
    }
}
