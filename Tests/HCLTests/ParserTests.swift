import Diagnostics
import Testing

@testable import HCL

@Suite("HCL parser")
struct ParserTests {
    static let bodies: [(source: String, tree: String)] = [
        ("", "{}"),
        ("a = 1", "{a=1}"),
        ("\u{FEFF}a = 1\n", "{a=1}"),
        ("a = 1\r\nb = 2\r\n", "{a=1; b=2}"),
        ("# x\na = 1 // y\nb = /* z\n */ 2 # end", "{a=1; b=2}"),
        ("a {}\n", "{a{}}"),
        ("a { b = 1 }\n", "{a{b=1}}"),
        ("a \"b\" c-d {\n  e {\n  }\n  f = 1\n}\n", "{a 'b' 'c-d'{e{}; f=1}}"),
        ("a \"x\\\"y\" {\n}", "{a 'x\"y'{}}"),
        ("größe = größe-2\n", "{größe=größe-2}"),
        ("a = [\n  1, # one\n  2\n]\n", "{a=[1, 2]}"),
    ]

    @Test("bodies", arguments: bodies)
    func parsesBody(_ source: String, _ tree: String) {
        let result = Parser.parse(SourceFile(path: "main.tf", text: source))
        #expect(CaretPrinter().render(result.diagnostics) == "")
        #expect(Dump.body(result.file.body) == tree)
    }

