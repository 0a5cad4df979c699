import CostModel
import Reconciliation
import TestSupport
import Testing

/// How many there are of something, where whoever applies the code decides that it is more than none.
@Suite("blocks that make nothing by default")
struct UndecidedCountTests {
    private static let fine = SmallEstate.queue.replacing(
        "team = \"payments\"", with: "team        = \"payments\"\n    cost-center = \"CC-1010\"")
    private static let library = "variable \"on\" {}\nresource \"aws_sqs_queue\" \"more\" {\n  count = var.on ? 1 : 0\n}\n"

    private func estate(_ files: [String: String] = [:]) throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.write(Self.fine, to: "infra/app/main.tf")
        try estate.repository.write(Self.library, to: "lib/queue/main.tf")
        try estate.repository.write("variable \"tags\" {}\n\(Self.queue("tags = var.tags"))", to: "lib/tagged/main.tf")
        for (path, text) in files { try estate.repository.write(text, to: path) }
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        return estate
    }

    private func blocking(_ estate: SmallEstate, _ files: [String: String]) throws -> [String] {
        for (path, text) in files { try estate.repository.write(text, to: path) }
        try estate.repository.commit()
        let outcome = try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "base")
        return outcome.deciding.filter(\.blocks).compactMap(\.resource?.identity.description).sorted()
    }

    private static func variable(_ name: String, _ preset: String) -> String { "variable \"\(name)\" {\n  default = \(preset)\n}\n" }
    private static func queue(_ arguments: String) -> String { "resource \"aws_sqs_queue\" \"more\" {\n  \(arguments)\n}\n" }
    private static func call(_ arguments: String, of source: String = "queue") -> String {
        "module \"m\" {\n  source = \"../../lib/\(source)\"\n  \(arguments)\n}\n"
    }

    private static let ways: [String] = [
        variable("n", "0") + queue("count = var.n"), variable("on", "false") + queue("count = var.on ? 1 : 0"),
        variable("all", "{}") + queue("for_each = var.all"), variable("names", "[]") + queue("for_each = toset(var.names)"),
        variable("n", "0") + "locals {\n  n = max(0, var.n)\n}\n" + queue("count = local.n"),
        variable("o", "{ n = 0 }") + queue("count = try(var.o.n, 0)"), variable("list", "[]") + queue("count = length(var.list)"),
        variable("env", "\"dev\"") + queue("for_each = { for k, v in { a = 1 } : k => v if var.env == \"prod\" }"),
        variable("env", "\"dev\"") + queue("for_each = var.env == \"prod\" ? { a = 1 } : {}"),
        queue("count = terraform.workspace == \"prod\" ? 1 : 0"), variable("on", "false") + call("on = var.on"),
        variable("n", "0") + call("count = var.n\n  tags = {}", of: "tagged"),
        variable("n", "0") + call("for_each = toset(var.n == 0 ? [] : [\"a\"])\n  on = true"),
    ]

    @Test("are judged where a change brings them", arguments: ways.indices)
    func judged(way: Int) throws {
        let address = Self.ways[way].contains("module \"m\"") ? "module.m.aws_sqs_queue.more" : "aws_sqs_queue.more"
        let found = Set(try blocking(try estate(), ["infra/app/more.tf": Self.ways[way]]))
        #expect(found.count == 1 && found.allSatisfy { $0.hasPrefix("infra/app:\(address)") }, "\(found)")
    }

    @Test("are judged in JSON, and with what is said of their tags by default")
    func others() throws {
        let json = """
            {"variable": {"n": {"default": 0}}, "resource": {"aws_sqs_queue": {"more": {"count": "${var.n}"}}}}
            """
        #expect(Set(try blocking(try estate(), ["infra/app/more.tf.json": json])) == ["infra/app:aws_sqs_queue.more"])
        let tagged =
            Self.variable("n", "0") + Self.variable("tags", "{ team = \"payments\", cost-center = \"CC-1010\" }")
            + Self.queue("count = var.n\n  tags = var.tags")
        #expect(try blocking(try estate(), ["infra/app/more.tf": tagged]) == [])
    }

    /// Nothing but another commit makes something of them, which is judged then; or it is said what they are applied with.
    private static let decided: [[String: String]] = [
        ["infra/app/more.tf": queue("count = 0")], ["infra/app/more.tf": "locals {\n  on = false\n}\n" + queue("count = local.on ? 1 : 0")],
        ["infra/app/more.tf": call("on = false")], ["infra/app/more.tf": queue("for_each = {}")],
        ["infra/app/more.tf": variable("n", "0") + queue("count = var.n"), "infra/app/terraform.tfvars": "n = 0\n"],
    ]

    @Test("are none where the code itself decides, or a file that is always read", arguments: decided.indices)
    func none(way: Int) throws {
        #expect(try blocking(try estate(), Self.decided[way]) == [])
    }

    @Test("are none where the base says with which values and in which workspace the root is applied")
    func stated() throws {
        let root = "roots: [{path: infra/app, varFiles: [infra/app/prod.tfvars], workspace: prod}], state:"
        let estate = try estate([
            "bursar.yaml": SmallEstate.workspace().replacing("state:", with: root), "infra/app/prod.tfvars": "size = 1\n",
            "infra/app/size.tf": Self.variable("size", "0"),
        ])
        let code = Self.variable("n", "0") + Self.queue("count = terraform.workspace == \"dev\" ? 1 : var.n")
        #expect(try blocking(estate, ["infra/app/more.tf": code]) == [])
        #expect(try blocking(estate, ["infra/app/prod.tfvars": "n = 1\nsize = 1\n"]) != [])
    }

    @Test("that the base has, or that something which failed becomes, are nothing new")
    func known() throws {
        let off = Self.variable("n", "0") + Self.queue("count = var.n")
        #expect(try blocking(try estate(["infra/app/off.tf": off]), ["infra/app/note.tf": "# x\n"]) == [])
        for before in ["name = \"more\"", "count = 1"] {
            let estate = try estate(["infra/app/more.tf": Self.variable("n", "0") + Self.queue(before)])
            #expect(try blocking(estate, ["infra/app/more.tf": off]) == [])
        }
        // Who loses its tags on the way is new.
        let tagged = Self.queue("count = 1\n  tags = { team = \"payments\", cost-center = \"CC-1010\" }")
        #expect(try blocking(try estate(["infra/app/more.tf": tagged]), ["infra/app/more.tf": off]) != [])
    }

    @Test("are nothing where a tree is looked at alone")
    func alone() throws {
        let estate = try estate(["infra/app/more.tf": Self.ways[0]])
        #expect(try !estate.evaluate().evaluation.findings.contains { $0.resource?.identity.address.hasSuffix("more") ?? false })
    }
}
