/// What became of one file of a bill, and why.
package struct BillDelivery: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable {
        case used
        /// Some of its months count.
        case partlyUsed = "partly-used"
        /// Another delivery, or another run of the export, states the same.
        case superseded
        /// Another file holds the same.
        case copy
        /// It is no bill that can be read.
        case unreadable
    }

    package var source: String
    package var file: String
    package var status: Status
    /// Why it is not used as a whole; nil: there is nothing to say.
    package var reason: String?
    /// What people call its format.
    package var format: String?
    /// What its manifest says that the export contains.
    package var dataset: String?
    /// The billing months that it states.
    package var months: [Month]
    /// How many of its rows count.
    package var rows: Int

    package init(
        source: String, file: String, status: Status, reason: String? = nil, format: String? = nil, dataset: String? = nil,
        months: [Month] = [], rows: Int = 0
    ) {
        self.source = source
        self.file = file
        self.status = status
        self.reason = reason
        self.format = format
        self.dataset = dataset
        self.months = months
        self.rows = rows
    }
}
