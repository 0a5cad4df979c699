import CostModel
import ForgeDouble
import Reporting

/// What people turned down: closed, or merged and undone by name.
struct Dismissed {
    let number: Int
    let subject: String
    let findings: Set<String>
    let savings: FixedDecimal
    let time: Instant
    /// Whether its findings were there still when it was first looked at again: what was fixed at the same time was not turned down.
    var isConfirmed = false

    init?(_ request: DoubleRequest, at time: Instant) {
        guard let metadata = RequestMetadata(parsing: request.body) else { return nil }
        number = request.number
        subject = metadata.subject
        findings = Set(metadata.findings)
        savings = metadata.savings?.amount ?? .zero
        self.time = time
    }
}

extension RequestMetadata {
    /// What the request is about, whatever its files.
    var subject: String { String(group.dropFirst(2).prefix(12)) }
}
