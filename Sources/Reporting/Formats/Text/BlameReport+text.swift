import CostModel

extension BlameReport {
    package func text(_ style: TextStyle) -> String {
        let body = showsCode ? files.map { code(of: $0, style) } : [table(style)]
        return ([problems.besideSums(context, style)] + body + [summary(style)]).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    // MARK: A file

    /// The widths of what stands beside the code: amount, course, findings, commit.
    private static let margin = [9, 6, 3, 10]
    private static let marginWidth = margin.reduce(0) { $0 + $1 + 1 }

    private func code(of file: CodeFile, _ style: TextStyle) -> String {
        let blocks = Dictionary(file.blocks.map { ($0.place.line, $0) }, uniquingKeysWith: { first, _ in first })
        let digits = "\(file.lines.count)".count
        let room = style.width.map { max(20, $0 - Self.marginWidth - digits - 2) }
        return file.lines.enumerated().map { index, line in
            let number = "\(index + 1)"
            let shown = line.replacing("\t", with: "  ")
            let cells = blocks[index + 1].map(cells) ?? [StyledText(""), StyledText(""), StyledText(""), StyledText("")]
            let beside = zip(cells, Self.margin).enumerated().map { at, pair in
                let gap = StyledText(String(repeating: " ", count: max(0, pair.1 - pair.0.width)))
                return (at == 3 ? pair.0 + gap : gap + pair.0) + StyledText(" ")
            }
            let text =
                beside.reduce(StyledText(""), +)
                + StyledText(String(repeating: " ", count: digits - number.count) + number + "  ", .dim)
                + StyledText(room.map { cut(shown, $0) } ?? shown, blocks[index + 1] == nil ? .plain : .bold)
            return text.rendered(style) + "\n"
        }.joined()
    }

    private func cells(_ block: CodeBlock) -> [StyledText] {
        let cost = block.cost
        return [
            StyledText(cost.amount(in: currency) ?? "?", .bold), StyledText(cost.course ?? "", Self.look(cost)),
            StyledText(block.findings.isEmpty ? "" : "\(block.findings.count)!", .red),
            StyledText(block.origin.map { String($0.commit.prefix(9)) + ($0.isResize ? "~" : "") } ?? "new", .cyan),
        ]
    }

    private static func look(_ cost: CodeCost) -> StyledText.Look {
        guard let course = cost.course, course != "=" else { return .dim }
        return course.hasPrefix("−") ? .green : .yellow
    }

    // MARK: A folder

    private func table(_ style: TextStyle) -> String {
        var table = TextTable([
            .init("monthly", .trailing), .init("3 months", .trailing), .init("open", .trailing), .init("place", .leading, .shrinks),
            .init("block", .leading, .shrinks), .init("commit", .leading, .shrinks),
        ])
        let blocks = files.flatMap(\.blocks).sorted { a, b in
            let (left, right) = (a.cost.monthly, b.cost.monthly)
            return left == right ? a.place < b.place : left > right
        }
        for block in blocks {
            let cost = block.cost
            table.append([
                StyledText(cost.amount(in: currency) ?? "?", .bold), StyledText(cost.course ?? "", Self.look(cost)),
                StyledText(block.findings.isEmpty ? "" : "\(block.findings.count)", .red), StyledText(block.place.description, .cyan),
                StyledText(block.name + (block.resources.count > 1 ? " ×\(block.resources.count)" : "")),
                StyledText(block.origin.map(\.text) ?? "not committed", .dim),
            ])
        }
        return blocks.isEmpty ? "" : table.render(style)
    }

    private func summary(_ style: TextStyle) -> String {
        let total = total
        guard files.contains(where: { !$0.blocks.isEmpty }) else { return "no resource and no module is declared in \(path)\n" }
        var parts = [
            StyledText("\(total.amount(in: currency) ?? "not known what it costs")\(total.monthly.isZero ? "" : " a month")", .bold)
        ]
        if !total.estimated.isZero { parts.append(StyledText("\(Money(total.estimated, currency).short) of it by estimate (~)")) }
        if total.unknown > 0 { parts.append(StyledText("\(counted(total.unknown, "resource")) of which it is not known")) }
        let origins = showsCode && files.flatMap(\.blocks).contains { $0.origin?.isResize == true }
        if origins { parts.append(StyledText("a commit with ~ changed the size", .dim)) }
        parts.append(StyledText("\(context.shortRevision) as of \(context.evaluatedAt)", .dim))
        return parts.joined(separator: " · ").lines(style).joined()
    }
}

extension CodeBlock.Origin {
    /// `3f3af689ee 2026-10-02 #12 bigger machines for the sale`
    package var text: String {
        "\(commit.prefix(10)) \(day) " + (request.map { "\($0) " } ?? "") + (isResize ? "resized: " : "") + summary
    }
}
