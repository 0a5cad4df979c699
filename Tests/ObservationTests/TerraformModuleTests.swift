import CostModel
import Diagnostics
import Observation
import Testing

@Suite("Terraform modules and repetition")
struct TerraformModuleTests {
    @Test("roots are the folders that no module block calls")
    func roots() {
        let fixture = TerraformFixture([
            "a/main.tf": "module \"m\" {\n  source = \"../modules/m\"\n}\n",
            "modules/m/main.tf": "module \"n\" {\n  source = \"./n/\"\n}\n",
            "modules/m/n/main.tf": "resource \"aws_instance\" \"i\" {}\n", "b/main.tf": "resource \"aws_instance\" \"i\" {}\n",
            "a/.terraform/modules/x/main.tf": "resource \"aws_instance\" \"hidden\" {}\n", "main.tf": "locals {}\n",
        ])
        #expect(fixture.inventory.roots.map(\.folder) == ["", "a", "b"])
        #expect(fixture.addresses == ["module.m.module.n.aws_instance.i", "aws_instance.i"])
        #expect(fixture.inventory.roots[1].folders == ["a", "modules/m", "modules/m/n"])
    }

    @Test(
        "a source that begins as a path may be written with backslashes, as Terraform reads it",
        arguments: [
            #"..\\..\\lib"#, #".\\..\\..\\lib"#, #"..\\../lib"#, #".\\../../lib"#, #"../.\\..\\lib"#, #"../../lib\\"#,
            #"../other\\../..\\lib"#,
        ])
    func backslashes(_ source: String) {
        let fixture = TerraformFixture([
            "a/b/main.tf": "module \"m\" {\n  source = \"\(source)\"\n}\n", "lib/main.tf": "resource \"aws_instance\" \"i\" {}\n",
        ])
        #expect(fixture.addresses == ["module.m.aws_instance.i"])
        #expect(fixture.problems == [])
    }

    @Test("a source names the folder in its composed form", arguments: ["e\u{301}", "\u{E9}"])
    func composedSource(_ name: String) {
        let fixture = TerraformFixture([
            "app/main.tf": "module \"m\" {\n  source = \"./\(name)\"\n}\n", "app/\u{E9}/main.tf": "resource \"aws_instance\" \"i\" {}\n",
            "app/e\\314\\201/main.tf": "resource \"aws_instance\" \"other\" {}\n",
        ])
        #expect(fixture.addresses == ["module.m.aws_instance.i", "aws_instance.other"])
    }

