import Charts
import CostModel
import Reporting

/// A table that can be read as it is, and sorted and filtered where there is a script.
struct PageTable {
    struct Column {
        enum Kind { case text, number, day, sentence, path }

        var title: String
        var kind: Kind

        init(_ title: String, _ kind: Kind = .text) {
            self.title = title
            self.kind = kind
        }
    }

    struct Cell {
        var shown: HTML
        /// What it is sorted by; nil: by what it shows.
        var key: String?

        init(_ shown: HTML, key: String? = nil) {
            self.shown = shown
            self.key = key
        }

        /// A text of a repository.
        init(text: String, most: Int = 300) { self.init("<bdi>\(text.clipped(to: most))</bdi>") }

        /// - Parameter suffix: `/month`.
        init(_ money: Money?, _ suffix: String = "") {
            guard let money else {
                self.init("<span class=\"mute\">–</span>", key: "")
                return
            }
            self.init("\(money.short)\(suffix)", key: money.amount.rounded(to: 2, grouped: false))
        }

        init(_ number: Int?) { self.init("\(number.map(String.init) ?? "–")", key: number.map(String.init) ?? "") }
        init(_ day: Day?) { self.init("\(day?.description ?? "–")", key: day?.description ?? "") }
    }

    var caption: String
    var columns: [Column]
    /// The first cell of each names its row.
    var rows: [[Cell]]

    init(_ caption: String, _ columns: [Column], _ rows: [[Cell]]) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }

    var html: HTML {
        let head = columns.map { column -> HTML in
            "<th scope=\"col\"\(column.kind == .number ? " class=\"num\"" as HTML : "")>\(column.title)</th>"
        }
        let body = rows.map { row -> HTML in
            let cells = zip(columns, row).enumerated().map { index, pair -> HTML in
                let (column, cell) = pair
                let key: HTML = cell.key.map { " data-v=\"\($0)\"" } ?? ""
                if index == 0 { return "<th scope=\"row\"\(look(column))\(key)>\(cell.shown)</th>" }
                return "<td\(look(column))\(key)>\(cell.shown)</td>"
            }
            return "<tr>\(cells)</tr>\n"
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(caption), table" data-table="Filter \(caption.lowercased())"><table>\
            <caption class="away">\(caption)</caption><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>
            """
    }

    private func look(_ column: Column) -> HTML {
        switch column.kind {
        case .text: ""
        case .number: " class=\"num\""
        case .day: " class=\"day\""
        case .sentence: " class=\"say\""
        case .path: " class=\"path\""
        }
    }
}
