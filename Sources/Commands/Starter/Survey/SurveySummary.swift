import CostModel
import Observation

extension RepositorySurvey {
    /// What was found, for a person: a line for each thing.
    var summary: String {
        var lines = ["found:"]
        func add(_ what: String, _ text: String) {
            lines.append("  " + what + String(repeating: " ", count: max(1, 11 - what.count)) + text)
        }
        if roots.isEmpty {
            add("Terraform", "none")
        } else {
            let named = roots.map { $0.isEmpty ? "." : $0 }
            add("Terraform", "\(Self.count(roots.count, "root module")) (\(Self.some(named))), \(Self.count(resources.count, "resource"))")
        }
        if !types.isEmpty { add("types", Self.some(types.map { "\($0.name) \($0.count)" }, of: 5)) }
        if !leftOut.isEmpty { add("left out", "\(Self.some(leftOut)): examples, tests, uncalled modules") }
        if remoteModules > 0 { add("unseen", "\(Self.count(remoteModules, "module")) whose code is not in this repository") }
        if gaps > 0 { add("unread", "\(Self.count(gaps, "problem")) in the code, which 'bursar check' names") }
        if tags.taggable > 0 {
            let common = tags.keys.prefix(5).map { "\($0.name) \($0.share)" }
            add(
                "tags",
                common.isEmpty
                    ? "none on \(Self.count(tags.taggable, "resource")) that \(tags.taggable == 1 ? "takes" : "take") them"
                    : Self.some(common, of: 5))
        }
        if !teams.isEmpty { add("teams", Self.some(teams.map(\.name), of: 6)) }
        add(
            "bill",
            observed.bills.isEmpty
                ? "none"
                : "\(Self.count(observed.billCount, "file")) in \(BillReader.title(of: observed.billFormat))\(observed.newestDay.map { ", until \($0)" } ?? "")"
        )
        if observed.stateCount > 0 { add("states", "\(observed.stateCount)") }
        if !observed.utilization.isEmpty { add("metrics", Self.some(observed.utilization)) }
        for item in observed.leftOut.prefix(3) { add("left out", "\(item.file): \(item.reason)") }
        lines += remarks.map { "  mind: \($0)" }
        return lines.joined(separator: "\n")
    }

    private static func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }

    private static func some(_ words: [String], of limit: Int = 3) -> String {
        words.prefix(limit).joined(separator: ", ") + (words.count > limit ? ", and \(words.count - limit) more" : "")
    }
}
