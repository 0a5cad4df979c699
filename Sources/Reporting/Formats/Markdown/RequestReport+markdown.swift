package import CostModel

extension RequestReport {
    func markdown() -> String {
        let end = [reason, proof, reproduction, silence, metadata.comment].filter { !$0.isEmpty }.joined(separator: "\n")
        var page = MarkdownPage(limit: Self.bodyLimit, reserve: end.utf8.count + 1)
        page.add(headline)
        page.add(table: ["saves per month:", "place", "finding", "policy"], rows) { row in
            [row.saves, Markdown.code(cutStart(row.place, 120)), Markdown.text(cut(row.what, 200)), Markdown.text(cut(row.policy, 80))]
        }
        page.add(end)
        return page.text
    }

    private var headline: String {
        let files = Set(plan.changes.map(\.file)).count
        let saves = savings.amount.isZero ? "" : " · saves \(savings.short)/month"
        return
            "**\(counted(fixed.count, "finding")) fixed by \(counted(plan.changes.count, "change")) in \(counted(files, "file"))\(saves)**\n"
    }

    private struct Row {
        var saves: String
        var place: String
        var what: String
        var policy: String
    }

    /// Findings as they are known; a change without any stands for itself.
    private var rows: [Row] {
        let known = Set(findings.map(\.id))
        let found = findings.map { finding in
            Row(
                saves: finding.monthlySavings?.short ?? "–",
                place: finding.location.map { "\($0.file):\($0.line)" } ?? finding.resource?.identity.description ?? "",
                what: finding.message, policy: finding.policy.name)
        }
        let others = plan.changes.filter { known.isDisjoint(with: $0.findings) }.map { change in
            Row(saves: change.monthlySavings?.short ?? "–", place: change.file, what: change.title, policy: "")
        }
        return found + others
    }

    private var reason: String {
        let shown = policies.prefix(10).compactMap { policy -> String? in
            guard let reason = reasons[policy], reason.description != nil || reason.docs != nil else { return nil }
            let why = reason.description.map { ": " + Markdown.text(cut($0, 300)) } ?? ""
            // As text: a policy of a stranger's branch must not put a link under our name.
            let docs = reason.docs.map { " (\(Markdown.code(cut($0, 200))))" } ?? ""
            return "- **\(Markdown.text(cut(policy.name, 80)))**\(why)\(docs)\n"
        }
        return shown.isEmpty ? "" : "**Why**\n\n" + shown.joined()
    }

    private var proof: String {
        """
        **Proof**

        Each edit changes only the bytes it names; every other byte of the files is as it was. The policies were evaluated again on the \
        edited tree: \(counted(fixed.count, "finding")) gone, none new. `git apply --check` accepts each patch.

        """
    }

    private var reproduction: String {
        let place = folder.isEmpty ? "" : " -C \(quoted(folder))"
        return "**See for yourself**\n\n"
            + Markdown.block("bursar plan\(place) --rev \(plan.baseCommit) --now \(plan.made)", language: "sh")
    }

    private var silence: String {
        let example = fixed.first.map { " (`bursar explain \($0)` shows one down to its evidence)" } ?? ""
        return """
            **Not wanted?** Close it: it stays closed until something new stands in it, a finding or a quarter more to save. \
            An exemption silences a finding for as long as it lasts\(example). Push to the branch and it is yours: it is never overwritten.

            """
    }

    /// One word of a shell's, whatever it holds.
    private func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            let scalar = Unicode.Scalar(byte)
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "/._-".unicodeScalars.contains(scalar)
        }
        return isPlain ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}

extension RequestReport {
    /// What a request says when somebody turned it down by the API.
    ///
    /// - Parameter order: the name in it is an operator's, of a token; the reason is anybody's.
    package static func dismissal(by order: RequestOrder?) -> String {
        let who = order.map { " by \(Markdown.text($0.caller))" } ?? ""
        let why = order?.reason.map { ": \(Markdown.text($0))" } ?? "."
        return "Turned down through the API\(who)\(why)\n\nIt stays closed until something new stands in it."
    }
}
