package import Charts
import CostModel
import Reporting

/// What stands around every page: its head, the way to the others, and what it was made of.
package struct PageFrame: Sendable {
    /// A page's place in the bar at the top.
    struct Link {
        var name: String
        var title: String
    }

    let workspace: String
    let context: ReportContext
    let toolVersion: String
    let links: [Link]
    /// What a server adds beside the workspace's name, such as a way to sign out.
    let corner: HTML
    /// Nil: of a report.
    let live: LivePage?

    /// - Parameters:
    ///   - current: the file name of the page in the bar that it belongs to.
    func page(_ title: String, current: String, _ body: HTML) -> HTML {
        let items = links.map { link -> HTML in
            let mark: HTML = link.name == current ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(link.name)\"\(mark)>\(link.title)</a></li>"
        }
        return Self.document(
            title: "\(title.clipped(to: 120)) · \(workspace.clipped(to: 80))", version: toolVersion, live: live,
            """
            <header><div class="brand">Bursar · <bdi>\(workspace.clipped(to: 120))</bdi>\(corner)</div><nav aria-label="Pages"><ul>\(items)</ul></nav></header>\
            <main id="main">\(gap)\(body)</main><footer><p>Made by bursar \(toolVersion) of \(context.shortRevision.clipped(to: 80)) as of \
            <time datetime="\(context.evaluatedAt.description)">\(context.evaluatedAt.description)</time>. Amounts are effective cost; \
            a month is a twelfth of a year.</p></footer>
            """)
    }

    /// Before every sum that may be a part.
    private var gap: HTML { Self.gap(context) }

    static func gap(_ context: ReportContext) -> HTML {
        context.gapSentence.map { "<p class=\"lead\">\(Parts.chip("not observed", .bad)) \($0.clipped(to: 300))</p>" } ?? ""
    }

    /// A whole page with its style and its script.
    package static func document(title: String, version: String, live: LivePage? = nil, _ body: HTML) -> HTML {
        let asks: HTML =
            live == nil ? "" : " &apos;sha256-\(LivePage.scriptDigest)&apos;; connect-src &apos;self&apos;; img-src &apos;self&apos;"
        let script: HTML? = live.map { live in
            """
            <script data-events="\(LivePage.events)" data-version="\(live.version)">\(HTML(stringLiteral: LivePage.script))</script>
            """
        }
        let icon: HTML = live == nil ? "" : "<link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.ico\"/>"
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>\
            <meta http-equiv="Content-Security-Policy" content="default-src &apos;none&apos;; style-src &apos;sha256-\(PageStyle.textDigest)&apos;; \
            script-src &apos;sha256-\(PageStyle.scriptDigest)&apos;\(asks); form-action &apos;self&apos;; base-uri &apos;none&apos;"/>\
            <meta name="referrer" content="no-referrer"/><meta name="generator" content="bursar \(version)"/><title>\(title)</title>\(icon)\
            <style>\(HTML(stringLiteral: PageStyle.text))</style></head><body><a class="skip" href="#main">Skip to the content</a>\(body)\
            <script>\(HTML(stringLiteral: PageStyle.script))</script>\(script)</body></html>

            """
    }

    /// The digests of the style and of the script, for a server's own policy.
    package static var digests: (style: String, script: String) { (PageStyle.textDigest, PageStyle.scriptDigest) }
}

/// The style inside of a picture, for a server's policy.
package enum PictureStyle {
    package static let digest = PageStyle.digest(ChartStyle.rules)
}
