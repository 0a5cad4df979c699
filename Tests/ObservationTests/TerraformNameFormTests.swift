import Observation
import Testing

/// `é` in one scalar and in two: texts of both are one to Terraform, names are two.
@Suite("names in two forms of Unicode")
struct TerraformNameFormTests {
    private static let one = "\u{E9}"
    private static let two = "e\u{301}"

    private func fixture(_ code: String, _ files: [String: String] = [:]) -> TerraformFixture {
        TerraformFixture(files.merging(["app/main.tf": code]) { first, _ in first })
    }

    private func counted(_ reference: String) -> String { "resource \"aws_instance\" \"i\" {\n  count = \(reference)\n}\n" }

    @Test(
        "declared in both, data is partial",
        arguments: [
            "locals {\n  N = 1\n}\nlocals {\n  M = 0\n}\n", "variable \"N\" {}\nvariable \"M\" {}\n", "output \"N\" {}\noutput \"M\" {}\n",
            "module \"N\" {\n  source = \"./a\"\n}\nmodule \"M\" {\n  source = \"./a\"\n}\n",
            "resource \"aws_instance\" \"N\" {}\nresource \"aws_instance\" \"M\" {}\n",
        ])
    func both(_ code: String) {
        for (first, second) in [(Self.one, Self.two), (Self.two, Self.one)] {
            let fixture = fixture(code.replacing("N", with: first).replacing("M", with: second), ["app/a/main.tf": ""])
            #expect(fixture.problems.contains { $0.hasPrefix("partial") && $0.contains("duplicate-declaration") }, "\(fixture.problems)")
        }
    }

    @Test("a local that is declared twice is no value to count on, and an override may set it")
    func locals() {
        let code = "locals {\n  n = 1\n}\n" + counted("local.n")
        let twice = fixture(code + "locals {\n  n = 0\n}\n")
        #expect(twice.problems == ["partial app/main.tf:8:3 duplicate-declaration: local 'n' is declared twice"])
        let overridden = fixture(code, ["app/override.tf": "locals {\n  n = 2\n}\n"])
        #expect(overridden.problems == [] && overridden.addresses.count == 2)
    }

    @Test(
        "a variable file sets the variable of its own form only",
        arguments: ["terraform.tfvars", "a.auto.tfvars", "z.auto.tfvars", "terraform.tfvars.json", "a.auto.tfvars.json"])
    func files(_ name: String) {
        func text(_ variable: String, _ value: Int) -> String {
            name.hasSuffix(".json") ? "{\"\(variable)\": \(value)}" : "\(variable) = \(value)\n"
        }
        for (declared, other) in [(Self.one, Self.two), (Self.two, Self.one)] {
            let code = "variable \"\(declared)\" {\n  default = 1\n}\n" + counted("var.\(declared)")
            #expect(fixture(code, ["app/\(name)": text(other, 0)]).addresses == ["aws_instance.i[0]"])
            #expect(fixture(code, ["app/\(name)": text(declared, 0)]).addresses == [])
        }
        let code = "variable \"\(Self.one)\" {\n  default = 0\n}\n" + counted("var.\(Self.one)")
        let files = ["app/m.auto.tfvars": "\(Self.one) = 1\n", "app/n.auto.tfvars": "\(Self.two) = 0\n"]
        #expect(fixture(code, files).addresses == ["aws_instance.i[0]"])
    }

    @Test("keys of instances are texts: of two forms the later counts, and addresses are composed")
    func keys() {
        let fixture = fixture(
            """
            resource "aws_instance" "i" {
              for_each = { "\(Self.one)" = {}, "\(Self.two)" = { team = "x" } }
              tags     = each.value
            }

            """)
        #expect(fixture.addresses.map { Array($0.utf8) } == [Array("aws_instance.i[\"\(Self.one)\"]".utf8)])
        #expect(fixture.tags("aws_instance.i[\"\(Self.one)\"]") == ["team": "x"])
    }
}
