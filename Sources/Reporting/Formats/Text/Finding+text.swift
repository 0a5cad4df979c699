import CostModel

extension ResourceIdentity {
    /// The address; with its root before it where the place does not show that.
    func shown(at place: Place?) -> String {
        let folder = place.map { $0.file.split(separator: "/").dropLast().joined(separator: "/") }
        return folder == root || root.isEmpty ? address : "\(root):\(address)"
    }
}

extension Finding {
    /// The resource, or the policy where the finding is about a part of the bill.
    var shownResource: String { resource?.identity.shown(at: location) ?? policy.name }

    /// What there is to gain in a month; a dash where nothing can be said.
    var stakeText: StyledText {
        guard let shownAtStake else { return StyledText("–", .dim) }
        return StyledText(shownAtStake.short, exemption == nil ? .bold : .dim)
    }

    var verdictText: StyledText {
        if exemption != nil { return StyledText("exempt", .dim) }
        switch verdict {
        case .pass: return StyledText("pass", .green)
        case .unknown: return StyledText("unknown", .magenta)
        case .error: return StyledText("error", .alarm)
        case .fail: return StyledText(severity.rawValue, severity.look)
        }
    }

    var messageText: StyledText {
        // Beside a budget's own name its message need not repeat it.
        let prefix = "\(policy.name): "
        var text = StyledText(resource == nil && message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message)
        if verdict == .unknown, let reason, !message.contains(reason) { text += StyledText(" (\(reason))", .dim) }
        if let exemption { text += StyledText(" · exempt by \(exemption)", .dim) }
        if baseline { text += StyledText(" · baseline", .dim) }
        if enforcement == .shadow { text += StyledText(" · shadow", .dim) }
        if isFixable { text += StyledText(" [*]", .green) }
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

extension [Problem] {
    /// The problems under a heading that says whether they matter; nothing where there are none.
    func text(_ style: TextStyle) -> String {
        guard !isEmpty else { return "" }
        var table = TextTable([.init(), .init(), .init("", .leading, .stacks)])
        for problem in shown {
            let look: StyledText.Look = problem.severity == .note ? .dim : problem.severity == .warning ? .yellow : .red
            table.append([
                StyledText(problem.severity.rawValue, look), StyledText(problem.place ?? "", .cyan), StyledText(problem.message),
            ])
        }
        return StyledText(allSatisfy { $0.severity == .note } ? "Notes" : "Problems", .bold).rendered(style) + "\n" + table.render(style)
            + further.map { "  and \($0.count) more notes '\($0.id)'; --format json lists them\n" }.joined()
    }
}
