package import CostModel
package import Game

/// What a workspace's one issue on its code host says: the season's table, what waits with boxes to tick, what was put off, what is open.
package struct DashboardReport: Sendable {
    /// What a box asks for.
    package struct Box: Hashable, Sendable, Comparable {
        package enum Act: String, Hashable, Sendable, CaseIterable { case open, snooze }

        package var act: Act
        /// The request's, `g-6c1d0a52e4b3-1a2b3c4d`.
        package var group: String

        package init(_ act: Act, _ group: String) {
            self.act = act
            self.group = group
        }

        package static func < (a: Box, b: Box) -> Bool { (a.group, a.act.rawValue) < (b.group, b.act.rawValue) }
    }

    /// A request that is not opened now.
    package struct Waiting: Hashable, Sendable {
        package var group: String
        package var title: String
        package var reason: String
        /// Empty where nobody can do anything about it by a box.
        package var boxes: [Box.Act]

        package init(group: String, title: String, reason: String, boxes: [Box.Act]) {
            self.group = group
            self.title = title
            self.reason = reason
            self.boxes = boxes
        }
    }

    package struct Open: Hashable, Sendable {
        /// As the host names it, `#5`.
        package var name: String
        package var title: String

        package init(name: String, title: String) {
            self.name = name
            self.title = title
        }
    }

    package var workspace: String
    package var mark: DashboardMark
    /// Nil: nobody was scored yet.
    package var table: SeasonTable?
    package var waiting: [Waiting]
    package var snoozed: [Waiting]
    package var open: [Open]
    package var snooze: TimeSpan
    /// Boxes that were ticked, and could not be acted on yet.
    package var ticked: Set<Box>
    /// Why there are no boxes; nil: there are.
    package var problem: String?
    /// What came of boxes that were ticked and did nothing.
    package var note: String?

    package init(
        workspace: String, mark: DashboardMark, table: SeasonTable?, waiting: [Waiting], snoozed: [Waiting], open: [Open],
        snooze: TimeSpan, ticked: Set<Box> = [], problem: String? = nil, note: String? = nil
    ) {
        self.workspace = workspace
        self.mark = mark
        self.table = table
        self.waiting = waiting
        self.snoozed = snoozed
        self.open = open
        self.snooze = snooze
        self.ticked = ticked
        self.problem = problem
        self.note = note
    }
}

/// By what a workspace's part of an issue's text is found again: two hidden lines, between which everything is ours.
package struct DashboardMark: Hashable, Sendable {
    package let begin: String
    package let end: String

    /// - Parameter workspace: what tells it from others that push to the repository. Whatever it holds stands nowhere.
    package init(workspace: String) {
        var hash = SHA256()
        hash.update(field: workspace)
        let key = hash.hexDigest().prefix(16)
        begin = "<!-- bursar:dashboard \(key) -->"
        end = "<!-- bursar:dashboard-end \(key) -->"
    }

    /// A text with our part in it replaced. Where the part is not whole any more, what is left of it goes and everything else stays.
    package func replacing(_ old: String, with part: String) -> String {
        let (before, _, after) = parts(of: old)
        return before + part + after
    }

    /// The boxes of our part that are ticked, whoever did it.
    package func ticked(in text: String) -> Set<DashboardReport.Box> {
        var boxes: Set<DashboardReport.Box> = []
        for line in parts(of: text).ours.split(whereSeparator: \.isNewline) {
            var words = line.drop { $0 == " " }
            guard words.hasPrefix("- [x] ") || words.hasPrefix("- [X] ") else { continue }
            words = words.dropFirst(6)
            for act in DashboardReport.Box.Act.allCases {
                let opening = "<!-- bursar:\(act.rawValue) "
                guard words.hasPrefix(opening), let end = words.firstRange(of: " -->") else { continue }
                boxes.insert(DashboardReport.Box(act, String(words[..<end.lowerBound].dropFirst(opening.count))))
            }
        }
        return boxes
    }

    private func parts(of text: String) -> (before: Substring, ours: Substring, after: Substring) {
        switch (text.firstRange(of: begin), text.firstRange(of: end)) {
        case (let start?, let stop?) where start.upperBound <= stop.lowerBound:
            (text[..<start.lowerBound], text[start.lowerBound..<stop.upperBound], text[stop.upperBound...])
        case (let start?, _): (text[..<start.lowerBound], text[start.lowerBound...], "")
        case (nil, let stop?): ("", text[..<stop.upperBound], text[stop.upperBound...])
        case (nil, nil): ("", "", text.isEmpty ? "" : "\n\n" + text)
        }
    }
}
