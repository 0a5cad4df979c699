import CostModel
import Forge
import Reporting
import Store

/// The one issue of a workspace on its code host, as it stood when a run looked, and what people ask for by its boxes.
///
/// It is known by its number from the ledger, else by its hidden lines among the issues of our account; nobody else's issue is taken for it.
struct Dashboard {
    /// What the ledger remembers.
    struct Remembered: Hashable {
        static let key = "dashboard"

        /// Which code host, and which project.
        var host: String
        var number: Int
        /// When we last wrote it, by the host's clock; nil: never, as far as is known.
        var written: Int64?

        init(host: HostIdentity, number: Int, written: Int64?) {
            self.host = Self.digest(of: host)
            self.number = number
            self.written = written
        }

        /// - Returns: nil where it is of another host.
        init?(text: String, of host: HostIdentity) {
            let words = text.split(separator: " ")
            guard words.count >= 2, words[0] == Self.digest(of: host), let number = Int(words[1]) else { return nil }
            self.init(host: host, number: number, written: words.count > 2 ? Int64(words[2]) : nil)
        }

        var text: String { ([host, String(number)] + [written].compactMap { $0.map(String.init) }).joined(separator: " ") }

        private static func digest(of host: HostIdentity) -> String {
            var hash = SHA256()
            hash.update(field: host.text)
            return String(hash.hexDigest().prefix(16))
        }
    }

    /// What boxes that did nothing are answered with, until another one counts.
    static let noteKey = "dashboard-note"

    let settings: DashboardSettings
    let issues: any IssueHost
    let host: HostIdentity
    let mark: DashboardMark
    private(set) var issue: ForgeIssue?
    private(set) var written: Int64?
    /// Why it is left alone; nil: it is kept.
    private(set) var unwanted: String?
    /// What people who may write ask for, and who they are.
    private(set) var wishes: Set<DashboardReport.Box> = []
    private(set) var people: [String] = []
    /// Why boxes that are ticked do nothing.
    private(set) var note: String?

    init(
        _ settings: DashboardSettings, _ issues: any IssueHost, _ host: HostIdentity, of workspace: WorkspaceMark, remembered: String?
    ) throws(ForgeError) {
        self.settings = settings
        self.issues = issues
        self.host = host
        mark = DashboardMark(workspace: workspace.text)
        if let memory = remembered.flatMap({ Remembered(text: $0, of: host) }) {
            written = memory.written
            issue = try issues.issue(memory.number)
            if issue == nil { unwanted = "the dashboard, issue \(memory.number), is gone: it is not opened again" }
        } else {
            issue = try issues.issues(holding: mark.begin).first
        }
        guard let issue else { return }
        guard issue.isOpen else {
            unwanted = "the dashboard \(issue.url) is closed: it is not wanted"
            return
        }
        try read(issue)
    }

    private mutating func read(_ issue: ForgeIssue) throws(ForgeError) {
        guard !mark.ticked(in: issue.body).isEmpty else { return }
        guard issues.unknownEditors == nil else { return }
        // What we do not know to have written without a tick may have been ticked by anybody.
        guard let written, let edits = try issues.edits(of: issue.number, since: written) else {
            note = "Boxes were ticked, and nothing was done: it cannot be known by whom. Tick them again."
            return
        }
        self.issue?.body = edits.body
        if let stranger = edits.others.first {
            note = "Boxes were ticked, and nothing was done: \(stranger), who edited this text, may not write to the project."
        } else if edits.writers.isEmpty {
            note = "Boxes were ticked, and nothing was done: the code host does not say by whom. Tick them again."
        } else {
            wishes = mark.ticked(in: edits.body)
            people = edits.writers
        }
        // Of two that contradict each other neither counts.
        let torn = Set(wishes.filter { $0.act == .open }.map(\.group)).intersection(wishes.filter { $0.act == .snooze }.map(\.group))
        guard !torn.isEmpty else { return }
        wishes = wishes.filter { !torn.contains($0.group) }
        note = "Two boxes of one request were ticked, and neither was acted on."
    }

    /// Groups that somebody wants opened now.
    var asked: Set<String> { Set(wishes.filter { $0.act == .open }.map(\.group)) }
    var putOff: Set<String> { Set(wishes.filter { $0.act == .snooze }.map(\.group)) }
    var person: String { people.joined(separator: ", ") }

    /// Brings the issue to a text.
    ///
    /// - Returns: what to remember; nil: it says so already, or somebody wrote meanwhile, and the next run looks again.
    func show(_ part: String) throws(ForgeError) -> (memory: Remembered, url: String, isWritten: Bool)? {
        guard let issue else {
            let opened = try issues.keep(title: settings.title, body: part, line: mark.begin)
            return (Remembered(host: host, number: opened.number, written: opened.updated), opened.url, true)
        }
        let text = mark.replacing(issue.body, with: part)
        guard !RequestText.isSame(text, issue.body) else {
            return (Remembered(host: host, number: issue.number, written: written), issue.url, false)
        }
        // A box that was ticked while the run was at work is not unticked unread.
        guard let now = try issues.issue(issue.number), now.isOpen, RequestText.isSame(now.body, issue.body) else { return nil }
        let updated = try issues.update(issue.number, body: text)
        return (Remembered(host: host, number: issue.number, written: updated.updated), issue.url, true)
    }
}
