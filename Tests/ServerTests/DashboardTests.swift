import Foundation
import JSON
import Server
import Testing

/// What `examples/deploy` asks of Prometheus is what `/metrics` has.
@Suite("the dashboard and the alerts of the example")
struct DashboardTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "examples/deploy")

    /// By name: kind and labels, a histogram's series by their own names.
    private static func metrics() throws -> [String: Set<String>] {
        let site = Site()
        site.runs.observe(Sample.ended)
        _ = try site.answer("GET", "/healthz")
        let page = try site.answer("GET", "/metrics").bodyText
        var labels: [String: Set<String>] = [:]
        for line in page.split(separator: "\n") where !line.hasPrefix("#") {
            let name = String(line.prefix { $0 != "{" && $0 != " " })
            labels[name, default: []].formUnion(line.matches(of: /([a-z_]+)="/).map { String($0.1) })
        }
        return labels
    }

    /// The names and labels that an expression of PromQL asks for, as far as the example's need it.
    private static func check(_ expression: String, _ metrics: [String: Set<String>], _ place: String) {
        let names = expression.matches(of: /bursar_[a-z_]+/).map { String($0.0) }
        #expect(!names.isEmpty || expression.contains("up{"), "\(place) asks for no metric of ours")
        for name in names { #expect(metrics[name] != nil, "\(place): '/metrics' has no '\(name)'") }
        let known = names.reduce(into: Set(["le"])) { $0.formUnion(metrics[$1] ?? []) }
        for match in expression.matches(of: /\b(?:by|without|on|ignoring) \(([^)]*)\)/) {
            for label in match.1.split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
                #expect(known.contains(label), "\(place): nothing has the label '\(label)'")
            }
        }
        for match in expression.matches(of: /(bursar_[a-z_]+)\{([^}]*)\}/) {
            for label in match.2.matches(of: /([a-z_]+)(?:=~|!~|!=|=)/).map({ String($0.1) }) {
                #expect(metrics[String(match.1)]?.contains(label) == true, "\(place): '\(match.1)' has no label '\(label)'")
            }
        }
        #expect(expression.count { $0 == "(" } == expression.count { $0 == ")" }, "\(place): parentheses are open")
    }

    @Test("has panels with names of their own that lie beside each other, and asks only for what there is")
    func dashboard() throws {
        let metrics = try Self.metrics()
        let file = try Data(contentsOf: Self.folder.appending(path: "bursar-dashboard.json"))
        let dashboard = try JSONReader.read(Array(file))
        #expect(dashboard["schemaVersion"]?.whole.map { $0 >= 36 } == true && dashboard["uid"]?.text == "bursar")
        let variables = try #require(dashboard["templating"]?["list"]?.elements)
        let names = variables.compactMap { $0["name"]?.text }
        #expect(names == ["datasource", "workspace"])
        for variable in variables {
            if let query = variable["definition"]?.text { Self.check(query, metrics, "the variable") }
        }
        let panels = try #require(dashboard["panels"]?.elements)
        #expect(Set(panels.compactMap { $0["id"]?.whole }).count == panels.count)
        #expect(Set(panels.compactMap { $0["title"]?.text }).count == panels.count)
        var taken: Set<[Int]> = []
        for panel in panels {
            let title = try #require(panel["title"]?.text)
            #expect(["stat", "timeseries", "table"].contains(panel["type"]?.text), "\(title)")
            #expect(panel["description"]?.text?.isEmpty == false, "'\(title)' is not described")
            let grid = try #require(panel["gridPos"])
            let (x, y) = (grid["x"]?.whole ?? -1, grid["y"]?.whole ?? -1)
            let (width, height) = (grid["w"]?.whole ?? 0, grid["h"]?.whole ?? 0)
            #expect(x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 24, "'\(title)' is not within 24 columns")
            for column in x..<x + max(width, 0) {
                for row in y..<y + max(height, 0) { #expect(taken.insert([column, row]).inserted, "'\(title)' lies over another") }
            }
            let targets = panel["targets"]?.elements ?? []
            #expect(!targets.isEmpty && Set(targets.compactMap { $0["refId"]?.text }).count == targets.count, "\(title)")
            for target in targets {
                let expression = try #require(target["expr"]?.text)
                Self.check(expression, metrics, "'\(title)'")
                for source in [panel, target] { #expect(source["datasource"]?["uid"]?.text == "${datasource}", "\(title)") }
                for match in expression.matches(of: /\$([a-z]+)/) { #expect(names.contains(String(match.1)), "\(title): $\(match.1)") }
            }
        }
    }

    @Test("alert on metrics and labels that there are")
    func alerts() throws {
        let metrics = try Self.metrics()
        let text = try String(contentsOf: Self.folder.appending(path: "bursar-alerts.yml"), encoding: .utf8)
        let expressions = text.split(separator: "\n").compactMap { line in line.firstMatch(of: /^\s*expr: (.+)$/).map { String($0.1) } }
        #expect(expressions.count == text.components(separatedBy: "- alert:").count - 1 && expressions.count >= 3)
        for expression in expressions { Self.check(expression, metrics, expression) }
    }
}

extension JSONValue {
    fileprivate var whole: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
}
