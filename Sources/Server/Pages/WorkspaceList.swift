internal import Charts
internal import Pages

extension WebPage {
    /// The workspaces that are served, each with a way to its pages.
    static let workspaceList = WebPage("/ui", policy: .document) { context, call throws(Refusal) in
        let items = context.names.map { name -> HTML in
            "<li><a href=\"/ui/\(WorkspacePages.escaped(name))/index.html\"><bdi>\(name)</bdi></a></li>"
        }
        let list: HTML = items.isEmpty ? "<p class=\"lead\">There is no workspace.</p>" : "<ul class=\"plain\">\(items)</ul>"
        return PageFrame.document(
            title: "Workspaces · Bursar", version: context.version,
            "<main id=\"main\"><h1>Workspaces</h1><div class=\"card\">\(list)</div>\(WorkspacePages.signOut(call))</main>")
    }
}
