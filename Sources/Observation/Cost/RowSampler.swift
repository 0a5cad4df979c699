import CostModel

/// Keeps the newest rows of one resource: what a finding's dollars rest on.
final class RowSampler {
    private let ids: [[UInt8]]
    private let days: Range<Day>
    private let limit: Int
    private var kept: [Evidence.Row] = []
    private(set) var count = 0

    init(ids: Set<String>, days: Range<Day>, limit: Int) {
        self.ids = ids.map { Array($0.utf8) }.filter { !$0.isEmpty }
        self.days = days
        self.limit = limit
    }

    /// Newest first; of one day in the order of the files.
    var rows: [Evidence.Row] { Array(newest.prefix(limit)) }

    /// Whether rows of a resource are looked at.
    @inline(__always)
    func asks(for resource: UnsafeBufferPointer<UInt8>) -> Bool { ids.contains { resource.elementsEqual($0) } }

    func add(_ row: some BillRow, _ charge: Charge, file: String) throws(FieldFault) {
        guard days.contains(charge.day) else { return }
        count += 1
        kept.append(
            Evidence.Row(
                file: file, line: row.line, day: charge.day, category: charge.category,
                description: String(decoding: try row.text(.description), as: UTF8.self), effective: charge.amounts.effective,
                billed: charge.amounts.billed))
        if kept.count > 64 * limit { kept = Array(newest.prefix(limit)) }
    }

    private var newest: [Evidence.Row] {
        kept.sorted { a, b in a.day == b.day ? (a.file, a.line) < (b.file, b.line) : a.day > b.day }
    }
}
