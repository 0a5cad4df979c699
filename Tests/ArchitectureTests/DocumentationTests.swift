import CEL
import Conditions
import CostModel
import Foundation
import PolicyLanguage
import Testing

@testable import Commands

/// What a page names must be there: a key that nobody reads, a folder that moved and an option that went are found here, on every page.
@Suite("the pages name only what exists")
struct DocumentationTests {
    // MARK: Keys

    /// Every path of keys that policies and the operator's documents can have, `require[].key`.
    private static let keyPaths: Set<[String]> = {
        var paths: Set<[String]> = []
        func walk(_ value: ValueDescription, _ path: [String]) {
            switch value {
            case .object(let object): for field in object.fields { step(field, path) }
            case .list(let element, _):
                guard let last = path.last else { return }
                paths.insert(path.dropLast() + [last + "[]"])
                walk(element, path.dropLast() + [last + "[]"])
            case .either(let values): for value in values { walk(value, path) }
            default: break
            }
        }
        func step(_ field: FieldDescription, _ path: [String]) {
            paths.insert(path + [field.key])
            walk(field.value, path + [field.key])
        }
        for field in Kinds.envelope.fields { step(field, []) }
        for kind in PolicyKind.allCases { for field in Kinds.spec(of: kind).fields { step(field, []) } }
        for field in ConfigurationLoader.description.fields + ConfigurationLoader.clientsDescription.fields { step(field, []) }
        return paths
    }()

    /// Names by which expressions begin: `team.costCenter` is one.
    private static let variables = Set(Vocabulary.Subject.allCases.flatMap { Vocabulary.variables(of: $0).map(\.name) })

    /// Dotted words of others.
    private static let foreignPaths: Set = [
        // Settings of Git.
        "core.hooksPath", "transfer.fsckObjects",
        // Addresses of Terraform.
        "each.key", "local.common", "local.tags", "module.ledger", "terraform.workspace",
        // Slack's name of what a bot calls.
        "chat.postMessage",
    ]

    @Test("a path of keys is one of the schema's", arguments: Documentation.pages)
    func paths(page: String) throws {
        for span in try Page(page).codeSpans {
            guard span.wholeMatch(of: /[a-z][A-Za-z]*(\[\])?(\.[a-z][A-Za-z]*(\[\])?)+/) != nil, !Self.isFile(span) else { continue }
            let keys = span.split(separator: ".").map(String.init)
            guard !Self.variables.contains(keys[0]), !Self.foreignPaths.contains(span) else { continue }
            // What a Notification tells of is spelled like a path.
            guard NotificationPolicy.Event(rawValue: span) == nil else { continue }
            #expect(Self.keyPaths.contains { $0.holds(keys) }, "\(page) names the key '\(span)'")
        }
    }

    /// Kubernetes' words, which are spelled like keys of ours.
    private static let foreignWords: Set = ["defaultMode", "fsGroup"]

    @Test("a word that is spelled like a key is one that something of ours reads or writes", arguments: Documentation.pages)
    func words(page: String) throws {
        for span in try Page(page).codeSpans {
            guard let match = span.wholeMatch(of: /([a-z]+[A-Z][A-Za-z]*)(: .*)?/) else { continue }
            let word = String(match.1)
            #expect(Sources.literals.contains(word) || Self.foreignWords.contains(word), "\(page) names '\(span)'")
        }
    }

    // MARK: Files and folders

    private static let extensions: Set = [
        "yaml", "yml", "json", "html", "md", "svg", "tf", "tfvars", "sqlite", "patch", "swift", "py", "h", "modulemap", "sql", "service",
        "timer",
    ]

    private static func isFile(_ span: String) -> Bool { extensions.contains(span.split(separator: ".").last.map(String.init) ?? "") }

    /// Below these folders a path in back-ticks is a path of this repository.
    private static let roots: Set = ["Sources", "Tests", "examples", "hooks", "policies"]

    @Test("a file or a folder of this repository is there", arguments: Documentation.pages)
    func files(page: String) throws {
        let folder = Page.root.appending(path: page).deletingLastPathComponent()
        for span in try Page(page).codeSpans {
            let parts = span.split(separator: "/")
            // Words in capitals stand for what a reader puts there.
            guard !span.hasPrefix("/"), parts.count > 1, Self.roots.contains(String(parts[0])),
                !parts.contains(where: { $0.wholeMatch(of: /[A-Z]+(\..*)?/) != nil })
            else { continue }
            let isThere = [Page.root, folder].contains { FileManager.default.fileExists(atPath: $0.appending(path: span).path) }
            #expect(isThere, "\(page) names '\(span)'")
        }
    }

