import CostModel
import Observation
import Testing

@Suite("Places for new Terraform tags")
struct TerraformInsertionTests {
    private let locals = "locals {\n  common = { team = \"x\" }\n}\n"

    @Test(
        "the resource's own literal comes first, then those that it refers to",
        arguments: [
            ("", ["app/main.tf: tags in resource \"aws_instance\" \"web\" "], nil),
            ("tags = { a = 1 }", ["app/main.tf: { a = 1 }"], nil),
            ("tags = {}", ["app/main.tf: {}"], nil),
            ("tags = local.common", ["app/main.tf: { team = \"x\" }"], nil),
            ("tags = merge({ a = 1 }, local.common)", ["app/main.tf: { a = 1 }", "app/main.tf: { team = \"x\" }"], nil),
            ("tags = merge({ a = 1 }, { b = 2 })", ["app/main.tf: { b = 2 }", "app/main.tf: { a = 1 }"], nil),
            ("tags = true ? local.common : {}", ["app/main.tf: { team = \"x\" }"], nil),
            ("tags = tomap({ a = 1 })", ["app/main.tf: { a = 1 }"], nil),
            ("tags = { for k, v in local.common : k => v }", [], "tags are built by a for expression"),
            ("tags = zipmap([\"a\"], [\"b\"])", [], "tags are computed by zipmap()"),
            ("tags = null", [], "tags are not written as an object"),
            ("tags = var.none", [], "tags cannot be known: there is no variable 'none'"),
        ] as [(String, [String], String?)])
    func inRoot(_ argument: String, _ places: [String], _ obstacle: String?) {
        let fixture = TerraformFixture(locals + "resource \"aws_instance\" \"web\" {\n  \(argument)\n}\n")
        #expect(fixture.insertions("aws_instance.web") == places)
        #expect(fixture["aws_instance.web"]?.tags.insertionObstacle == obstacle)
    }

    private let module = """
        variable "tags" {
          type    = map(string)
          default = {}
        }
        variable "more" {
          default = null
        }
        resource "aws_instance" "this" {
          tags = merge({ managed = "yes" }, var.tags, var.more)
        }
        """

    @Test("the tags of a module's resource belong into the module call")
    func moduleArgument() {
        let fixture = TerraformFixture([
            "modules/m/main.tf": module,
            "app/main.tf": "module \"m\" {\n  source = \"../modules/m\"\n  tags   = { team = \"x\" }\n  more = {}\n}\n",
        ])
        #expect(
            fixture.insertions("module.m.aws_instance.this") == [
                "app/main.tf: {}", "app/main.tf: { team = \"x\" }", "modules/m/main.tf: { managed = \"yes\" }",
            ])
    }

    @Test("a module call that does not pass the tags can be given the argument")
    func newModuleArgument() {
        let fixture = TerraformFixture([
            "modules/m/main.tf": module, "app/main.tf": "module \"m\" {\n  source = \"../modules/m\"\n}\n",
        ])
        #expect(
            fixture.insertions("module.m.aws_instance.this") == [
                "app/main.tf: more in module \"m\" ", "app/main.tf: tags in module \"m\" ", "modules/m/main.tf: { managed = \"yes\" }",
                "modules/m/main.tf: {}",
            ])
    }

    @Test("a repeated module's own map comes before what its module shares")
    func repeatedModule() {
        let fixture = TerraformFixture([
            "modules/m/main.tf": module,
            "app/main.tf":
                "module \"m\" {\n  source = \"../modules/m\"\n  for_each = { x = { a = 1 } }\n  tags = each.value\n  more = {}\n}\n",
        ])
        #expect(
            fixture.insertions("module.m[\"x\"].aws_instance.this") == [
                "app/main.tf: {}", "app/main.tf: { a = 1 }", "modules/m/main.tf: { managed = \"yes\" }",
            ])
    }

    @Test("of nested calls the outermost caller comes first")
    func nestedModules() {
        let fixture = TerraformFixture([
            "modules/in/main.tf": "variable \"tags\" {}\nresource \"aws_instance\" \"i\" {\n  tags = var.tags\n}\n",
            "modules/out/main.tf":
                "variable \"tags\" {}\nmodule \"in\" {\n  source = \"../in\"\n  tags = merge(var.tags, { b = 1 })\n}\n",
            "app/main.tf": "module \"out\" {\n  source = \"../modules/out\"\n  tags = { a = 1 }\n}\n",
        ])
        #expect(fixture.insertions("module.out.module.in.aws_instance.i") == ["app/main.tf: { a = 1 }", "modules/out/main.tf: { b = 1 }"])
    }

    @Test("a module that makes the tags is given them by its call")
    func labelModule() {
        let label = "variable \"tags\" {\n  default = {}\n}\noutput \"tags\" {\n  value = merge({ Name = \"n\" }, var.tags)\n}\n"
        let resource = "resource \"aws_instance\" \"i\" {\n  tags = module.label.tags\n}\n"
        let fixture = TerraformFixture([
            "modules/label/main.tf": label,
            "a/main.tf": "module \"label\" {\n  source = \"../modules/label\"\n  tags = { team = \"x\" }\n}\n" + resource,
            "b/main.tf": "module \"label\" {\n  source = \"../modules/label\"\n}\n" + resource,
        ])
        let places = fixture.inventory.resources.map { $0.tags.insertions.first?.span.file }
        #expect(places == ["a/main.tf", "b/main.tf"])
    }
}
