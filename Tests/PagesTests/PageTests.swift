import Charts
import CostModel
import Foundation
import Game
import Reporting
import Testing

@testable import Pages

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("pages for people")
struct PageTests {
    /// What a page is made of, read as XML without its own style and script.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [String: Int] = [:]
        var attributes: Set<String> = []
        var links: Set<String> = []
        var identifiers: [String] = []
        var references: Set<String> = []
        var text = ""

        init?(_ page: HTML) {
            super.init()
            var markup = page.markup.replacing("<!doctype html>\n", with: "")
            for own in [PageStyle.text, PageStyle.script] {
                guard markup.components(separatedBy: own).count == 2 else { return nil }
                markup = markup.replacing(own, with: "")
            }
            let parser = XMLParser(data: Data(markup.utf8))
            parser.delegate = self
            guard parser.parse() else { return nil }
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes given: [String: String]
        ) {
            elements[name, default: 0] += 1
            attributes.formUnion(given.keys)
            if let link = given["href"] ?? given["src"] ?? given["action"] { links.insert(link) }
            if let id = given["id"] { identifiers.append(id) }
            for key in ["aria-labelledby", "aria-describedby"] {
                references.formUnion(given[key]?.split(separator: " ").map(String.init) ?? [])
            }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    private static let elements: Set = [
        "a", "article", "bdi", "body", "br", "caption", "circle", "code", "dd", "desc", "details", "div", "dl", "dt", "figcaption",
        "figure",
        "footer", "g", "h1", "h2", "h3", "head", "header", "html", "li", "main", "meta", "nav", "p", "path", "pre", "rect", "script",
        "section",
        "span", "strong", "style", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "time", "title", "tr", "ul",
    ]
    private static let attributes: Set = [
        "aria-current", "aria-label", "aria-labelledby", "charset", "class", "content", "cx", "cy", "d", "data-table", "data-v", "datetime",
        "fill-opacity", "height", "href", "http-equiv", "id", "lang", "name", "r", "rel", "role", "rx", "scope", "stroke-dasharray",
        "stroke-linejoin", "stroke-opacity", "stroke-width", "tabindex", "viewBox", "width", "x", "y",
    ]

    @Test("hold whatever names somebody chooses as text: nothing is run, loaded or broken out of", arguments: HostileText.all)
    func hostile(name: String) throws {
        let site = Sites.full(name)
        let pages = SitePages(site)
        let names = Set(pages.all)
        #expect(names.count == 16)
        for page in pages.all {
            let html = try #require(pages.page(page))
            let reader = try #require(Reader(html), "\(page) is not well formed")
            #expect(Set(reader.elements.keys).isSubset(of: Self.elements), "\(page)")
            #expect(reader.attributes.isSubset(of: Self.attributes), "\(page): \(reader.attributes.subtracting(Self.attributes))")
            #expect(
                reader.elements["script"] == 1 && reader.elements["style"] == 1 && reader.elements["main"] == 1
                    && reader.elements["h1"] == 1)
            for link in reader.links {
                #expect(names.contains(link) || link == "#main" || link.hasPrefix("https://forge.example/acme/infra/"), "\(page): \(link)")
                #expect(link.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            }
            #expect(Set(reader.identifiers).count == reader.identifiers.count, "\(page) names two elements alike")
            #expect(reader.references.isSubset(of: reader.identifiers), "\(page) names elements that are not there")
            #expect(html.markup.unicodeScalars.allSatisfy { $0 == "\n" || !$0.properties.isBidiControl && $0.value >= 0x20 }, "\(page)")
        }
    }

    @Test("are the same for the same site, and name every page that they link")
    func same() throws {
        let pages = SitePages(Sites.full("acme"))
        for name in pages.all {
            #expect(pages.page(name) == SitePages(Sites.full("acme")).page(name))
            let page = try #require(pages.page(name))
            let links = try #require(Reader(page)).links.filter { $0.hasSuffix(".html") }
            #expect(links.allSatisfy { pages.page($0) != nil })
        }
        #expect(pages.page("other.html") == nil && pages.page("findings-2.html") == nil && pages.page("") == nil)
    }

    @Test("say what is not known, and never show it as nothing")
    func empty() throws {
        let pages = SitePages(Sites.empty())
        for name in pages.all {
            let page = try #require(pages.page(name))
            let reader = try #require(Reader(page))
            #expect(!reader.text.contains("$0"), "\(name)")
        }
        #expect(try #require(pages.page("savings.html")).markup.contains("keeps a ledger"))
    }

    @Test("of the game show nobody's last place, and to who does not play nothing of it")
    func noLastPlace() throws {
        var site = Sites.full("acme", teams: 6)
        let names = site.teams.map(\.team)
        let html = try #require(SitePages(site).page("season.html"))
        let season = try #require(Reader(html)).text
        #expect(season.contains("acme1") && !season.contains("acme4") && !season.contains("acme5"))
        site.game?.players = [names[0]]
        let page = try #require(SitePages(site).page("team-acme1.html")).markup
        #expect(page.contains("This team takes no part") && !page.contains("class=\"bingo\""))
    }

    @Test("that nothing is known of say so, and have no number")
    func unknownGame() throws {
        var site = Sites.full("acme")
        site.game = nil
        site.caught = nil
        site.prevented = .unknown("the ledger knows less than 56 days before")
        let pages = SitePages(site)
        for (name, words) in [
            ("campaigns.html", "has judged once"), ("season.html", "has judged once"),
            ("prevented.html", "Nobody has looked through merges yet"),
            ("findings.html", "not known"), ("prevented.html", "the ledger knows less than 56 days before"),
        ] { #expect(try #require(pages.page(name)).markup.contains(words), "\(name)") }
        #expect(try !#require(pages.page("team-acme.html")).markup.contains("Bingo"))
    }

    @Test("of ten thousand findings and two hundred teams are at most a megabyte each")
    func large() throws {
        var site = Sites.full("payments-and-a-rather-long-name", teams: 200, findings: 10_000)
        site.references = Sites.references("a-module-with-a-rather-long-name", machines: 2_000)
        let pages = SitePages(site)
        #expect(pages.all.count == 12 + 20 + 1 + 200)
        var shown = 0
        // For a browser, which `Tests/Acceptance/pages.py --paint` opens them in.
        let folder = ProcessInfo.processInfo.environment["BURSAR_LARGE_PAGES"]
        for name in pages.all {
            let page = try #require(pages.page(name)).markup
            if let folder { try page.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8) }
            #expect(page.utf8.count <= 1 << 20, "\(name) has \(page.utf8.count) bytes")
            if name.hasPrefix("findings") { shown += page.components(separatedBy: "<code>f-").count - 1 }
        }
        #expect(shown == 10_000)
    }

    @Test(
        "show what is asked of them",
        arguments: [
            ("index.html", ["2026-11 so far", "$450", "$900 to $1,000", "50 % spent", "bursar plan --out plan", "−$332"]),
            ("teams.html", ["87", "★★★ gold", "4 weeks", "+7 since last week"]),
            ("team-acme.html", ["From 100 to 87", "−12.00", "25 %", "Patch"]),
            ("findings.html", ["accepted", "new", "patch", "acme:1"]), ("fixed.html", ["2026-10-30"]),
            ("savings.html", ["$16/month", "vested"]),
            ("budgets.html", ["$450 spent of $900", "$950 expected"]), ("exemptions.html", ["2026-11-05", "expiring"]),
            ("requests.html", ["acme #7", "open"]),
            ("exemptions.html", ["End within 14 days", "$9.00/month at stake then"]),
            (
                "commitments.html",
                [
                    "25.0 %", "in 9 days", "not stated", "2.0000 USD/h", "3.4 % of 1,000 futures", "Nothing to commit to",
                    "$4.00 of usage does not say",
                ]
            ),
            (
                "campaigns.html",
                [
                    "20 days left", "begins in 5 days", "What is left of acme", "is wanted",
                    "caught on the way: 1 finding; 1 merge was judged",
                ]
            ),
            (
                "season.html",
                ["Season 2026-Q4", "25 days judged to 2026-10-25", "season-2026-Q3", "the same kind of patch fits 7 places", "$70"]
            ),
            (
                "team-acme.html",
                ["Season 2026-Q4", "Bingo: ", "✓ fixed", "✓ learned", "○ to learn", "✗ lost", "and 2 more", "git apply plan/acme0.patch"]
            ),
            (
                "prevented.html",
                ["Prevented in 28 days", "2 opened, 5 in as many days before", "4 came as one commit", "f-c", "bbbbbbbbbbbb"]
            ),
            ("findings.html", ["Prevented in 28 days", "1 finding caught on the way"]),
            ("references.html", ["3 blocks, 2 references", "t.acmemachine0", "not on the bill", "$2.00/month"]),
        ] as [(String, [String])])
    func shown(name: String, words: [String]) throws {
        let page = try #require(SitePages(Sites.full("acme")).page(name))
        let text = try #require(Reader(page)).text
        for word in words { #expect(text.contains(word), "'\(word)' is not on \(name)") }
    }

    @Test(
        "link files and commits only where an address is plain",
        arguments: [
            ("https://github.com/acme/infra", "https://github.com/acme/infra/blob/C/x/a%20b.tf#L3"),
            ("https://gitlab.com/acme/infra.git", "https://gitlab.com/acme/infra/-/blob/C/x/a%20b.tf#L3"),
            ("https://gitea.example/acme/infra/", "https://gitea.example/acme/infra/src/commit/C/x/a%20b.tf#L3"),
            ("javascript:alert(1)", nil), ("https://a:b@github.com/x/y", nil), ("https://x/\"onload=", nil), ("/etc", nil), ("", nil),
        ] as [(String, String?)])
    func code(base: String, expected: String?) {
        let commit = String(repeating: "c", count: 40)
        let link = CodeLinks(base: base, commit: commit, prefix: "x")?.file(Place(file: "a b.tf", line: 3))
        #expect(link == expected?.replacing("/C/", with: "/\(commit)/"))
    }

    @Test("leave the rest of the page to a policy that allows their own style and script, and nothing else")
    func policy() throws {
        let page = try #require(SitePages(Sites.full("acme")).page("index.html")).markup
        #expect(page.contains("style-src &apos;sha256-\(PageStyle.digest(PageStyle.text))&apos;"))
        #expect(page.contains("script-src &apos;sha256-\(PageStyle.digest(PageStyle.script))&apos;"))
        #expect(PageStyle.digest("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        #expect(!page.contains(" style=") && !PageStyle.script.contains("innerHTML"))
    }
}
