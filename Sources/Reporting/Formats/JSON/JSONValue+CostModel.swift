package import CostModel
package import JSON

// The nouns as every document spells them.

extension JSONValue {
    /// `{"amount": "1234.56", "currency": "USD"}`, exact; or `null`.
    package init(_ money: Money?) {
        self = money.map { ["amount": .string($0.amount.description), "currency": .string($0.currency.code)] } ?? .null
    }

    /// The exact number with two decimals, or `null`.
    package init(_ points: Points?) { self = points.map { .number($0.description) } ?? .null }

    init(_ place: Place?) {
        self =
            place.map {
                [
                    "file": .string($0.file), "line": JSONValue($0.line), "column": JSONValue($0.column), "endLine": JSONValue($0.endLine),
                ]
            } ?? .null
    }

    package init(_ policy: PolicyReference) {
        self = ["kind": .string(policy.kind.rawValue), "name": .string(policy.name)]
    }

    init(_ resource: Finding.ResourceReference?) {
        self =
            resource.map {
                [
                    "root": .string($0.identity.root), "address": .string($0.identity.address), "id": JSONValue($0.id),
                    "type": .string($0.type), "provider": .string($0.provider),
                ]
            } ?? .null
    }

    init(_ problem: Problem) {
        self = [
            "severity": .string(problem.severity.rawValue), "id": .string(problem.id), "file": JSONValue(problem.file),
            "line": JSONValue(problem.line), "column": JSONValue(problem.column), "message": .string(problem.message),
        ]
    }
}

extension ReportContext {
    /// The members that open every document.
    var header: JSONValue {
        let header: JSONValue = [
            "schemaVersion": JSONValue(Self.schemaVersion), "tool": .string(Self.tool), "revision": .string(revision),
            "evaluatedAt": .string(evaluatedAt.description),
        ]
        return gap.map { header.appending(["billGap": .string($0)]) } ?? header
    }
}
