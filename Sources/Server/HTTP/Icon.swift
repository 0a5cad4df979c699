/// What a browser shows beside a page's title: bars below a line, as light as dark surroundings ask for.
enum Icon {
    /// Browsers ask for this name unasked.
    static let route = Route("GET", "/favicon.ico", needs: .anybody) { _ in
        Response(contentType: "image/svg+xml", body: Array(text.utf8))
    }

    private static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0072b2"/>\
        <g fill="#fff"><rect x="7" y="12" width="4" height="13"/><rect x="14" y="16" width="4" height="9"/><rect x="21" y="20" width="4" \
        height="5"/><rect x="6" y="7" width="20" height="2"/></g></svg>

        """
}
