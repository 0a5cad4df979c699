package import CostModel
import Diagnostics
package import JSON

/// What `commitments` says: what each commitment paid for, what nobody used of it, and what that saved whom.
package struct CommitmentReport: CSVReport {
    package var context: ReportContext
    package var statement: CommitmentStatement
    package var proposals: [CommitmentProposal]
    package var problems: [Problem]
    /// Whether texts are written into CSV so that no spreadsheet takes one for a formula.
    package var isGuarded = true

    package init(context: ReportContext, statement: CommitmentStatement, proposals: [CommitmentProposal] = [], problems: [Problem]) {
        self.context = context
        self.statement = statement
        self.proposals = proposals
        self.problems = problems.sorted()
    }

    // MARK: JSON

    package func json() -> JSONValue {
        context.header.appending([
            "from": .string(statement.days.lowerBound.description),
            "to": .string(statement.days.upperBound.advanced(by: -1).description), "currency": .string(statement.currency.code),
            "onDemandPrice": .string(statement.price.rawValue), "unusedBelongsTo": .string(statement.unusedBelongsTo.rawValue),
            "commitments": .array(statement.commitments.map(entry)),
            "teams": .array(statement.teams.map { JSONValue.object([.init("team", JSONValue($0.team))]).appending(entry($0.use)) }),
            "total": entry(statement.total),
            "services": .array(
                statement.services.map {
                    JSONValue.object([
                        .init("provider", .string($0.provider)), .init("service", .string($0.name)),
                        .init("category", .string($0.category)),
                    ]).appending(entry($0.use))
                }),
            "proposals": .array(proposals.map(Self.entry)),
            "unstated": .string(statement.unstated.description), "gap": JSONValue(statement.gap),
            "coverage": statement.coverage.map { JSONValue($0) } ?? .null,
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    private func entry(_ one: CommitmentStatement.Commitment) -> JSONValue {
        [
            "id": .string(one.id), "provider": .string(one.provider), "type": .string(one.type), "category": .string(one.category),
            "used": amount(one.used), "usedOnDemand": amount(one.usedOnDemand), "unused": amount(one.unused),
            "unstated": amount(one.unstated), "purchased": amount(one.purchased), "utilization": rate(one.utilization),
            "unpriced": amount(one.unpriced), "savings": JSONValue(one.savings?.description), "savingsRate": rate(one.savingsRate),
            "ends": JSONValue(one.end?.description),
            "unusedBy": .array(one.unusedShares.map { ["team": JSONValue($0.team), "amount": amount($0.amount)] }),
        ]
    }

    private func entry(_ use: CommitmentStatement.Use) -> JSONValue {
        [
            "covered": amount(use.covered), "coveredOnDemand": amount(use.coveredOnDemand), "uncovered": amount(use.uncovered),
            "uncoveredOnDemand": amount(use.uncoveredOnDemand), "unused": amount(use.unused), "coverage": rate(use.coverage),
            "unpriced": amount(use.unpriced), "savings": JSONValue(use.savings?.description),
            "effectiveSavingsRate": rate(use.effectiveSavingsRate),
        ]
    }

    /// Nothing known is not nothing used.
    private func amount(_ value: FixedDecimal) -> JSONValue { statement.gap == nil ? .string(value.description) : .null }
    private func rate(_ value: CommitmentStatement.Rate?) -> JSONValue { JSONValue(value?.share.description) }

    // MARK: CSV

    /// RFC 4180 with a header: a row for each commitment, then for each team, then for all of them.
    package func csv() -> String {
        let header = [
            "part", "name", "type", "used", "usedOnDemand", "onDemand", "unused", "utilization", "coverage", "savings", "savingsRate",
            "ends", "currency", "gap",
        ]
        let commitments = statement.commitments.map { one in
            ["commitment", cell(one.id), cell(one.type)] + [one.used, one.usedOnDemand].map(\.description) + ["", one.unused.description]
                + [text(one.utilization), "", one.savings?.description ?? "", text(one.savingsRate), one.end?.description ?? ""]
        }
        let teams = statement.teams.map { row("team", $0.team ?? "", $0.use) } + [row("total", "", statement.total)]
        return
            ([header]
            + (statement.gap == nil ? commitments + teams : [unknown]).map {
                $0 + [statement.currency.code, cell(statement.gap ?? statement.coverage?.gap ?? context.gap ?? "")]
            }).map {
                $0.joined(separator: ",") + "\r\n"
            }.joined()
    }

    private var unknown: [String] { ["total"] + Array(repeating: "", count: 11) }

    private func row(_ part: String, _ name: String, _ use: CommitmentStatement.Use) -> [String] {
        [part, cell(name), ""] + [use.covered, use.coveredOnDemand, use.uncovered, use.unused].map(\.description) + [
            "", text(use.coverage),
        ]
            + [use.savings?.description ?? "", text(use.effectiveSavingsRate), ""]
    }

    private func cell(_ value: String) -> String { CSVCell.written(value, isGuarded: isGuarded) }
    private func text(_ rate: CommitmentStatement.Rate?) -> String { rate?.share.description ?? "" }
}
