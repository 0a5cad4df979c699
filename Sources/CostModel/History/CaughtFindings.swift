/// Findings that a branch had on its way, and that were gone when it was merged: they never reached the branch that is watched.
///
/// It is read from the history that merges leave, and counts for nothing: to write a finding and take it out again is free.
package struct CaughtFindings: Hashable, Sendable {
    /// One of them, as the last commit that had it was judged by the policies of the merge's day.
    package struct Entry: Hashable, Sendable {
        /// See `Finding.id`.
        package var id: String
        package var policy: PolicyReference
        package var rule: String
        package var severity: Severity
        package var team: String?
        /// `root:address`
        package var resource: String?
        package var message: String
        /// A commit that had it, and the one by which its branch was merged.
        package var commit: String
        package var merge: String
        /// When the merge was seen.
        package var merged: Day

        package init(
            id: String, policy: PolicyReference, rule: String, severity: Severity, team: String?, resource: String?, message: String,
            commit: String, merge: String, merged: Day
        ) {
            self.id = id
            self.policy = policy
            self.rule = rule
            self.severity = severity
            self.team = team
            self.resource = resource
            self.message = message
            self.commit = commit
            self.merge = merge
            self.merged = merged
        }
    }

    /// What came on a day and changed code.
    package struct Arrivals: Hashable, Sendable {
        package var day: Day
        /// Merges of which every commit was judged.
        package var judged: Int
        /// Changes of one commit: squashed, rebased or pushed, so that what was there before is in no history.
        package var single: Int
        /// Merges of which a commit could not be judged, or that have too many.
        package var unjudged: Int

        package init(day: Day, judged: Int = 0, single: Int = 0, unjudged: Int = 0) {
            self.day = day
            self.judged = judged
            self.single = single
            self.unjudged = unjudged
        }
    }

    /// Older ones are forgotten, in days.
    private static let memory = 400
    /// The newest of these are kept.
    private static let most = 2_000

    /// The day from which merges are looked at.
    package var since: Day
    /// By day.
    package var entries: [Entry]
    /// By day.
    package var arrivals: [Arrivals]

    package init(since: Day, entries: [Entry] = [], arrivals: [Arrivals] = []) {
        self.since = since
        self.entries = entries
        self.arrivals = arrivals
    }

    /// Adds what came on a day.
    package mutating func add(_ entries: [Entry], _ arrived: Arrivals) {
        self.entries = Array(
            (self.entries + entries).filter { $0.merged.distance(to: arrived.day) < Self.memory }.suffix(Self.most))
        if let last = arrivals.indices.last, arrivals[last].day == arrived.day {
            arrivals[last].judged += arrived.judged
            arrivals[last].single += arrived.single
            arrivals[last].unjudged += arrived.unjudged
        } else {
            arrivals.append(arrived)
        }
        arrivals.removeAll { $0.day.distance(to: arrived.day) >= Self.memory }
    }
}

extension CaughtFindings {
    /// What is known of a span.
    package struct Count: Hashable, Sendable {
        /// Nil: merges were not looked at on all of its days.
        package var findings: Int?
        package var arrivals: Arrivals
        /// From when on merges are looked at.
        package var since: Day?

        /// `caught on the way: 4 findings; 3 merges were judged commit by commit; of 5 changes that came as one commit it is not known`
        package var sentence: String {
            guard let findings else {
                return "caught on the way: not known" + (since.map { ": merges are looked at since \($0)" } ?? "")
            }
            func text(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
            var parts = ["caught on the way: \(findings == 0 ? "none" : text(findings, "finding"))"]
            parts.append(
                arrivals.judged == 0
                    ? "no merge was judged" : "\(text(arrivals.judged, "merge")) \(arrivals.judged == 1 ? "was" : "were") judged")
            if arrivals.single > 0 { parts.append("not known of \(text(arrivals.single, "change")) that came as one commit") }
            if arrivals.unjudged > 0 { parts.append("not all known of \(text(arrivals.unjudged, "merge"))") }
            return parts.joined(separator: "; ")
        }
    }

    /// - Parameter isWanted: which findings are asked about; arrivals are those of the whole workspace.
    package func count(in days: Range<Day>, where isWanted: (Entry) -> Bool = { _ in true }) -> Count {
        var sum = Arrivals(day: days.lowerBound)
        for day in arrivals where days.contains(day.day) {
            sum.judged += day.judged
            sum.single += day.single
            sum.unjudged += day.unjudged
        }
        let isKnown = since <= days.lowerBound
        return Count(
            findings: isKnown ? entries.count { days.contains($0.merged) && isWanted($0) } : nil, arrivals: sum, since: since)
    }
}