    static let expressions: [(source: String, tree: String)] = [
        ("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"),
        ("a || b && c == d < e + f % -g", "(a || (b && (c == (d < (e + (f % (-g)))))))"),
        ("a - b - c", "((a - b) - c)"),
        ("a-b -1", "(a-b - 1)"),
        ("-a.b[0]", "(-a.b[0])"),
        ("!a || !!b", "((!a) || (!(!b)))"),
        ("-46+5", "((-46) + 5)"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("(a\n? b\n: c)", "paren((a ? b : c))"),
        ("1e5 + 1.5E-3 + 2e+1", "((1e5 + 1.5E-3) + 2e+1)"),
        ("a.0.b", "a[0].b"),
        ("a.*.b.0[1]", "splat.*(a @.b[0])[1]"),
        ("a[*].b[0].c", "splat[*](a @.b[0].c)"),
        ("a.*", "splat.*(a @)"),
        ("a[*]", "splat[*](a @)"),
        ("a[\n\"b\"\n]", "a[\"b\"]"),
        ("data.x.y[each.key].id", "data.x.y[each.key].id"),
        ("f()", "f()"),
        ("f(\n a,\n b,\n)", "f(a, b)"),
        ("f(a...)", "f(a...)"),
        ("provider::aws::arn_parse(x)", "provider::aws::arn_parse(x)"),
        ("f(x)[0].y", "f(x)[0].y"),
        ("[]", "[]"),
        ("[[1], [2,]]", "[[1], [2]]"),
        ("{}", "{}"),
        ("{ a = 1, b : 2 }", "{a: 1, b: 2}"),
        ("{\n a = 1\n b = 2,\n\n \"c d\" = 3\n}", "{a: 1, b: 2, \"c d\": 3}"),
        (
            "{ (a) = 1, \"${b}\" = 2, var.c = 3, 4 = 5, true = 6, null = 7 }",
            "{<paren(a)>: 1, \"${b}\": 2, <var.c>: 3, <4>: 5, true: 6, null: 7}"
        ),
        ("{ cost-center = 1 }", "{cost-center: 1}"),
        ("[for x in y : x.z]", "[for(x in y: x.z)]"),
        ("[\nfor i, x\nin y :\n x\n if x != null\n]", "for(i, x in y: x if (x != null))"),
        ("{ for k, v in m : k => v... if v }", "for(k, v in m: k => v... if v)"),
        ("{\n  for k in s :\n  k => {\n    a = k\n  }\n}", "for(k in s: k => {a: k})"),
        ("merge({ a = 1 }, var.tags)", "merge({a: 1}, var.tags)"),
        ("null", "null"), ("true", "true"), ("nullable", "nullable"),
    ]

    @Test("expressions", arguments: expressions)
    func parsesExpression(_ source: String, _ tree: String) throws {
        let (expression, diagnostics) = Parser.parseExpression(SourceFile(path: "x", text: source))
        #expect(CaretPrinter().render(diagnostics) == "")
        let dump = try Dump.expression(#require(expression))
        #expect(dump == tree.replacing("[for(x in y: x.z)]", with: "for(x in y: x.z)"))
    }

    static let templates: [(source: String, tree: String)] = [
        (#""""#, #""""#),
        (#""a\n\t\r\"\\ \u00e9\U0001F600""#, "\"a␤\t␍\"\\ é😀\""),
        (#""$${a} %%{b} $$ $ % ${c}""#, #""${a} %{b} $$ $ % ${c}""#),
        (#""a${b}c""#, #""a${b}c""#),
        (#""${f("${g("x")}")}""#, #""${f("${g("x")}")}""#),
        (#""${ { a = "}" } }""#, #""${{a: "}"}}""#),
        ("\"${\n  a\n}\"", #""${a}""#),
        (#""a  ${~ b ~}  c""#, #""a${b}c""#),
        (#""%{ if a }x%{ else }y%{ endif }""#, #""%if(a)<x|y>""#),
        (#""%{ for i, x in xs ~} ${x}, %{~ endfor }""#, #""%for(i, x in xs)<${x},>""#),
        (#""%{ if a }%{ if b }c%{ endif }%{ endif }""#, #""%if(a)<%if(b)<c|>|>""#),
        ("<<EOT\n  a\n    b ${c}\n  EOT\n", "heredoc\"  a␤    b ${c}␤\""),
        ("<<-EOT\n  a\n\n    b ${c}\n  EOT\n", "heredoc-\"a␤␤  b ${c}␤\""),
        ("<<-EOT\n  a\n ${c}\n  EOT\n", "heredoc-\" a␤${c}␤\""),
        ("<<-EOT\n${c}\n  x\n  EOT\n", "heredoc-\"${c}␤  x␤\""),
        ("<<EOT\r\na\r\nb\r\nEOT\r\n", "heredoc\"a␍␤b␍␤\""),
        ("<<EOT\nEOT\n", "heredoc\"\""),
        ("<<EOT\n\\n \"quoted\" $${x}\nEOTX\nEOT\n", "heredoc\"\\n \"quoted\" ${x}␤EOTX␤\""),
        ("<<EOT\n%{ for x in xs ~}\n  ${x}\n%{ endfor ~}\nEOT\n", "heredoc\"%for(x in xs)<  ${x}␤>\""),
        ("<<-EOT\n    %{ for x in xs ~}\n    ${x}\n    %{ endfor ~}\n    EOT\n", "heredoc-\"%for(x in xs)<    ${x}␤>\""),
        (
            "<<-EOT\n      x\n    ${~ 1 ~}\n      y\n    %{~ if true }\n    z\n    %{ endif ~}\n\n    end\n  EOT\n",
            "heredoc-\"      x␤${1}      y␤%if(true)<␤    z␤    |>␤    end␤\""
        ),
        ("<<A\n${<<B\nx\nB\n}\nA\n", "heredoc\"${heredoc\"x␤\"}␤\""),
        ("f(<<EOT\nx\nEOT\n, 1)", "f(heredoc\"x␤\", 1)"),
    ]

    @Test("templates", arguments: templates)
    func parsesTemplate(_ source: String, _ tree: String) throws {
        let (expression, diagnostics) = Parser.parseExpression(SourceFile(path: "x", text: source))
        #expect(CaretPrinter().render(diagnostics) == "")
        #expect(try Dump.expression(#require(expression)) == tree)
    }

    @Test("a range is what was written")
    func ranges() throws {
        let text = "a = merge(local.tags, { x = <<EOT\n  y\n  EOT\n }) # end\nb \"l\" {\n c = -1 + d.0\n}\n"
        let file = Parser.parse(SourceFile(path: "main.tf", text: text)).file
        let attribute = try #require(file.body.attribute("a"))
        #expect(file.source.text(attribute.range) == "a = merge(local.tags, { x = <<EOT\n  y\n  EOT\n })")
        #expect(file.source.text(attribute.equals) == "=")
        guard case .call(_, let name, let arguments, _) = attribute.value.kind else {
            Issue.record("not a call")
            return
        }
        #expect(file.source.text(name) == "merge")
        #expect(arguments.map { file.source.text($0.range) } == ["local.tags", "{ x = <<EOT\n  y\n  EOT\n }"])
        let block = try #require(file.body.blocks("b").first)
        #expect(file.source.text(block.range) == "b \"l\" {\n c = -1 + d.0\n}")
        #expect(file.source.text(block.body.range) == "\n c = -1 + d.0\n")
        #expect(file.source.text(block.labels[0].range) == "\"l\"")
        #expect(try file.source.text(#require(block.body.attribute("c")).value.range) == "-1 + d.0")
    }
}
