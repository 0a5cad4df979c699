import CostModel

extension EstimateReport {
    /// RFC 4180 with a header: one row for each component, and one for each resource without any. Of a change both sides, told apart by `side`.
    package func csv() -> String {
        let header = [
            "side", "root", "address", "type", "region", "team", "status", "component", "quantity", "unit", "unitPrice", "monthly",
            "currency", "source",
            "date", "reason",
        ]
        var rows: [[String]] = [header]
        switch content {
        case .estimate(let estimate): for resource in estimate.resources { rows += self.rows(resource, side: "") }
        case .change(let change):
            for entry in change.entries {
                if let before = entry.before { rows += self.rows(before, side: "before") }
                if let after = entry.after { rows += self.rows(after, side: "after") }
            }
        }
        return rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private func rows(_ resource: ResourceEstimate, side: String) -> [[String]] {
        func cell(_ text: String?) -> String { CSVCell.written(text ?? "", isGuarded: isGuarded) }
        let head = [
            side, cell(resource.identity.root), cell(resource.identity.address), cell(resource.type), cell(resource.region),
            cell(resource.team),
            resource.status.rawValue,
        ]
        guard !resource.components.isEmpty else { return [head + ["", "", "", "", "", currency.code, "", "", cell(resource.reason)]] }
        return resource.components.map { component in
            head + [
                cell(component.name), component.quantity?.description ?? "", cell(component.unit), component.unitPrice?.description ?? "",
                component.monthly?.description ?? "", currency.code, component.source?.kind.rawValue ?? "",
                component.source?.date?.description ?? "", cell(resource.reason),
            ]
        }
    }
}
