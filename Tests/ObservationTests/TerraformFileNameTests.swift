import Diagnostics
import HCL
import TestSupport
import Testing

@testable import Observation

@Suite("names of Terraform files")
struct TerraformFileNameTests {
    @Test(
        "code and overrides, by Terraform's written rules and OpenTofu's",
        arguments: [
            ("main.tf", "code"), ("main.tf.json", "code json"), ("main.tofu", "code tofu"), ("main.tofu.json", "code json tofu"),
            ("#x.tf", "code"), ("#x.tf.json", "code json"), ("#x.tf#", nil), ("~x.tf", "code"), ("x.tf~", nil), ("x.tofu~", nil),
            (".x.tf", nil), (".tf", nil), (".tf.json", nil), (".tofu", nil), ("tf", nil), ("x.TF", nil), ("x.tf ", nil), (" .tf", "code"),
            ("override.tf", "override"), ("_override.tf", "override"), ("x_override.tf.json", "override json"),
            ("override.tofu", "override tofu"), ("x_override.tofu.json", "override json tofu"), ("xoverride.tf", "code"),
            ("Override.tf", "code"), ("override.x.tf", "code"), ("#_override.tf", "override"), ("override.tf.json", "override json"),
            ("x.tf.json.tf", "code"), ("x.json", nil), ("x.tf.jsonc", nil), ("x.tftest.hcl", nil), ("x.tfvars.tf", "code"),
            // Of no character that is made of more than one scalar does Swift say that it ends in a part of it.
            ("x\u{600}.tf", "code"), ("\u{301}.tf", "code"), ("x.\u{301}tf", nil), ("x.tf\u{301}", nil), ("x.tf\u{200D}", nil),
            ("\u{600}_override.tf", "override"), ("override\u{301}.tf", "code"), ("#\u{301}x.tf#", nil), (".\u{301}x.tf", nil),
            ("x\u{600}~", nil), ("x.tf\u{301}~", nil), ("a/\u{301}.tf", "code"), ("a\u{600}/.tf", nil), ("é/é.tf", "code"),
            (".terraform/modules/m/main.tf", nil), ("x.terraform/main.tf", "code"), (".terraform", nil),
            ("a/.terraform/providers/p/x.tf", nil), (".terraform/plugins/x.tf", nil), (".terraform/x.tf", "code"),
            ("a/.terraform/live/main.tf", "code"), (".terraform/live/modules/main.tf", "code"), ("modules/.terraform/main.tf", "code"),
        ])
    func code(_ path: String, _ expected: String?) {
        #expect(TerraformFileName(path)?.text == expected)
    }

    @Test(
        "variable files, hidden ones too",
        arguments: [
            ("terraform.tfvars", "variables 0"), ("terraform.tfvars.json", "variables 1 json"), ("x.auto.tfvars", "variables 2"),
            ("x.auto.tfvars.json", "variables 2 json"), (".auto.tfvars", "variables 2"), (".x.auto.tfvars", "variables 2"),
            ("#x.auto.tfvars", "variables 2"), ("x\u{600}.auto.tfvars", "variables 2"), ("x.auto.tfvars~", nil),
            ("Terraform.tfvars", "other"), ("\u{301}terraform.tfvars", "other"), ("prod.tfvars", "other"),
            ("prod.tfvars.json", "other json"),
            ("auto.tfvars", "other"), ("x.tfvars.JSON", nil),
        ])
    func variables(_ path: String, _ expected: String?) {
        #expect(TerraformFileName("app/" + path)?.text == expected)
    }

