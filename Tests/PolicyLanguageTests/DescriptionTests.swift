import CostModel
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("the language's description")
struct DescriptionTests {
    /// Every object with the path of keys that leads to it.
    private func objects() -> [(path: String, object: ObjectDescription)] {
        PolicyKind.allCases.flatMap { walk(.object(Kinds.spec(of: $0)), at: $0.rawValue) } + walk(.object(Kinds.envelope), at: "document")
    }

    private func walk(_ value: ValueDescription, at path: String) -> [(path: String, object: ObjectDescription)] {
        switch value {
        case .object(let object): [(path, object)] + object.fields.flatMap { walk($0.value, at: "\(path).\($0.key)") }
        case .list(let element, _): walk(element, at: path)
        case .map(_, let element): walk(element, at: path)
        case .either(let values): values.flatMap { walk($0, at: path) }
        default: []
        }
    }

    @Test("has a sentence for every object and key, and each key once")
    func sentences() {
        for (path, object) in objects() {
            #expect(object.doc.hasSuffix("."), "\(path)")
            #expect(Set(object.fields.map(\.key)).count == object.fields.count, "\(path)")
            for field in object.fields {
                #expect(field.doc.hasSuffix(".") && field.doc.first?.isUppercase == true, "\(path).\(field.key)")
                #expect(!(field.isRequired && field.defaultText != nil), "\(path).\(field.key)")
            }
        }
    }

    @Test("holds every key of the language's page")
    func keys() {
        #expect(Kinds.spec(of: .team).fields.map(\.key) == ["parent", "costCenter", "contact", "owns", "game"])
        #expect(Kinds.spec(of: .exemption).fields.map(\.key) == ["policies", "resources", "reason", "approvedBy", "expires", "upTo"])
        #expect(Kinds.spec(of: .baseline).fields.map(\.key) == ["recorded", "reason", "findings"])
        #expect(Kinds.spec(of: .workspace).fields.map(\.key) == ["currency", "policies", "observe", "fiscal", "remediation", "scoring"])
        let header = [
            "description", "docs", "owner", "severity", "enforcement", "level", "fixWithin", "exemptible", "inlineExemptions",
            "blockUnknown",
            "fix",
        ]
        #expect(Kinds.spec(of: .tagging).fields.map(\.key) == header + ["match", "require"])
        #expect(
            Kinds.spec(of: .budget).fields.map(\.key)
                == header + ["scope", "period", "fiscal", "amount", "amounts", "cost", "include", "alerts", "plan", "burn", "per"])
        #expect(
            Kinds.spec(of: .anomaly).fields.map(\.key)
                == header + ["scope", "by", "cost", "minimumImpact", "minimumChange", "sensitivity", "settle", "expected"])
        #expect(
            Kinds.spec(of: .rightsizing).fields.map(\.key)
                == header + ["match", "lookback", "minimumSamples", "cpu", "memory", "idle", "guardrails", "advice"])
    }

    @Test("says which keys this version cannot evaluate")
    func unsupported() {
        let keys = objects().flatMap { entry in entry.object.fields.filter { !$0.isSupported }.map { "\(entry.path).\($0.key)" } }
        #expect(keys == ["Workspace.remediation.verify"])
    }

    /// A default that its own shape refuses would be reported at every object that leaves the key out.
    @Test("has defaults that its own readers accept")
    func defaults() {
        let (policies, diagnostics) = load(
            object("Budget", "{scope: {}, amount: 5 USD, include: {}, alerts: [{above: 80%}]}"),
            object("RightsizingPolicy", "{cpu: {percentile: 95, target: 60%}, guardrails: {}}"),
            workspace: plainWorkspace.replacing(
                "policies: [policies]",
                with: "policies: [p], remediation: {}, scoring: {}, observe: {cost: [{name: a, format: focus, paths: [b]}]}"))
        #expect(diagnostics.map(\.message) == [])
        #expect(policies?.workspace.cost.first?.maxAge == .hours(72))
        #expect(policies?.budgets.first?.alerts == [.init(.actual, above: FixedDecimal(raw: FixedDecimal.unit / 10 * 8), .medium)])
        #expect(policies?.rightsizing.first?.lookback == .days(14))
    }
}
