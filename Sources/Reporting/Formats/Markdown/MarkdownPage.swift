/// Markdown up to a size: where a table or a list would be too long, whole rows are left out and counted.
struct MarkdownPage {
    private(set) var text = ""
    /// Bytes that may still be written: never fewer than code hosts count, whether they count characters, UTF-16 or bytes.
    private var room: Int

    /// - Parameter limit: in bytes; nil: none.
    /// - Parameter reserve: bytes of it that are kept for what follows, whatever comes before.
    init(limit: Int? = nil, reserve: Int = 0) {
        room = limit.map { max(0, $0 - reserve) } ?? .max
    }

    /// A section that is always there, set apart from what stands before.
    mutating func add(_ section: String) {
        let section = text.isEmpty ? section : "\n" + section
        text += section
        room = max(0, room - section.utf8.count)
    }

    /// A section of rows under a head; nothing where there are none.
    mutating func add(_ rows: [String], under head: String = "") {
        guard !rows.isEmpty else { return }
        let start = text.isEmpty ? head : "\n" + head
        // What is said of the rows that do not fit.
        let note = 40
        var left = room - start.utf8.count - note
        guard left > (rows.first?.utf8.count ?? 0) else { return drop(rows.count) }
        var shown = 0
        for row in rows {
            left -= row.utf8.count
            guard left >= 0 else { break }
            shown += 1
        }
        let section = start + rows.prefix(shown).joined()
        text += section
        room -= section.utf8.count
        if shown < rows.count { drop(rows.count - shown) }
    }

    private mutating func drop(_ count: Int) {
        let note = "\nand \(count) more\n"
        guard room > note.utf8.count else { return }
        text += note
        room -= note.utf8.count
    }

    /// A table whose rows may be cut.
    mutating func add(table titles: [String], _ rows: [[String]], title: String = "") {
        guard !rows.isEmpty else { return }
        add(rows.map(Markdown.row), under: (title.isEmpty ? "" : title + "\n\n") + Markdown.table(titles, []))
    }
}
