import Conditions
import CostModel

/// Something that has happened and still holds, for messages. The same state gives the same events, so that one that was not told of yet is
/// found again after whatever went wrong.
struct OccurredEvent: Hashable {
    /// What tells it from all others.
    var key: String
    var record: EventRecord
    /// Events of one kind, team and group are one message.
    var group: String
    /// The event in one sentence.
    var text: String
    /// What the group is called where it holds several.
    var plural: String
    var since: Instant?
    var finding: String?
    var place: Place?
    /// What is told of it beside the text, a line each.
    var lines: [String] = []
    /// What to do, where no finding says it.
    var next: [String] = []
    var url: String?
    /// What the amount is.
    var amountMeaning = "at stake in a month"

    init(
        _ kind: NotificationPolicy.Event, key: [String], record: EventRecord, group: String, text: String, plural: String,
        since: Instant? = nil
    ) {
        self.key = ([kind.rawValue] + key).map { $0.filter { $0 != "\n" } }.joined(separator: " ")
        self.record = record
        self.group = group
        self.text = text
        self.plural = plural
        self.since = since
    }
}
