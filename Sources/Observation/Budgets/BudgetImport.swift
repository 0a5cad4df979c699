package import CostModel
import JSON

/// Budgets that a provider keeps, as documents of kind Budget.
package struct BudgetImport: Hashable, Sendable {
    /// One budget of the provider's.
    package struct Entry: Hashable, Sendable {
        /// As the provider calls it.
        package var name: String
        /// The document, with comments for what it cannot say.
        package var text: String
        /// What of it cannot be said. A budget that would count other money without it is a comment as a whole.
        package var remarks: [String]
        package var isLeftOut: Bool
    }

    /// In the order of the provider's answer.
    package private(set) var entries: [Entry] = []
    /// What stands in the way of all of them; nil: nothing.
    package private(set) var problem: ObservationProblem?

    package var written: Int { entries.count { !$0.isLeftOut } }
    package var partly: Int { entries.count { !$0.isLeftOut && !$0.remarks.isEmpty } }
    package var leftOut: Int { entries.count(where: \.isLeftOut) }

    /// The whole file.
    package var text: String { entries.map(\.text).joined(separator: "---\n") }

    private static let sizeLimit = 64 << 20

    /// Reads what `aws budgets describe-budgets` printed.
    ///
    /// - Parameter today: of budgets with planned limits, the one of today counts for periods that name none.
    package init(file path: String, today: Day) {
        self.init(ObservedFile(name: path, in: "."), depth: CommandConnector.standardDepth, today: today)
    }

    /// Asks a command of the operator's for it.
    package init(command name: String, clients: EngineClients, now: Instant) {
        var answers = CommandAnswers(clients, now: now)
        let (file, depth) = answers.ask(name, for: "budgets", name, .awsBudgets)
        self.init(file, depth: depth, today: now.day)
    }

    private init(_ file: ObservedFile, depth: Int, today: Day) {
        do throws(FileFault) {
            let bytes = try file.contents(limit: Self.sizeLimit)
            do throws(JSONError) {
                try read(JSONReader.read(bytes, limits: JSONLimits(size: Self.sizeLimit, depth: depth)), file.name, today)
            } catch {
                problem = ObservationProblem(
                    .partial, id: "bad-json", file: file.name, line: error.line, column: error.column, error.message)
            }
        } catch { problem = ObservationProblem(.partial, id: error.id, file: file.name, error.description) }
    }

    private mutating func read(_ document: JSONValue, _ file: String, _ today: Day) {
        guard let budgets = document.at("Budgets").elements else {
            problem = ObservationProblem(
                .partial, id: "no-budgets", file: file, "'Budgets' is missing: this is no answer of 'aws budgets describe-budgets'")
            return
        }
        if document.at("NextToken").textValue != nil {
            problem = ObservationProblem(
                .partial, id: "no-budgets", file: file, "another page follows: the file must hold all of them")
            return
        }
        var names: Set<String> = []
        entries = budgets.map { budget in
            let name = Self.unused(Self.label(budget.at("BudgetName").textValue ?? ""), &names)
            return AWSBudget(budget, name: name, today: today).entry
        }
    }

    /// A DNS label of a name: `Payments (EU)` becomes `payments-eu`.
    static func label(_ name: String) -> String {
        var label = ""
        for byte in name.lowercased().utf8 {
            let isPlain = byte &- 97 < 26 || byte &- 48 < 10
            if isPlain { label.append(Character(UnicodeScalar(byte))) } else if !label.hasSuffix("-"), !label.isEmpty { label.append("-") }
        }
        label = String(label.prefix(50))
        while label.hasSuffix("-") { label.removeLast() }
        return label.isEmpty ? "budget" : label
    }

    private static func unused(_ name: String, _ names: inout Set<String>) -> String {
        if names.insert(name).inserted { return name }
        for number in 2... {
            let other = "\(name)-\(number)"
            if names.insert(other).inserted { return other }
        }
        return name
    }
}
