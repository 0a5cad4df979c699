import CostModel
import Diagnostics
import Testing

@testable import Observation

@Suite("addresses of a state that the code has moved")
struct StateMoveTests {
    private func deployed(_ code: String, state addresses: [String], files: [String: String] = [:]) -> [String: String] {
        let sources = files.merging(["app/main.tf": code], uniquingKeysWith: { $1 }).map { SourceFile(path: $0.key, text: $0.value) }
        let inventory = TerraformReader().read(TerraformCode(files: sources))
        let entries = addresses.map { address in
            (address, TerraformState.Entry(type: "aws_instance", deployed: .init(id: "of " + address)))
        }
        let state = TerraformState(file: "s", resources: Dictionary(uniqueKeysWithValues: entries))
        let join = StateJoin(
            resources: inventory.resources, states: [.init(state, root: "app")],
            moves: ["app": inventory.roots.first?.moves ?? StateMoves()])
        return Dictionary(uniqueKeysWithValues: join.resources.map { ($0.identity.address, $0.deployed?.id ?? "none") })
    }

    @Test("are followed: of resources, instances, modules, and one after the other")
    func moved() {
        let code = """
            moved {
              from = aws_instance.first
              to   = aws_instance.second
            }
            moved {
              from = aws_instance.second
              to   = aws_instance.web["a"]
            }
            resource "aws_instance" "web" {
              for_each = toset(["a"])
            }
            moved {
              from = module.old
              to   = module.new["x"]
            }
            module "new" {
              for_each = toset(["x"])
              source   = "./m"
            }
            """
        let module = "moved {\n  from = aws_instance.a\n  to   = aws_instance.b\n}\nresource \"aws_instance\" \"b\" {}\n"
        let found = deployed(code, state: ["aws_instance.first", "module.old.aws_instance.a"], files: ["app/m/main.tf": module])
        #expect(found["aws_instance.web[\"a\"]"] == "of aws_instance.first")
        #expect(found["module.new[\"x\"].aws_instance.b"] == "of module.old.aws_instance.a")
    }

    @Test("keep their first instance when a count comes or goes")
    func counted() {
        let one = "resource \"aws_instance\" \"a\" {\n  count = 2\n}\n"
        #expect(deployed(one, state: ["aws_instance.a"]) == ["aws_instance.a[0]": "of aws_instance.a", "aws_instance.a[1]": "none"])
        #expect(
            deployed("resource \"aws_instance\" \"a\" {}\n", state: ["aws_instance.a[0]"]) == ["aws_instance.a": "of aws_instance.a[0]"])
    }

    @Test("are not those of a resource whose name only begins alike")
    func similar() {
        let code = """
            moved {
              from = aws_instance.a
              to   = aws_instance.b
            }
            resource "aws_instance" "b" {}
            """
        #expect(deployed(code, state: ["aws_instance.ab"]) == ["aws_instance.b": "none"])
    }

    @Test("an import names the id of what runs already")
    func imported() {
        let code = "import {\n  to = aws_instance.a\n  id = \"i-17\"\n}\nresource \"aws_instance\" \"a\" {}\n"
        #expect(deployed(code, state: []) == ["aws_instance.a": "i-17"])
    }

    @Test("an import with for_each names one for each key; a key that nobody knows names none")
    func importedEach() {
        let resource = "resource \"aws_instance\" \"a\" {\n  for_each = toset([\"x\", \"y\"])\n}\n"
        let code = "locals {\n  ids = { x = \"i-17\", y = \"i-18\" }\n}\n" + resource
        let each = "import {\n  for_each = local.ids\n  to = aws_instance.a[each.key]\n  id = each.value\n}\n"
        #expect(deployed(code + each, state: []) == ["aws_instance.a[\"x\"]": "i-17", "aws_instance.a[\"y\"]": "i-18"])
        let unknown = "variable \"key\" {}\nimport {\n  to = aws_instance.a[var.key]\n  id = \"i-17\"\n}\n"
        #expect(deployed(code + unknown, state: []) == ["aws_instance.a[\"x\"]": "none", "aws_instance.a[\"y\"]": "none"])
    }
}
