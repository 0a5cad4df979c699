import TestSupport

/// More of what breaks the policy already: in the base one resource fails without stopping anybody, and another one is exempt.
extension HiddenResource {
    private static let path = "infra/net/main.tf"

    private static func replace(_ change: inout HiddenChange, _ old: String, _ new: String) -> Bool {
        guard let text = change[path], text.contains(old) else { return false }
        change[path] = text.replacing(old, with: new)
        return true
    }

    private static let failing = "name = \"\(HideWorld.failing)\""
    private static let exempt = "name = \"\(HideWorld.exempt)\""

    /// The block of a resource, as the base has it.
    private static func block(of name: String) -> String { "resource \"aws_sqs_queue\" \"\(name)\" {\n  name = \"\(name)\"\n}\n" }

    static let known: [(kind: String, way: Way)] = [
        (
            "relies on tags of the target",
            { change, _ in
                let name = change.name()
                change.reliant.insert(name)
                change.add("resource \"aws_sqs_queue\" \"\(name)\" {\n  tags = local.shared\n}\n", to: "infra/app/reliant.tf")
            }
        ),
        (
            "more instances of a known one",
            { change, random in
                let forms = [
                    ("count = 2", "[1]"), ("count = 12", "[11]"), ("for_each = toset([\"a\", \"b\"])", "[\"b\"]"),
                    ("for_each = { \"x.y\" = 1 }", "[\"x.y\"]"), ("count = length(\"ab\")", "[1]"),
                ]
                let (form, key) = forms.randomElement(using: &random) ?? forms[0]
                // Directly behind the brace: Terraform takes one of count and for_each, and neither twice.
                if replace(&change, "{\n  \(failing)", "{\n  \(form)\n  \(failing)") { change.truth.insert("\(HideWorld.failing)\(key)") }
            }
        ),
        (
            "a known one renamed, and one more",
            { change, random in
                let (new, other) = (change.name(), change.name())
                guard replace(&change, block(of: HideWorld.failing), block(of: new) + block(of: other)) else { return }
                let moves = [
                    "moved {\n  from = aws_sqs_queue.\(HideWorld.failing)\n  to   = aws_sqs_queue.\(new)\n}\n",
                    "moved {\n  from = aws_sqs_queue.\(HideWorld.failing)\n  to   = aws_sqs_queue.\(new)\n}\n"
                        + "moved {\n  from = aws_sqs_queue.gone\n  to   = aws_sqs_queue.\(other)\n}\n",
                ]
                change.add(moves.randomElement(using: &random) ?? "", to: "infra/net/moves.tf")
                change.truth.insert(other)
            }
        ),
        (
            "another one in the place of a known one",
            { change, _ in
                let new = change.name()
                if replace(&change, block(of: HideWorld.failing), block(of: new)) { change.truth.insert(new) }
            }
        ),
        (
            "another one in the place of the exempt",
            { change, _ in
                let new = change.name()
                if replace(&change, block(of: HideWorld.exempt), block(of: new)) { change.truth.insert(new) }
            }
        ),
        (
            "the exempt renamed, and one more",
            { change, random in
                let (new, other) = (change.name(), change.name())
                guard replace(&change, block(of: HideWorld.exempt), block(of: new) + block(of: other)) else { return }
                change.truth.insert(other)
                // The one that the code says was moved is the one that was agreed to.
                guard random.percent(50) else { return change.truth.formUnion([new]) }
                change.add(
                    "moved {\n  from = aws_sqs_queue.\(HideWorld.exempt)\n  to   = aws_sqs_queue.\(new)\n}\n", to: "infra/net/moves.tf")
            }
        ),
        (
            "more instances of the exempt",
            { change, random in
                let (form, key) =
                    [("count = 2", "[1]"), ("for_each = toset([\"a\"])", "[\"a\"]")].randomElement(using: &random) ?? ("", "")
                if replace(&change, "{\n  \(exempt)", "{\n  \(form)\n  \(exempt)") { change.truth.insert("\(HideWorld.exempt)\(key)") }
            }
        ),
        (
            "a module called once more",
            { change, random in
                let name = change.name()
                change.truth.insert(name)
                let forms = ["count = 1", "", "for_each = { a = {} }"]
                change["infra/app/\(name).tf"] =
                    "module \"\(name)\" {\n  source = \"../lib/queue\"\n  tags   = { cost-center = \"CC-1010\" }\n  "
                    + "\(forms.randomElement(using: &random) ?? "")\n}\n"
            }
        ),
    ]
}
