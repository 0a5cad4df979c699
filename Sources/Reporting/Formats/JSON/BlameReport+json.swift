import CostModel
package import JSON

extension BlameReport {
    package func json() -> JSONValue {
        context.header.appending([
            "currency": .string(currency.code), "path": .string(path),
            "files": .array(
                files.map { file in
                    JSONValue(file.cost, currency).appending([
                        "file": .string(file.path), "blocks": .array(file.blocks.map { JSONValue($0, currency) }),
                    ])
                }),
            "totals": JSONValue(total, currency), "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }
}

extension JSONValue {
    fileprivate init(_ cost: CodeCost, _ currency: Currency) {
        self = [
            "billed": .cents(cost.billed, currency), "estimated": .cents(cost.estimated, currency), "unknown": JSONValue(cost.unknown),
            "trend": .array(cost.trend.map { .cents($0, currency) }),
        ]
    }

    fileprivate init(_ block: CodeBlock, _ currency: Currency) {
        self = JSONValue(block.cost, currency).appending([
            "kind": .string(block.kind.rawValue), "name": .string(block.name), "location": JSONValue(block.place),
            "resources": JSONValue(block.resources.map(\.identity.description)), "findings": JSONValue(block.findings),
            "origin": block.origin.map { origin in
                [
                    "commit": .string(origin.commit), "day": .string(origin.day.description), "summary": .string(origin.summary),
                    "request": JSONValue(origin.request), "resized": .bool(origin.isResize),
                ]
            } ?? .null,
        ])
    }
}