    @Test("OpenTofu's file stands for Terraform's of the same name and syntax, and for no other")
    func alternatives() {
        #expect(TerraformFileName.tofuAlternative(of: "a/main.tf") == "a/main.tofu")
        #expect(TerraformFileName.tofuAlternative(of: "a/x_override.tf.json") == "a/x_override.tofu.json")
        #expect(TerraformFileName.tofuAlternative(of: "a/x\u{600}.tf") == "a/x\u{600}.tofu")
        for path in ["a/main.tofu", "a/terraform.tfvars", "a/x"] { #expect(TerraformFileName.tofuAlternative(of: path) == nil) }
    }

    // MARK: Terraform

    /// Names as nobody gives them, whatever Terraform makes of them.
    static let odd: [String] = {
        let stems = [
            "main", "#x", "#", "~x", ".x", "_", "x y", " ", "-x", "é", "e\u{301}", "x\u{600}", "\u{301}", "\u{200D}", "\u{FEFF}x",
            "x\u{338}",
            "1\u{FE0F}\u{20E3}", "😀", "👩‍👩‍👧", "한", "\u{1112}\u{1161}\u{11AB}", "x\u{202E}", "x.tf", "x.tf.json", "override", "a_override",
            "_override", "Override", "é_override", "e\u{301}_override", "x\u{600}_override", "override\u{301}", "override ", "#_override",
            "xoverride", "x.override", "x_override.y", "terraform", "x.auto", ".auto", "\u{600}.auto", "#x.auto", "terraform.tfvars", "$x",
            "%41", "x\\y",
        ]
        let endings = [".tf", ".tf.json", ".tofu", ".TF", ".tf~", ".tf#", ".tfvars", ".tfvars.json", ".tf\u{301}", "\u{301}.tf"]
        // Files of Terraform's that have another meaning, or that the test itself needs.
        let own = ["main.tf"]
        return stems.flatMap { stem in endings.map { stem + $0 } }.filter { !own.contains($0) && $0.utf8.count < 200 }
    }()

    @Test("Terraform reads the files that we read, of several hundred odd names", .enabled(if: TerraformProgram.isThere))
    func terraform() throws {
        #expect(Self.odd.count >= 200)
        let code = Self.odd.filter { TerraformFileName($0)?.isTofu != true }
        let folder = TemporaryDirectory()
        for name in code { try folder.write("!", to: name) }
        // What cannot be parsed is named.
        let complaints = try TerraformProgram.filesNamed(by: ["validate", "-json"], in: folder.path, of: "")
        let read = code.filter { [.code, .override].contains(TerraformFileName($0)?.role) }
        #expect(complaints == Set(read.map { Array($0.utf8) }))
    }

    @Test("Terraform takes those files for overrides that we take for overrides", .enabled(if: TerraformProgram.isThere))
    func overrides() throws {
        let folder = TemporaryDirectory()
        let code = Self.odd.filter { name in
            TerraformFileName(name).map { !$0.isTofu && ($0.role == .code || $0.role == .override) } ?? false
        }
        try folder.write(code.indices.map { "output \"o\($0)\" {\n  value = 1\n}\n" }.joined(), to: " !.tf")
        for (index, name) in code.enumerated() {
            let isJSON = TerraformFileName(name)?.syntax == .json
            try folder.write(
                isJSON ? "{\"output\": {\"o\(index)\": {\"value\": 2}}}" : "output \"o\(index)\" {\n  value = 2\n}\n", to: name)
        }
        // Names are read in the order of their bytes, the base first. What is declared twice is named; an override declares nothing anew.
        let twice = try TerraformProgram.filesNamed(by: ["validate", "-json"], in: folder.path, of: "Duplicate output")
        #expect(twice == Set(code.filter { TerraformFileName($0)?.role == .code }.map { Array($0.utf8) }))
    }

    @Test("Terraform reads the variable files that we read", .enabled(if: TerraformProgram.isThere))
    func variableFiles() throws {
        let folder = TemporaryDirectory()
        try folder.write("output \"o\" {\n  value = 1\n}\n", to: "main.tf")
        let names = Self.odd.filter { $0.contains(".tfvars") && ![.code, .override].contains(TerraformFileName($0)?.role) }
        for name in names { try folder.write("!", to: name) }
        let complaints = try TerraformProgram.filesNamed(by: ["plan", "-json", "-input=false"], in: folder.path, of: "")
        let read = names.filter { if case .variables = TerraformFileName($0)?.role { true } else { false } }
        #expect(complaints == Set(read.map { Array($0.utf8) }))
        #expect(read.count > 5)
    }
}

extension TerraformFileName {
    fileprivate var text: String {
        let role =
            switch role {
            case .code: "code"
            case .override: "override"
            case .variables(let rank): "variables \(rank)"
            case .otherVariables: "other"
            }
        return role + (syntax == .json ? " json" : "") + (isTofu ? " tofu" : "")
    }
}
