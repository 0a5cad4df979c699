/// Names as tags, resources and bills may hold them, made to do something where a message is shown.
enum HostileNames {
    static let all = [
        // Slack
        "<!channel>", "<!here|here>", "<!everyone>", "<@U012AB3CD>", "<#C024BE7LR>", "<https://evil.example|Click>", "&lt;!channel&gt;",
        "@channel",
        // Markdown
        "[click](javascript:alert(1))", "[x](https://evil.example)", "![x](https://evil.example/p.png)", "**bold** _it_ ~~s~~",
        "`code` ```block```",
        "| a | b |", "# title", "> quote", "1. list", "- [ ] box",
        // Teams
        "<at>Everyone</at>", "{{DATE(2026-11-01)}}", "{\"type\":\"mention\"}", "${data}",
        // HTML
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</div><b>", "\" onclick=\"x", "&amp;", "<!-- -->",
        // Code hosts
        "@octocat", "#123", "org/repo#1", "closes #1", "https://evil.example/",
        // Headers of mails and of HTTP
        "a\r\nBcc: victim@example.com", "a\nX-Evil: 1", "a\r\n\r\nbody", "=?utf-8?q?x?=", "\"a\" <b@c>",
        // Control characters and bidirectional text
        "\u{1B}[31mred", "\u{7}", "\u{0}", "\u{202E}evil", "\u{200B}", "\u{2028}line", "\u{FEFF}", "a\u{301}\u{301}\u{301}",
        // JSON, YAML, shells
        "\"}],\"x\":[{\"y\":\"", "\\", "\\u003c", "'; rm -rf /; '", "$(id)", "`id`", "|id", "--option", "%s%n", "{{7*7}}",
        "${jndi:ldap://x}",
        // Long ones
        String(repeating: "a", count: 5_000), String(repeating: "&<>", count: 3_000), String(repeating: "😀", count: 2_000),
    ]
}
