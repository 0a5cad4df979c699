import CostModel

/// Which code host, and which project there, requests are on. Numbers mean nothing on another.
struct HostIdentity: Hashable {
    let text: String

    init(_ forge: ForgeSettings) {
        text = [forge.kind.rawValue, forge.api ?? "", forge.project, forge.folder ?? ""].joined(separator: " ")
    }

    /// Records after a change of the host: what is open begins anew on the new one, with the branch it has; what has ended keeps its address,
    /// but no number that could be another request's.
    ///
    /// - Parameter remembered: the host that the records are of; nil: nobody wrote it down, and it is this one.
    func moved(_ records: [RequestRecord], from remembered: String?) -> [RequestRecord] {
        guard let remembered, remembered != text else { return records }
        return records.map { record in
            var record = record
            record.number = nil
            if record.state.isLive {
                record.url = nil
                record.state = .writing
            }
            return record
        }
    }
}
