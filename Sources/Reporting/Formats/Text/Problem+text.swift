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
}

extension [Problem] {
    /// What is to be known beside sums: those that are about them, and why sums are not whole.
    func besideSums(_ context: ReportContext, _ style: TextStyle) -> String {
        aboutSums.text(style) + (context.gapSentence.map { StyledText($0, .alarm).rendered(style) + "\n" } ?? "")
    }

    /// The problems under a heading that says whether they matter; nothing where there are none.
    func text(_ style: TextStyle) -> String {
        guard !isEmpty else { return "" }
        var table = TextTable([.init(), .init("", .leading, .shrinks), .init("", .leading, .wraps)])
        for problem in shown {
            let look: StyledText.Look = problem.severity == .note ? .dim : problem.severity == .warning ? .yellow : .red
            table.append([
                StyledText(problem.severity.rawValue, look), StyledText(problem.place ?? "", .cyan), StyledText(problem.message),
            ])
        }
        return StyledText(allSatisfy { $0.severity == .note } ? "Notes" : "Problems", .bold).rendered(style) + "\n" + table.render(style)
            + further.flatMap { Self.rest($0.id, $0.count).lines(style, indent: 2) }.joined()
    }

    private static func rest(_ id: String, _ count: Int) -> StyledText {
        StyledText("and \(counted(count, "more note")) '\(id)'; --format json lists \(count == 1 ? "it" : "them")")
    }
}
