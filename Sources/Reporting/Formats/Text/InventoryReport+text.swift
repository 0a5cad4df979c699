import CostModel

extension InventoryReport {
    package func text(_ style: TextStyle) -> String {
        var table = TextTable([
            .init("team"), .init("resource", .leading, .shrinks), .init("size"), .init("$/month", .trailing), .init("place"),
            .init("tags", .leading, .stacks),
        ])
        table.columns[3].title = currency == .usd ? "$/month" : "\(currency)/month"
        for resource in resources {
            table.append([
                StyledText(owners[resource.identity] ?? "unowned", owners[resource.identity] == nil ? .yellow : .plain),
                StyledText(resource.identity.shown(at: resource.location)), StyledText(size(of: resource) ?? ""),
                StyledText(monthlyCost(of: resource)?.amount.rounded(to: 2) ?? "–"),
                StyledText(resource.location.description, .cyan), tags(resource.tags),
            ])
        }
        let problems = problems.text(style)
        let costs = resources.compactMap(monthlyCost)
        // Where nothing is known of any, nothing is known of all.
        let total = costs.isEmpty ? "cost not known" : "\(costs.reduce(.zero(currency), +).short)/month"
        let summary =
            StyledText("\(counted(resources.count, "resource")) · \(hasBill ? total : "no bill, so no cost")")
            + StyledText(" · \(context.shortRevision) as of \(context.evaluatedAt)", .dim)
        return ([table.render(style), problems].filter { !$0.isEmpty } + [summary.rendered(style) + "\n"]).joined(separator: "\n")
    }

    private func tags(_ set: TagSet) -> StyledText {
        var tags = set.tags.map { key, tag in
            StyledText("\(key)=", .dim) + (tag.value.map { StyledText($0) } ?? StyledText("?", .magenta))
        }
        if set.openReason != nil { tags.append(StyledText("…?", .magenta)) }
        if set.supported == false { tags = [StyledText("takes none", .dim)] }
        return tags.joined(separator: " ")
    }
}