    @Test("a Swift file or a type that the pages for contributors name is there", arguments: ["Contributing", "Commands"])
    func names(page: String) throws {
        let files = Sources.files.map { $0.path.split(separator: "/").last.map(String.init) }
        let folders = Set(Sources.files.flatMap { $0.path.split(separator: "/").dropLast().map(String.init) } + Self.otherFolders)
        // Types of the tests that are worth copying stand in files of their name.
        let tests = try FileManager.default.subpathsOfDirectory(atPath: Page.root.appending(path: "Tests").path)
        let testFiles = Set(tests.compactMap { $0.split(separator: "/").last.map(String.init) })
        for span in try Page.catalogue(page).codeSpans {
            if span.wholeMatch(of: /[A-Z][A-Za-z+]*\.swift/) != nil {
                #expect(files.contains(span), "\(page) names '\(span)'")
            } else if span.wholeMatch(of: /[A-Z][a-z]+[A-Za-z]*(\.[a-z][A-Za-z]*)?/) != nil {
                let name = String(span.prefix { $0 != "." })
                let isOurs = Sources.types[name] != nil || folders.contains(name) || testFiles.contains("\(name).swift")
                let isKnown = isOurs || Self.foreignTypes.contains(name)
                #expect(isKnown, "\(page) names '\(span)'")
            }
        }
    }

    private static let otherFolders = ["Decisions"]
    private static let foreignTypes: Set = ["Double", "Error"]

    // MARK: Commands

    @Test("a command line is one of a command of ours, with its options", arguments: Documentation.pages)
    func commands(page: String) throws {
        let page = (name: page, text: try Page(page))
        for line in try page.text.codeSpans.filter({ $0.hasPrefix("bursar ") }) + page.text.codeLines.flatMap(Self.invocations) {
            let words = line.split(separator: " ").map(String.init)
            guard words.count > 1, !["help", "--version", "--help"].contains(words[1]) else { continue }
            let command = Registry.commands.first { $0.name == words[1] }
            #expect(command != nil, "\(page.name): '\(line)'")
            let known = Set((command?.allOptions ?? []).flatMap(\.names))
            for word in words.dropFirst(2) where word.hasPrefix("--") {
                #expect(known.contains(String(word.prefix { $0 != "=" })), "\(page.name): '\(word)' of '\(line)'")
            }
        }
    }

    /// The calls of ours in a line of a shell.
    private static func invocations(in line: String) -> [String] {
        let code = line.split(separator: " #", maxSplits: 1).first.map(String.init) ?? line
        return code.split(whereSeparator: { "|;&()>".contains($0) }).map { String($0).trimmingCharacters(in: .whitespaces) }.compactMap {
            part in
            part.firstMatch(of: /^(?:- run: |script: )?(?:\.build\/release\/)?(bursar [a-z].*)$/).map { String($0.1) }
        }
    }

    /// Options of git.
    private static let foreignOptions: Set = ["--force-with-lease", "--porcelain", "--check", "--unidiff-zero"]

    @Test("an option is one of some command of ours", arguments: Documentation.pages)
    func options(page: String) throws {
        let known = Set(Registry.commands.flatMap(\.allOptions).flatMap(\.names))
        for span in try Page(page).codeSpans {
            guard let match = span.prefixMatch(of: /--[a-z][a-z-]*/) else { continue }
            #expect(known.contains(String(match.0)) || Self.foreignOptions.contains(String(match.0)), "\(page) names '\(span)'")
        }
    }

    // MARK: Metrics

    private static let metricNames = Sources.literals.filter { $0.hasPrefix("bursar_") }

    @Test("a metric is one that is written", arguments: Documentation.pages + ["examples/deploy/bursar-alerts.yml"])
    func metrics(page: String) throws {
        for match in try Page(page).text.matches(of: /\b(bursar_[a-z_]*[a-z])\b/) {
            let name = String(match.1.replacing(/_(bucket|sum|count)$/, with: ""))
            #expect(Self.metricNames.contains(name), "\(page) names '\(match.1)'")
        }
    }

    @Test("and every metric that is written stands on the server's page")
    func allMetrics() throws {
        #expect(Self.metricNames.count > 10, "the metrics were not found")
        #expect(try Set(Page.catalogue("Server").all("`(bursar_[a-z_]+)`")) == Self.metricNames)
    }
}

extension [String] {
    /// Whether a path stands somewhere in this one, with lists or without: pages write `cost[].name`, and `fix.set` of a rule.
    fileprivate func holds(_ part: [String]) -> Bool {
        func bare(_ key: String) -> Substring { key.hasSuffix("[]") ? key.dropLast(2) : key[...] }
        guard count >= part.count else { return false }
        return (0...(count - part.count)).contains { start in
            zip(self[start...], part).allSatisfy { bare($0) == bare($1) && (!$1.hasSuffix("[]") || $0.hasSuffix("[]")) }
        }
    }
}
