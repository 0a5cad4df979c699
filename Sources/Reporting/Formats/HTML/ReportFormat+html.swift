package import Charts

/// A report that is also a page for mail: style stands in each element, nothing is loaded, and there is no script.
package protocol PageReport: Report {
    func html() -> HTML
}

extension ReportFormat {
    static let html = ReportFormat(
        "html", is: "a page for mail: `report --weekly` and `--monthly`, and `season`", readBy: "mail programs, browsers",
        accepts: { $0 is any PageReport.Type },
        write: { report, _ in (report as? any PageReport).map { Array($0.html().markup.utf8) } })
}

/// The parts of a page for mail. Mail programs drop style sheets and know tables best, so that every element says how it looks.
enum MailPage {
    static func document(_ title: String, _ body: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><title>\(title)</title>\
        </head><body style="margin:0;padding:16px;background:#ffffff;color:#1a1a1a;font:15px/1.5 sans-serif"><div style="max-width:800px;\
        margin:0 auto">\(body)</div></body></html>

        """
    }

    static func heading(_ text: String, level: Int = 2) -> HTML {
        level == 1
            ? "<h1 style=\"font-size:22px;margin:24px 0 8px\">\(text)</h1>" : "<h2 style=\"font-size:17px;margin:20px 0 6px\">\(text)</h2>"
    }

    static func list(_ items: [String]) -> HTML {
        items.isEmpty ? "" : "<ul style=\"margin:0;padding-left:20px\">\(items.map { item -> HTML in "<li>\(item)</li>" })</ul>"
    }

    static func note(_ text: String) -> HTML { "<p style=\"margin:6px 0;color:#595959\">\(text)</p>" }

    /// - Parameter titles: a column is aligned to the right where its title ends in a colon.
    static func table(_ titles: [String], _ rows: [[String]]) -> HTML {
        guard !rows.isEmpty else { return "" }
        let sides = titles.map { $0.hasSuffix(":") ? "right" : "left" }
        func cells(_ row: [String], _ element: HTML) -> HTML {
            let cells = zip(row, sides).map { text, side -> HTML in
                "<\(element) style=\"text-align:\(side);padding:4px 8px;border-bottom:1px solid #d0d0d0;vertical-align:top\">\(text)</\(element)>"
            }
            return "<tr>\(cells)</tr>"
        }
        let head = titles.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 }
        return """
            <table style="border-collapse:collapse;width:100%;font-size:14px"><thead>\(cells(head, "th"))</thead><tbody>\
            \(rows.map { cells($0, "td") })</tbody></table>
            """
    }
}
