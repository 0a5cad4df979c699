import CostModel
import Diagnostics
import Git
import Observation

/// Which commits brought or changed the resources that unusual cost comes from.
///
/// The branch is walked back from the commit that is judged, and at each commit of the days around an event the code before it is held
/// against the code after it: a resource that was not there was *added*, one with another size was *resized*, one whose block reads otherwise
/// was *changed*. Resources are those that the bill names among an event's largest gains and that a state knows. Commits are named, never
/// people.
struct AnomalyCommits {
    /// How many days before an event a commit may have been its beginning: applying it, and the bill, take their time.
    static let daysBefore = 7
    /// How many commits are looked at, and how many of them may touch code.
    private static let mostCommits = 5_000
    private static let mostTouching = 100
    private static let mostPerEvent = 5

    private let workspace: OpenedWorkspace
    private let estate: WorkspaceEstate
    private let resources: [Resource]

    init(_ workspace: OpenedWorkspace, _ estate: WorkspaceEstate, _ resources: [Resource]) {
        self.workspace = workspace
        self.estate = estate
        self.resources = resources
    }

    /// An event, the resources that may be behind it, and what was found.
    private struct Question {
        var id: String
        var days: Range<Day>
        var resources: Set<ResourceIdentity>
        var found: [Anomaly.Commit] = []
    }

    /// By the event's id, oldest first. Where the history cannot be read nothing is named: an event is one without it, too.
    func commits(of anomalies: [Anomaly]) -> [String: [Anomaly.Commit]] {
        var questions = questions(anomalies)
        guard let first = questions.map(\.days.lowerBound).min(), let tip = workspace.commit.flatMap({ ObjectID($0) }) else { return [:] }
        do throws(GitError) {
            try walk(from: tip, since: first, &questions)
        } catch {
            // A shallow clone shows what it has.
        }
        let found = questions.filter { !$0.found.isEmpty }.map { question in
            (question.id, Array(question.found.prefix(Self.mostPerEvent).reversed()))
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    private func questions(_ anomalies: [Anomaly]) -> [Question] {
        guard !anomalies.isEmpty else { return [] }
        var known: [String: [ResourceIdentity]] = [:]
        for resource in resources {
            for name in resource.deployed?.comparableNames ?? [] { known[name, default: []].append(resource.identity) }
        }
        return anomalies.compactMap { anomaly in
            // Nobody's commit delivered a day twice.
            guard anomaly.account == nil else { return nil }
            let names = anomaly.causes.flatMap(\.gainers).map(BilledName.comparable)
            let resources = Set(names.flatMap { known[$0] ?? [] })
            guard !resources.isEmpty else { return nil }
            let days = anomaly.start.advanced(by: -Self.daysBefore)..<anomaly.lastDay.advanced(by: 1)
            return Question(id: anomaly.id, days: days, resources: resources)
        }
    }

    private func walk(from tip: ObjectID, since first: Day, _ questions: inout [Question]) throws(GitError) {
        let repository = workspace.repository
        var after = try committed(tip)
        var next: ObjectID? = tip
        var touching = 0
        for _ in 0..<Self.mostCommits {
            guard let id = next else { return }
            let commit = try repository.commit(id)
            let day = Instant(seconds: commit.committer.seconds).day
            guard day >= first else { return }
            next = commit.parents.first
            let replaced = try files(before: commit)
            guard !replaced.isEmpty else { continue }
            touching += 1
            guard touching <= Self.mostTouching else { return }
            let before = after.replacing(replaced)
            note(commit, on: day, before, after, &questions)
            after = before
        }
    }

    /// The code as the tip has it, without edits of the working tree.
    private func committed(_ tip: ObjectID) throws(GitError) -> WorkspaceEstate {
        let edited = workspace.editedFiles.filter { estate.file($0) != nil }
        guard !edited.isEmpty else { return estate }
        var bytes: [String: [UInt8]] = [:]
        for path in edited {
            bytes[path] = try RevisionTree.file(workspace.repositoryPath(path), of: workspace.repository, at: tip) ?? []
        }
        return estate.replacing(bytes)
    }

    /// What the files of code that a commit touches held before it; empty ones were not there.
    ///
    /// The first commit of a history added everything, and says nothing of when that was.
    private func files(before commit: Commit) throws(GitError) -> [String: [UInt8]] {
        guard let parent = commit.parents.first else { return [:] }
        let repository = workspace.repository
        let changes = try repository.changedFiles(from: parent, to: commit.id)
        var bytes: [String: [UInt8]] = [:]
        for change in changes where workspace.prefix.isEmpty || change.path.hasPrefix(workspace.prefix + "/") {
            let path = workspace.workspacePath(change.path)
            guard estate.file(path) != nil else { continue }
            bytes[path] = change.old == nil ? [] : try RevisionTree.file(change.path, of: repository, at: parent) ?? []
        }
        return bytes
    }

    private func note(
        _ commit: Commit, on day: Day, _ before: WorkspaceEstate, _ after: WorkspaceEstate, _ questions: inout [Question]
    ) {
        let asked = questions.indices.filter { questions[$0].days.contains(day) }
        guard !asked.isEmpty else { return }
        let wanted = asked.reduce(into: Set<ResourceIdentity>()) { $0.formUnion(questions[$1].resources) }
        func known(_ estate: WorkspaceEstate) -> [ResourceIdentity: Resource] {
            let found = estate.resources.lazy.filter { wanted.contains($0.identity) }.map { ($0.identity, $0) }
            return Dictionary(found, uniquingKeysWith: { first, _ in first })
        }
        let (old, new) = (known(before), known(after))
        let references = CommitReferences(commit)
        let request = references.request ?? references.merges.first
        for identity in wanted.sorted() {
            guard let now = new[identity], let change = Self.change(from: old[identity], before, to: now, after) else { continue }
            let found = Anomaly.Commit(id: commit.id.description, day: day, resource: identity, change: change, request: request)
            for index in asked where questions[index].resources.contains(identity) { questions[index].found.append(found) }
        }
    }

    /// Nil: the commit did nothing to it.
    private static func change(
        from old: Resource?, _ before: WorkspaceEstate, to new: Resource, _ after: WorkspaceEstate
    ) -> Anomaly.Commit.Change? {
        guard let old else { return .added }
        if old.size?.value != new.size?.value { return .resized }
        return text(of: old, before) == text(of: new, after) ? nil : .changed
    }

    private static func text(of resource: Resource, _ estate: WorkspaceEstate) -> ArraySlice<UInt8>? {
        guard let bytes = estate.file(resource.block.file)?.source.bytes, resource.block.bytes.upperBound <= bytes.count else { return nil }
        return bytes[resource.block.bytes]
    }
}
