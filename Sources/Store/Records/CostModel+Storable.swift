internal import CostModel

extension Instant: Storable {
    var stored: SQLiteValue { .integer(seconds) }
    init?(stored: SQLiteValue) {
        guard case .integer(let seconds) = stored else { return nil }
        self.init(seconds: seconds)
    }
}

extension Day: Storable {
    var stored: SQLiteValue { .text(description) }
    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}

extension Points: Storable {
    var stored: SQLiteValue { .integer(Int64(hundredths)) }
    init?(stored: SQLiteValue) {
        guard let hundredths = Int(stored: stored) else { return nil }
        self.init(hundredths: hundredths)
    }
}

extension Money: Storable {
    /// `412.5 USD`
    var stored: SQLiteValue { .text(exact) }
    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored else { return nil }
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        // What is no number is unreadable, whatever the parser says about it.
        guard parts.count == 2, let currency = Currency(String(parts[1])), let amount = try? FixedDecimal(String(parts[0])) else {
            return nil
        }
        self.init(amount, currency)
    }
}

extension PolicyReference: Storable {
    /// `TaggingPolicy/cost-allocation`
    var stored: SQLiteValue { .text(description) }
    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored, let slash = text.firstIndex(of: "/"), let kind = PolicyKind(rawValue: String(text[..<slash]))
        else { return nil }
        self.init(kind, String(text[text.index(after: slash)...]))
    }
}

extension Run.Trigger: Storable {}
extension Run.Outcome: Storable {}
extension Stage: Storable {}
extension StageStatus.Condition: Storable {}
extension StageStatus.Reason: Storable {}
extension FindingLife.State: Storable {}
extension LifeEvent.Kind: Storable {}
extension Verdict: Storable {}
extension Severity: Storable {}
extension Level: Storable {}
extension RequestRecord.State: Storable {}
extension SavingsStatus: Storable {}
extension AuditEntry.Action: Storable {}
