import CostModel
import Game
package import JSON

extension PeriodReport {
    package func json() -> JSONValue {
        context.header.appending([
            "workspace": .string(workspace), "length": .string(span.length.rawValue), "from": .string(span.days.lowerBound.description),
            "to": .string(span.days.upperBound.advanced(by: -1).description), "currency": .string(currency.code),
            "sections": .array(sections.map(Self.json)), "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    private static func json(_ section: PeriodSection) -> JSONValue {
        var spend: (now: Money?, before: Money?, reason: String?)
        switch section.spend {
        case .known(let now, let before): spend = (now, before, nil)
        case .unknown(let reason): spend = (nil, nil, reason)
        }
        return [
            "team": JSONValue(section.team), "lines": .array(section.lines.map { .string($0) }), "spend": JSONValue(spend.now),
            "spendBefore": JSONValue(spend.before), "spendUnknown": JSONValue(spend.reason),
            "score": JSONValue(section.card?.score), "opened": JSONValue(section.findings?.opened),
            "fixed": JSONValue(section.findings?.fixed), "prevented": JSONValue(section.prevented?.count),
            "caught": JSONValue(section.caught?.findings),
            "verifiedSavings": JSONValue(section.verified),
            "movers": .array(
                section.movers.map { mover in
                    ["team": .string(mover.team), "points": JSONValue(mover.points), "finding": JSONValue(mover.why?.finding)]
                }),
            "next": .array(
                section.next.map { step in
                    ["finding": .string(step.finding), "atStake": JSONValue(step.atStake), "command": .string(step.command)]
                }),
            "statement": section.statement.map(json) ?? .null,
        ]
    }

    private static func sum(_ amount: FixedDecimal, of statement: SpendStatement) -> JSONValue {
        statement.isKnown ? .string(amount.description) : .null
    }

    private static func json(_ statement: SpendStatement) -> JSONValue {
        [
            "direct": sum(statement.sum(.direct), of: statement), "shared": sum(statement.sum(.shared), of: statement),
            "given": sum(statement.sum(.given), of: statement), "total": sum(statement.total, of: statement),
            "gap": JSONValue(statement.gap), "coverage": statement.coverage.map { JSONValue($0) } ?? .null,
            "lines": .array(
                statement.lines.map { line in
                    [
                        "part": .string(line.part.rawValue), "name": .string(line.name), "other": JSONValue(line.other),
                        "amount": .string(line.amount.description), "trace": .string(line.trace),
                    ]
                }),
        ]
    }
}
