import CostModel

extension EstimateReport {
    package func markdown() -> String {
        var page = MarkdownPage()
        switch content {
        case .estimate(let estimate):
            let totals = estimate.totals
            let open = totals.withoutAmount.isEmpty ? "" : " · \(totals.withoutAmount)"
            let sum = totals[.priced] > 0 ? "\(Money(totals.monthly, currency).cents) a month" : "nothing priced"
            page.add("**\(sum)** · \(counted(totals[.priced], "resource")) priced\(open)\n")
            let shown = estimate.resources.filter { $0.status != .free }
            page.add(table: ["resource", "region", "team", "from", "monthly:"], shown) { resource in
                [
                    Markdown.code(resource.identity.description), Markdown.text(resource.region ?? ""),
                    Markdown.text(resource.team ?? "unowned"),
                    Markdown.text(origin(resource)), resource.monthly.map { Money($0, currency).cents } ?? resource.status.title,
                ]
            }
        case .change(let change):
            let open = change.openText.isEmpty ? "" : " · \(change.openText)"
            page.add("**\(change.headline)**\(open)\n")
            page.add(table: ["resource", "before:", "after:", "from", "difference:"], change.entries) { cells($0) }
            page.add(change.budgets) { "- \(Markdown.text($0.text))\n" }
            page.add(change.findings.filter { $0.verdict != .pass }) { finding in
                let exempt = finding.exemption.map { " · exempt by \(Markdown.code($0))" } ?? ""
                let word = finding.verdict == .fail ? finding.severity.rawValue : finding.verdict.rawValue
                return "- \(word): \(Markdown.text(finding.statement))\(exempt)\n"
            }
        }
        if !problems.isEmpty { page.add(problems.markdown + context.gapMarkdown) }
        return page.text
    }

    private func cells(_ entry: EstimateChange.Entry) -> [String] {
        func shown(_ side: ResourceEstimate?) -> String {
            guard let side else { return "–" }
            return side.monthly.map { Money($0, currency).cents } ?? side.status.title
        }
        return [
            Markdown.code(entry.resource.identity.description), shown(entry.before), shown(entry.after),
            Markdown.text(origin(entry.resource)),
            entry.difference { Money($0, currency).signed },
        ]
    }

    private func origin(_ resource: ResourceEstimate) -> String {
        if let reason = resource.reason { return reason }
        let kinds = Set(resource.components.compactMap { $0.monthly == nil ? nil : $0.source?.kind.title })
        return kinds.sorted().joined(separator: ", ")
    }
}
