internal import CostModel
internal import Patterns

/// Who owns which files, as `CODEOWNERS` says: the last line that matches a path decides.
///
/// The rules are GitHub's; GitLab's sections (`[Database] @dba`) are read too, where lines without owners take the section's. Lines that
/// cannot be read are left out, as code hosts leave them out.
package struct CodeOwners: Sendable {
    /// GitHub reads no larger one either.
    package static let sizeLimit = 3 << 20
    /// Where it is looked for, in this order, wherever the repository is at home.
    package static let places = CodeHost.supports.flatMap(\.codeOwnersPlaces).reduce(into: [String]()) { places, place in
        if !places.contains(place) { places.append(place) }
    }

    private struct Rule {
        var glob: PathGlob
        var owners: [String]
        var section: String
    }

    private let rules: [Rule]

    /// - Returns: no owners at all where the text is too large.
    package init(parsing text: String) {
        guard text.utf8.count <= Self.sizeLimit else {
            rules = []
            return
        }
        var rules: [Rule] = []
        var section = (name: "", owners: [String]())
        for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            let words = Self.words(line)
            guard let first = words.first else { continue }
            if let header = Self.section(line) {
                section = header
                continue
            }
            guard let glob = Self.glob(first) else { continue }
            // A line without owners says that nobody owns it.
            rules.append(Rule(glob: glob, owners: words.count > 1 ? Array(words.dropFirst()) : section.owners, section: section.name))
        }
        self.rules = rules
    }

    /// - Parameter path: relative to the repository.
    /// - Returns: as they are written, `@ada`, `@org/team` or an address of mail; each once, section by section.
    package func owners(of path: String) -> [String] {
        var decided: Set<String> = []
        var owners: [[String]] = []
        for rule in rules.reversed() where !decided.contains(rule.section) && rule.glob.matches(path) {
            decided.insert(rule.section)
            owners.append(rule.owners)
        }
        var seen: Set<String> = []
        return owners.reversed().joined().filter { seen.insert($0).inserted }
    }

    /// Words of a line; `\ ` and `\#` stand for themselves, and a `#` at the beginning of a word starts a comment.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isEscaped = false
        for character in line {
            if isEscaped {
                word.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == " " || character == "\t" {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else if character == "#", word.isEmpty {
                break
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// `[Name]`, `^[Name][2] @owner`.
    private static func section(_ line: Substring) -> (name: String, owners: [String])? {
        var text = line.drop { $0 == " " || $0 == "\t" }
        if text.hasPrefix("^") { text = text.dropFirst() }
        guard text.hasPrefix("["), let end = text.firstIndex(of: "]"), text.index(after: text.startIndex) < end else { return nil }
        let name = text[text.index(after: text.startIndex)..<end].lowercased()
        var rest = text[text.index(after: end)...]
        if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") { rest = rest[rest.index(after: close)...] }
        // Character classes are no patterns here, so a bracket at the beginning is always a section.
        return (name, words(rest))
    }

    /// A pattern with a slash inside is of the root, any other of every depth; it holds a folder's whole content.
    private static func glob(_ pattern: String) -> PathGlob? {
        // GitHub knows neither negation nor classes.
        guard !pattern.hasPrefix("!"), !pattern.contains("["), pattern.utf8.count <= 1024 else { return nil }
        var body = pattern[...]
        let isFolder = body.hasSuffix("/")
        if isFolder { body = body.dropLast() }
        let isRooted = body.contains("/")
        if body.hasPrefix("/") { body = body.dropFirst() }
        if body.isEmpty { body = "**" }
        let base = isRooted || body == "**" ? String(body) : "**/\(body)"
        let written: String
        if isFolder {
            written = "\(base)/*/**"
        } else if base.hasSuffix("**") || (isRooted && (base == "*" || base.hasSuffix("/*"))) {
            // `docs/*` is the folder's own files, not what lies deeper.
            written = base
        } else {
            written = "\(base)/**"
        }
        // What is no pattern owns nothing.
        return try? PathGlob(written)
    }
}