    @Test("addresses are Terraform's, with quoted keys")
    func addresses() {
        let fixture = TerraformFixture([
            "app/main.tf": #"""
            module "m" {
              source   = "../m"
              for_each = { "k 1" = 1, "q\"u" = 0 }
              n        = each.value
            }
            resource "aws_instance" "none" {
              count = 0
            }
            resource "aws_instance" "set" {
              for_each = toset(["b", "a$${x}"])
            }
            """#,
            "m/main.tf": "variable \"n\" {}\nresource \"aws_instance\" \"i\" {\n  count = var.n + 1\n}\n",
        ])
        #expect(
            fixture.addresses == [
                #"aws_instance.set["a$${x}"]"#, #"aws_instance.set["b"]"#, #"module.m["k 1"].aws_instance.i[0]"#,
                #"module.m["k 1"].aws_instance.i[1]"#, #"module.m["q\"u"].aws_instance.i[0]"#,
            ])
    }

    @Test(
        "more instances than are read are partial, none of them silently left out",
        arguments: ["count = 10001", "for_each = toset(flatten([for a in range(101) : [for b in range(100) : \"${a}-${b}\"]]))"])
    func tooMany(_ argument: String) {
        let fixture = TerraformFixture("resource \"aws_instance\" \"i\" {\n  \(argument)\n}\n")
        #expect(fixture.addresses == [])
        #expect(fixture.problems == ["partial app not-evaluated: more than 10000 instances are not read"])
    }

    @Test("an unknown number of instances is one resource and a note")
    func unknownRepetition() {
        let fixture = TerraformFixture(
            """
            variable "n" {}
            resource "aws_instance" "i" {
              count = var.n
              tags  = { index = count.index, team = "x" }
            }
            """)
        let reason = "variable 'n' has no default and no value is given"
        #expect(fixture.tags("aws_instance.i") == ["team": "x", "index": "? \(reason)"])
        #expect(
            fixture.problems == [
                "note app/main.tf:2:1 unknown-repetition: how many instances 'aws_instance.i' has is not known: \(reason)"
            ])
    }

    @Test("variable files win over defaults, later ones over earlier ones, terraform.tfvars first")
    func variableFiles() {
        let fixture = TerraformFixture([
            "app/main.tf": """
            variable "a" { default = "default" }
            variable "b" { default = "default" }
            variable "c" { default = "default" }
            resource "aws_instance" "i" {
              tags = { a = var.a, b = var.b, c = var.c }
            }
            """,
            "app/terraform.tfvars": "a = \"terraform\"\nb = \"terraform\"\n", "app/a.auto.tfvars": "b = \"auto a\"\n",
            "app/z.auto.tfvars": "b = \"auto z\"\n", "app/other.tfvars": "c = \"not read\"\n",
        ])
        // Terraform reads any other file only when it is told to, and nobody said whether it is.
        let reason = "variable 'c' may be set by app/other.tfvars, and it is not known whether that file is used"
        #expect(fixture.tags("aws_instance.i") == ["a": "terraform", "b": "auto z", "c": "? \(reason)"])
        #expect(fixture["aws_instance.i"]?.tags.tags["b"]?.from == Place(file: "app/main.tf", line: 5, column: 23))
        #expect(fixture["aws_instance.i"]?.tags.tags["b"]?.literal?.file == "app/z.auto.tfvars")
    }

    @Test(
        "a variable file that belongs to no code in particular may set variables of the roots beside it, and of no others",
        arguments: [
            ("infra/envs/prod.tfvars", true), ("infra/envs/eu/terraform.tfvars", true), ("envs/prod.tfvars", true), ("prod.tfvars", false),
            ("infra/other/prod.tfvars", false), ("live/envs/prod.tfvars", false),
        ])
    func strayVariableFiles(path: String, counts: Bool) {
        let fixture = TerraformFixture([
            "infra/app/main.tf": "variable \"a\" { default = \"default\" }\nresource \"aws_instance\" \"i\" {\n  tags = { a = var.a }\n}\n",
            "infra/other/main.tf": "resource \"aws_sns_topic\" \"t\" {}\n", "live/main.tf": "resource \"aws_sns_topic\" \"t\" {}\n",
            path: "a = \"else\"\n",
        ])
        let reason = "variable 'a' may be set by \(path), and it is not known whether that file is used"
        #expect(fixture.tags("aws_instance.i") == ["a": counts ? "? \(reason)" : "default"])
    }

    @Test("override files replace attributes, and nested blocks by type")
    func overrides() {
        let fixture = TerraformFixture([
            "app/main.tf":
                "resource \"aws_instance\" \"i\" {\n  instance_type = \"a\"\n  tags = { a = 1 }\n}\nlocals {\n  x = \"base\"\n}\n",
            "app/override.tf": "resource \"aws_instance\" \"i\" {\n  tags = { b = local.x }\n}\n",
            "app/z_override.tf": "locals {\n  x = \"over\"\n}\n",
        ])
        #expect(fixture.tags("aws_instance.i") == ["b": "over"])
        #expect(fixture["aws_instance.i"]?.size?.value == "a")
        #expect(fixture["aws_instance.i"]?.location.file == "app/main.tf")
    }

    @Test("providers are handed down as the module block says, else inherited")
    func providers() {
        let provider = { (alias: String, tag: String) in
            "provider \"aws\" {\n\(alias)  default_tags {\n    tags = { p = \"\(tag)\" }\n  }\n}\n"
        }
        let resources = "resource \"aws_instance\" \"i\" {}\n"
        let fixture = TerraformFixture([
            "app/main.tf": provider("", "default") + provider("  alias = \"west\"\n", "west") + """
                module "plain" {
                  source = "../m"
                }
                module "west" {
                  source    = "../m"
                  providers = { aws = aws.west }
                }
                module "named" {
                  source    = "../n"
                  providers = { aws.main = aws.west }
                }
                """,
            "m/main.tf": "module \"in\" {\n  source = \"../in\"\n}\n" + resources, "in/main.tf": resources,
            "n/main.tf":
                "resource \"aws_instance\" \"i\" {\n  provider = aws.main\n}\nresource \"aws_instance\" \"lost\" {\n  provider = aws.other\n}\n",
        ])
        #expect(fixture.tags("module.plain.aws_instance.i") == ["p": "default"])
        #expect(fixture.tags("module.plain.module.in.aws_instance.i") == ["p": "default"])
        #expect(fixture.tags("module.west.aws_instance.i") == ["p": "west"])
        #expect(fixture.tags("module.west.module.in.aws_instance.i") == ["p": "west"])
        #expect(fixture.tags("module.named.aws_instance.i") == ["p": "west"])
        #expect(fixture.tags("module.named.aws_instance.lost") == ["…": "the provider 'aws.other' is not passed to module.named"])
    }

    @Test("types and optional attributes convert and complete what a module is given")
    func optionalAttributes() {
        let fixture = TerraformFixture([
            "app/main.tf": "module \"m\" {\n  source = \"../m\"\n  config = { name = 5, tags = { on = true } }\n}\n",
            "m/main.tf": """
            variable "config" {
              type = object({
                name  = string
                tags  = optional(map(string), {})
                size  = optional(string, "m5.large")
                inner = optional(object({ cc = optional(string, "CC-1") }), {})
              })
            }
            resource "aws_instance" "i" {
              instance_type = var.config.size
              tags          = merge(var.config.tags, { Name = var.config.name, cc = var.config.inner.cc })
            }
            """,
        ])
        #expect(fixture.tags("module.m.aws_instance.i") == ["on": "true", "Name": "5", "cc": "CC-1"])
        #expect(fixture["module.m.aws_instance.i"]?.size?.value == "m5.large")
    }

    @Test("a resource's written arguments are known to others, the rest after apply")
    func resourceReferences() {
        let fixture = TerraformFixture(
            """
            resource "aws_s3_bucket" "b" {
              count  = 2
              bucket = "b${count.index}"
            }
            resource "aws_instance" "i" {
              tags = {
                first = aws_s3_bucket.b[0].bucket
                all   = join(",", aws_s3_bucket.b[*].bucket)
                id    = aws_s3_bucket.b[1].id
              }
            }
            """)
        #expect(
            fixture.tags("aws_instance.i") == [
                "first": "b0", "all": "b0,b1", "id": "? known only after apply: aws_s3_bucket.b[1].id",
            ])
    }

    @Test("a file that does not parse breaks the roots that use it, not the others")
    func broken() {
        let fixture = TerraformFixture([
            "a/main.tf": "module \"m\" {\n  source = \"../m\"\n}\n", "m/main.tf": "resource \"aws_instance\" \"oops\" {\n",
            "b/main.tf": "resource \"aws_instance\" \"i\" {}\n",
        ])
        #expect(fixture.addresses == ["aws_instance.i"])
        #expect(fixture.inventory.roots.map(\.isBroken) == [true, false])
        #expect(fixture.inventory.problems.map(\.file) == ["m/main.tf"])
        #expect(fixture.inventory.problems.map(\.severity) == [.partial])
    }

    @Test(
        "a module that only a broken file calls does not become a root",
        arguments: ["resource \"aws_instance\" \"oops\" {\n", "x = \n", "}\n", "\"\n"])
    func brokenCaller(_ tail: String) {
        let fixture = TerraformFixture([
            "a/main.tf": "module \"m\" {\n  source = \"../m\"\n}\n" + tail + "module \"n\" {\n  source = \"../n\"\n}\n",
            "m/main.tf": "resource \"aws_instance\" \"i\" {}\n", "n/main.tf": "resource \"aws_instance\" \"i\" {}\n",
        ])
        #expect(fixture.inventory.roots.map(\.folder) == ["a"])
    }

    @Test(
        "what cannot be read is reported where it stands",
        arguments: [
            (
                "module \"m\" {\n  source = \"../../x\"\n}\n",
                "partial app/main.tf:1:1 module-outside: module 'm': its source leaves the tree"
            ),
            (
                "module \"m\" {\n  source = \"../x\"\n}\n",
                "partial app/main.tf:1:1 missing-module: module 'm': there is no Terraform code in 'x'"
            ),
            (
                "module \"m\" {\n  source = \"hashicorp/m/aws\"\n}\n",
                "note app/main.tf:1:1 remote-module: module 'm': its code is not in this tree"
            ),
            (
                "module \"m\" {\n  source = \".\"\n}\n",
                "partial app/main.tf:1:1 module-cycle: the modules of this folder call each other in a circle"
            ),
            (
                "locals {}\nlocals {\n  a = local.a\n}\nresource \"aws_instance\" \"i\" {\n  tags = local.a\n}\n",
                "note app/main.tf:3:7 evaluation: local 'a' refers to itself"
            ),
            ("variable \"a\" {}\nvariable \"a\" {}\n", "partial app/main.tf:2:1 duplicate-declaration: variable 'a' is declared twice"),
        ])
    func problems(_ text: String, _ problem: String) {
        #expect(TerraformFixture(text).problems == [problem])
    }

    @Test("modules that multiply without end are stopped")
    func multiplication() {
        var files = ["m0/main.tf": "resource \"aws_instance\" \"i\" {}\n"]
        for level in 1...6 { files["m\(level)/main.tf"] = "module \"m\" {\n  source = \"../m\(level - 1)\"\n  count  = 60\n}\n" }
        let fixture = TerraformFixture(files)
        #expect(fixture.inventory.roots.allSatisfy { $0.resources.isEmpty && $0.isBroken })
        #expect(
            fixture.problems == [
                "partial m6 limit: the roots of the workspace have more than 100000 instances: only the smallest are read, 10000 together, and this one is not"
            ])
    }

    private func limited(_ texts: [String: String], instances: Int = .max, beyond: Int = .max, steps: Int = .max) -> TerraformInventory {
        var options = TerraformReader.Options()
        if instances < .max { options.mostInstances = instances }
        if beyond < .max { options.mostInstancesBeyond = beyond }
        if steps < .max { options.mostSteps = steps }
        return TerraformReader(options: options).read(TerraformCode(files: texts.map { SourceFile(path: $0.key, text: $0.value) }))
    }

    private static func counted(_ counts: [Int]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: counts.enumerated().map {
                ("r\($0.offset)/main.tf", "resource \"aws_instance\" \"i\" {\n  count = \($0.element)\n}\n")
            })
    }

    @Test(
        "where all roots have more instances together than a workspace may have, the smallest are read, whichever come first",
        arguments: [
            // Of more than 100 instances, the smallest roots with up to 50.
            ([40, 9, 40, 8, 7, 8], [1, 3, 4, 5]), ([8, 7, 8, 9, 40, 40], [0, 1, 2, 3]), ([30, 30, 30, 30], [0]), ([101], []),
            ([10_001, 100, 20], [2]), ([101, 1, 101, 1], [1, 3]), ([1, 20_000, 1], [0, 2]), ([51, 60, 50], [2]), ([99, 0, 2], [1, 2]),
        ] as [([Int], [Int])])
    func total(counts: [Int], kept: [Int]) {
        for _ in 0..<3 {
            let inventory = limited(Self.counted(counts), instances: 100, beyond: 50)
            let read = kept.map { "r\($0)" }
            let full = Set(inventory.roots.filter { !$0.isBroken }.map(\.folder))
            // A block that alone has too many is told where it stands, and its root is read.
            let blocks = Set(counts.indices.filter { counts[$0] > 10_000 }.map { "r\($0)" })
            #expect(full.subtracting(blocks) == Set(read), "\(inventory.problems)")
            #expect(inventory.problems.allSatisfy { $0.severity == .partial })
            let said = Set(inventory.problems.filter { $0.id == "limit" }.map(\.file))
            #expect(said == Set(counts.indices.map { "r\($0)" }).subtracting(full), "\(inventory.problems)")
            for root in inventory.roots where full.contains(root.folder) && !blocks.contains(root.folder) {
                #expect(root.resources.count == counts[Int(root.folder.dropFirst()) ?? 0])
            }
        }
    }

    @Test("as many as a workspace may have are read")
    func whole() {
        let inventory = limited(Self.counted([40, 40, 20]), instances: 100, beyond: 50)
        #expect(inventory.problems.isEmpty && inventory.resources.count == 100)
    }

    @Test("what was left out is read once there is room for it")
    func roomAgain() throws {
        var options = TerraformReader.Options()
        (options.mostInstances, options.mostInstancesBeyond) = (100, 50)
        let reader = TerraformReader(options: options)
        func code(_ counts: [Int]) -> TerraformCode {
            TerraformCode(files: Self.counted(counts).map { SourceFile(path: $0.key, text: $0.value) })
        }
        let before = reader.read(code([60, 45]))
        #expect(before.roots.map(\.isBroken) == [true, false])
        let after = reader.read(code([60, 30]), reusing: before, changed: ["r1/main.tf"])
        #expect(after.problems.isEmpty && after.resources.count == 90)
        let again = reader.read(code([60, 45]), reusing: after, changed: ["r1/main.tf"])
        #expect(again.roots.map(\.isBroken) == [true, false] && again.resources.count == 45)
    }

    @Test("many roots take no more steps together than a workspace may take")
    func totalSteps() {
        let code = "resource \"aws_instance\" \"i\" {\n  tags = { x = length([for a in range(200) : [for b in range(20) : a + b]]) }\n}\n"
        let texts = Dictionary(uniqueKeysWithValues: (10..<22).map { ("r\($0)/main.tf", code) })
        let inventory = limited(texts, steps: 100_000)
        #expect(
            inventory.problems.contains { $0.message.contains("the evaluation of the workspace takes too long") && $0.severity == .partial }
        )
        #expect(!inventory.problems.contains { $0.file == "r10/main.tf" }, "\(inventory.problems)")
        #expect(limited(texts).problems.isEmpty)
    }

    @Test("after a change only the roots that use the file are read again")
    func reuse() {
        let texts = [
            "a/main.tf": "module \"m\" {\n  source = \"../m\"\n}\n",
            "m/main.tf": "resource \"aws_instance\" \"i\" {\n  tags = { a = 1 }\n}\n",
            "b/main.tf": "resource \"aws_instance\" \"i\" {\n  tags = { a = 1 }\n}\n",
        ]
        let code = TerraformCode(files: texts.map { SourceFile(path: $0.key, text: $0.value) })
        let before = TerraformReader().read(code)
        let changed = SourceFile(path: "m/main.tf", text: "resource \"aws_instance\" \"i\" {\n  tags = { a = 2 }\n}\n")
        let after = TerraformReader().read(code.replacing([changed]), reusing: before, changed: ["m/main.tf"])
        #expect(after.resources.map { $0.tags.tags["a"]?.value } == ["2", "1"])
        #expect(after.resources == TerraformReader().read(code.replacing([changed])).resources)
    }
}
