import Foundation

/// A page of the documentation catalogue, or another file of the repository, as text.
struct Page {
    let text: String

    init(_ path: String) throws { text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8) }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func catalogue(_ name: String) throws -> Page { try Page("Sources/Commands/Commands.docc/\(name).md") }

    /// The names in a folder, sorted.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
    }

    /// What stands below a heading, up to the next of the same rank or above; empty without it.
    func section(_ heading: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let level = heading.prefix { $0 == "#" }.count
        let below = lines.drop { $0 != heading }.dropFirst()
        return below.prefix { line in
            let marks = line.prefix { $0 == "#" }.count
            return marks == 0 || marks > level
        }.joined(separator: "\n")
    }

    /// All matches' first group, in order.
    func all(_ pattern: String) throws -> [String] {
        try text.matches(of: Regex(pattern).anchorsMatchLineEndings()).compactMap { $0[1].substring.map(String.init) }
    }

    /// The text in one line, however it is wrapped.
    var unwrapped: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension Page {
    init(text: String) { self.text = text }
}
