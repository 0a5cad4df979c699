import CostModel

/// `bursar.yaml` for what was found: sources that exist are switched on, the others are comments that say how.
struct ProposedWorkspace {
    let survey: RepositorySurvey
    let folders: [String]

    private var observed: ObservedSurvey { survey.observed }

    var text: String {
        """
        # yaml-language-server: $schema=.bursar/schema.json
        # Made by 'bursar init' from what lies in this repository. From here on it is yours: init never writes over it.
        apiVersion: bursar/v1
        kind: Workspace
        metadata:
          name: \(YAMLText.scalar(survey.name))
        spec:
          \(currency)
          policies: \(YAMLText.list(folders))

          # Paths are relative to this file, may lie outside Git and may hold * and **. Nothing is fetched.
          observe:
        \(Self.indented(bill + inventory + utilization))

        """
    }

    private var currency: String {
        guard let currency = observed.currency else { return "currency: USD             # of budgets and bills; write yours (ISO 4217)" }
        return "currency: \(currency.code)             # of the bill"
    }

    private var bill: [String] {
        let leftOut = observed.leftOut.filter { !$0.file.hasSuffix(".tfstate") }.prefix(5).map(Self.leftOut)
        guard !observed.bills.isEmpty else {
            return leftOut + [
                "# No bill was found, so budgets, scores and dollars are unknown; tags and rules are judged all the same.",
                "# To switch the bill on, put exports in FOCUS 1.0 to 1.2 (CSV, plain or gzip) somewhere and write instead of 'none':",
                "#   cost:",
                "#     - {name: billing, format: focus, paths: [\"billing/*.csv.gz\"]}",
                "cost: none",
            ]
        }
        var lines =
            leftOut + [
                "cost:", "  - name: billing", "    format: \(observed.billFormat.rawValue)", "    paths: \(YAMLText.list(observed.bills))",
            ]
        if observed.isOld {
            let day = observed.newestDay.map { "the newest charge is of \($0)" } ?? "no charge is of the past"
            lines.append("    maxAge: none        # \(day); once bills arrive daily, remove this: then older than 72h is exit code 3")
        }
        return lines
    }

    private var inventory: [String] {
        guard !survey.roots.isEmpty else {
            return [
                "# No Terraform code was found. To read some, name its folder:", "# inventory:",
                "#   - {name: infra, format: terraform, path: infra}",
            ]
        }
        var lines = ["inventory:"]
        if !survey.leftOut.isEmpty {
            let some = survey.leftOut.prefix(3).map(YAMLText.comment).joined(separator: ", ")
            lines.insert(
                "# Left out as examples, tests or modules that nobody calls here: \(some)\(survey.leftOut.count > 3 ? ", …" : "")", at: 0)
        }
        var names: Set<String> = []
        for scope in survey.scopes {
            let name = scope == "." ? survey.name : YAMLText.name(from: scope) ?? "terraform"
            var unique = name
            var number = 2
            while !names.insert(unique).inserted {
                unique = "\(name)-\(number)"
                number += 1
            }
            let roots = survey.roots.count { scope == "." || $0 == scope || $0.hasPrefix(scope + "/") }
            lines += [
                "  - name: \(YAMLText.scalar(unique))", "    format: terraform",
                "    path: \(YAMLText.scalar(scope))   # \(roots) root module\(roots == 1 ? "" : "s")",
            ]
        }
        return lines + states
    }

    /// States say which resources exist and what the bill calls them. They are found by the root's folder, so one source is enough to name them.
    private var states: [String] {
        let leftOut = observed.leftOut.filter { $0.file.hasSuffix(".tfstate") }.prefix(5).map { "    " + Self.leftOut($0) }
        guard !observed.states.isEmpty else {
            return leftOut + [
                "    # States join the code to the bill. Copy them somewhere and say where; {root} is the root module's folder:",
                "    # state: [\"state/{root}/terraform.tfstate\"]",
            ]
        }
        return leftOut + ["    state: \(YAMLText.list(observed.states))"]
    }

    private var utilization: [String] {
        guard !observed.utilization.isEmpty else {
            return [
                "# How busy instances are, for rightsizing: CSV with the columns timestamp,resource_id,metric,value.",
                "# utilization:",
                "#   - {name: metrics, format: csv, paths: [\"metrics/*.csv\"]}",
            ]
        }
        return ["utilization:", "  - {name: metrics, format: csv, paths: \(YAMLText.list(observed.utilization))}"]
    }

    private static func leftOut(_ item: (file: String, reason: String)) -> String {
        "# left out: \(YAMLText.comment(item.file)): \(YAMLText.comment(item.reason))"
    }

    private static func indented(_ lines: [String]) -> String { lines.map { "    " + $0 }.joined(separator: "\n") }
}
