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

    /// A section of rows under a head; nothing where there are none. Rows that do not fit are not even written.
    mutating func add<Row>(_ rows: [Row], under head: String = "", write: (Row) -> String) {
        guard !rows.isEmpty else { return }
        var section = text.isEmpty ? head : "\n" + head
        var left = room - section.utf8.count - Self.noteSize
        var shown = 0
        for row in rows {
            let line = write(row)
            left -= line.utf8.count
            guard left >= 0 else { break }
            section += line
            shown += 1
        }
        if shown > 0 {
            text += section
            room -= section.utf8.count
        }
        if shown < rows.count { drop(rows.count - shown) }
    }

    /// Bytes that are kept for saying how many rows do not fit.
    private static var noteSize: Int { 40 }

    private mutating func drop(_ count: Int) {
        let note = "\nand \(count) more\n"
        guard room > note.utf8.count else { return }
        text += note
        room -= note.utf8.count
    }

    /// A table whose rows may be cut.
    mutating func add<Row>(table titles: [String], _ rows: [Row], title: String = "", cells: (Row) -> [String]) {
        add(rows, under: (title.isEmpty ? "" : title + "\n\n") + Markdown.table(titles, [])) { Markdown.row(cells($0)) }
    }
}
