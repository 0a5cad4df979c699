import CostModel

extension FindingGroup {
    /// Columns of `row`: money, severity, id, place, resource, message.
    static func table(indent: Int) -> TextTable {
        TextTable(
            [
                .init("", .trailing), .init(), .init("", .leading, .moves), .init("", .leading, .shrinks), .init("", .leading, .shrinks),
                .init("", .leading, .wraps),
            ], indent: indent)
    }

    /// - Parameter isGone: the findings are what a change fixed.
    func row(_ style: TextStyle, isGone: Bool = false) -> [StyledText] {
        [
            isGone ? goneText : styledStake, verdictText, idText(style), StyledText(first.location?.description ?? "", .cyan),
            StyledText(shownResource), messageText(style, isGone: isGone),
        ]
    }

    /// What there is to gain in a month; a dash where nothing can be said.
    private var styledStake: StyledText {
        guard let stakeText else { return StyledText("–", .dim) }
        return StyledText(stakeText, first.isFailing ? .bold : .dim)
    }

    private var goneText: StyledText {
        shownAtStake.map { StyledText("−\($0.short)", .green) } ?? StyledText("–", .dim)
    }

    private var verdictText: StyledText {
        if first.exemption != nil { return StyledText("exempt", .dim) }
        switch first.verdict {
        case .pass: return StyledText("pass", .green)
        case .unknown: return StyledText("unknown", .magenta)
        case .error: return StyledText("error", .alarm)
        case .fail: return StyledText(severity.rawValue, severity.look)
        }
    }

    /// Where text goes into a file or a pipe, the other ids follow the message: there each of them must be found by searching.
    private func idText(_ style: TextStyle) -> StyledText {
        let others = style.isTerminal && findings.count > 1 ? " +\(findings.count - 1)" : ""
        return StyledText(first.id + others, .dim)
    }

    private func messageText(_ style: TextStyle, isGone: Bool) -> StyledText {
        // Beside a budget's own name its message need not repeat it.
        let prefix = "\(first.policy.name): "
        let isRepeated = first.resource == nil && message.hasPrefix(prefix)
        var text = StyledText(isRepeated ? String(message.dropFirst(prefix.count)) : message)
        if !isGone {
            if let exemption = first.exemption { text += StyledText(" · exempt by \(exemption)", .dim) }
            if first.baseline { text += StyledText(" · baseline", .dim) }
            if first.status == .shadow { text += StyledText(" · shadow", .dim) }
            if fixable > 0 { text += StyledText(fixable < findings.count ? " [*] \(fixable) of \(findings.count)" : " [*]", .green) }
        }
        if !remarks.details.isEmpty { text += StyledText(" · \(remarks.details.joined(separator: ", "))", .yellow) }
        if let cause = remarks.cause { text += StyledText(" · \(cause)", .magenta) }
        if !style.isTerminal, findings.count > 1 {
            text += StyledText(" · also \(findings.dropFirst().map(\.id).joined(separator: ", "))", .dim)
        }
        return text
    }
}

extension Severity {
    var look: StyledText.Look {
        switch self {
        case .critical: .alarm
        case .high: .red
        case .medium: .yellow
        case .low: .blue
        }
    }
}
