package import JSON

/// What `state` says it did to a ledger, or found in it.
package struct StateReport: Report {
    package enum Outcome: Hashable, Sendable {
        case backedUp(file: String)
        /// - damaged: where a damaged ledger lies that stood there before.
        case restored(from: String, damaged: String?)
        case pruned([Count])
        case verified([Problem])
        /// Whose it was forgotten.
        case rebound
    }

    /// Rows of a table.
    package struct Count: Hashable, Sendable {
        package var table: String
        package var rows: Int

        package init(table: String, rows: Int) {
            self.table = table
            self.rows = rows
        }
    }

    /// Something that is wrong with the ledger.
    package struct Problem: Hashable, Sendable {
        package var check: String
        package var message: String

        package init(check: String, message: String) {
            self.check = check
            self.message = message
        }
    }

    package var context: ReportContext
    package var ledger: String
    package var outcome: Outcome

    package init(context: ReportContext, ledger: String, outcome: Outcome) {
        self.context = context
        self.ledger = ledger
        self.outcome = outcome
    }
}

extension StateReport {
    package func json() -> JSONValue {
        var (file, damaged): (String?, String?) = (nil, nil)
        var (pruned, problems): (JSONValue, JSONValue) = (.null, .null)
        switch outcome {
        case .backedUp(let target): file = target
        case .restored(let source, let aside): (file, damaged) = (source, aside)
        case .pruned(let counts): pruned = .array(counts.map { ["table": .string($0.table), "rows": JSONValue($0.rows)] })
        case .verified(let found): problems = .array(found.map { ["check": .string($0.check), "message": .string($0.message)] })
        case .rebound: break
        }
        return context.header.appending([
            "action": .string(action), "ledger": .string(ledger), "file": JSONValue(file), "damaged": JSONValue(damaged), "pruned": pruned,
            "problems": problems,
        ])
    }

    private var action: String {
        switch outcome {
        case .backedUp: "backup"
        case .restored: "restore"
        case .pruned: "prune"
        case .verified: "verify"
        case .rebound: "rebind"
        }
    }

    package func text(_ style: TextStyle) -> String {
        switch outcome {
        case .backedUp(let file):
            return (StyledText("wrote ", .green) + StyledText(file, .bold)).rendered(style) + "\n"
        case .restored(let file, let damaged):
            let aside = damaged.map { StyledText("; the damaged ledger lies at \($0)", .yellow) } ?? ""
            return (StyledText("restored ", .green) + StyledText(ledger, .bold) + StyledText(" from \(file)") + aside).rendered(style)
                + "\n"
        case .pruned(let counts):
            guard !counts.isEmpty else { return "nothing is that old\n" }
            var table = TextTable([.init("", .trailing), .init()])
            for count in counts { table.append([StyledText(String(count.rows)), StyledText(count.table.replacing("_", with: " "))]) }
            return StyledText("forgot", .bold).rendered(style) + "\n" + table.render(style)
        case .rebound:
            return "the ledger belongs to whichever workspace runs next\n"
        case .verified(let problems):
            guard !problems.isEmpty else { return StyledText("the ledger is sound", .green).rendered(style) + "\n" }
            var table = TextTable([.init(), .init()])
            for problem in problems { table.append([StyledText(problem.check, .red), StyledText(problem.message)]) }
            let title = StyledText("\(counted(problems.count, "problem")) in \(ledger)", .bold)
            return title.rendered(style) + "\n" + table.render(style)
        }
    }
}
