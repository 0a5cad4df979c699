package import CostModel

extension BillReader {
    /// The format that a file looks like; nil: like none that is known, or it cannot be read.
    package static func format(of path: String, directory: String, now: Instant) -> BillFormatName? {
        let file = BillFile(ObservedFile(name: path, in: directory), superseded: nil, today: now.day)
        return BillFormatName.allCases.first { (try? BillFormats.format(named: $0)?.recognises(file)) == true }
    }

    /// What people call a format.
    package static func title(of format: BillFormatName) -> String { BillFormats.format(named: format)?.title ?? "several formats" }
}
