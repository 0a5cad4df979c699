import CostModel

/// Tables of findings under headings, that align with each other: as long as they are in a file, and no longer than a few lines on a
/// terminal.
struct FindingList {
    /// A heading, and under it lines in parts: of a team those of each policy.
    struct Section {
        struct Part {
            /// Nil: the lines stand under the section's heading.
            var title: StyledText?
            var groups: [FindingGroup]
        }

        var title: StyledText
        var parts: [Part]
        /// The findings are what a change fixed.
        var isGone = false
    }

    /// Lines under one heading on a terminal.
    static let limit = 20

    private let style: TextStyle
    private let isWhole: Bool

    /// - Parameter isWhole: leave nothing out on a terminal either.
    init(_ style: TextStyle, isWhole: Bool) {
        self.style = style
        self.isWhole = isWhole || !style.isTerminal
    }

    /// Each section as text.
    func text(of sections: [Section]) -> [String] {
        let sections = sections.map { Prepared($0, style, atMost: isWhole ? nil : Self.limit) }
        let tables = sections.flatMap(\.parts).map(\.table)
        guard let layout = tables.first?.layout(style, with: Array(tables.dropFirst())) else { return [] }
        return sections.map { $0.text(layout, style, limit: isWhole ? nil : Self.limit) }
    }

    /// A section whose lines are rows already; no more of them than could be shown.
    private struct Prepared {
        struct Part {
            let title: StyledText?
            let table: TextTable
        }

        let title: StyledText
        let parts: [Part]
        let count: Int

        init(_ section: Section, _ style: TextStyle, atMost limit: Int?) {
            title = section.title
            count = section.parts.reduce(0) { $0 + $1.groups.count }
            // Each part shows its first line; the first parts take what the others leave.
            let shown = section.parts.prefix(limit ?? .max)
            var room = limit.map { max(0, $0 - shown.count) } ?? .max
            parts = shown.map { part in
                let taken = 1 + min(room, part.groups.count - 1)
                room -= taken - 1
                var table = FindingGroup.table(indent: part.title == nil ? 2 : 4)
                for group in part.groups.prefix(taken) { table.append(group.row(style, isGone: section.isGone)) }
                return Part(title: part.title, table: table)
            }
        }

        func text(_ layout: TextTable.Layout, _ style: TextStyle, limit: Int?) -> String {
            let head = title.lines(style).joined()
            let written = parts.map { part in
                (
                    title: part.title.map { $0.lines(style, indent: 2) } ?? [],
                    rows: part.table.rows.map { part.table.text(of: $0, layout, style) }
                )
            }
            // How many rows of each part fit: first one of each with its title, then further ones from the first part on.
            var room = limit ?? .max
            var fitting = written.map { part in
                let lines = part.title.count + (part.rows.first.map(Self.lines) ?? 0)
                guard lines <= room else { return 0 }
                room -= lines
                return 1
            }
            filling: for index in written.indices where fitting[index] > 0 {
                for row in written[index].rows.dropFirst() {
                    guard Self.lines(row) <= room else { break filling }
                    room -= Self.lines(row)
                    fitting[index] += 1
                }
            }
            let body = zip(written, fitting).filter { $1 > 0 }.map { $0.title.joined() + $0.rows.prefix($1).joined() }.joined()
            let left = count - fitting.reduce(0, +)
            return head + body + (left > 0 ? StyledText("and \(left) more: --full", .dim).lines(style, indent: 2).joined() : "")
        }

        private static func lines(_ row: String) -> Int { row.utf8.count { $0 == UInt8(ascii: "\n") } }
    }
}
