/// Names as somebody would choose them who wants a page to run, hide or break something.
enum HostileText {
    private static let core = [
        "<script>alert(1)</script>", "\" onload=\"alert(1)", "' onmouseover='alert(1)", "</title><script>x</script>",
        "</style><script>x</script>",
        "]]>", "<![CDATA[x", "<!--", "-->", "javascript:alert(1)", "&lt;script&gt;", "&#x3c;img src=x&#x3e;",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>", "</svg>", "</table></main>", "{{7*7}}", "${7*7}", "`x`", "\\\"", "\u{0}", "\u{1B}[31mred",
        "\r\nSet-Cookie: a=b",
        "\u{202E}gnp.exe", "\u{2066}a\u{2069}", "\u{200B}", "\u{FEFF}", "עברית", "العربية", "\u{FFFE}", "𝓊𝓃𝒾", "👩‍👩‍👧‍👦",
        "e\u{301}\u{301}\u{301}",
        "../../etc/passwd", "a/b?c=d#e", "%3Cscript%3E", "data:text/html,<script>x</script>", "=cmd|' /C calc'!A0",
        "<a href=\"//evil\">x</a>", "",
    ]

    /// Two hundred: each alone, with words around it, many times, quoted, and in a path.
    static let all: [String] = core.enumerated().flatMap { index, text in
        [text, "team \(text) \(index)", String(repeating: text + "x", count: 40), "\"\(text)'", "a/\(text)/b.tf"]
    }
}
