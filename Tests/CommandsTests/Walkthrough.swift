import Foundation
import TestSupport

@testable import Commands

/// A page of documentation as a script: the commands in its `sh` blocks are run, and a `text` block shows what the last of them printed.
///
/// A line with nothing but `…` in a shown block stands for any number of lines. Ids of commits and digests of plans are not compared: they
/// change with every file beside the example.
struct Walkthrough {
    /// A command of the page, and the output that the page shows for it.
    struct Step {
        var command: String
        var lineNumber: Int
        var shown: [String]?
        /// The shown lines' numbers in the page, from 0.
        var shownAt = 0..<0
    }

    /// - Parameter isRun: whether a line of an `sh` block is part of the script.
    static func steps(of page: String, where isRun: (String) -> Bool) -> [Step] {
        var steps: [Step] = []
        var fence: String?
        var start = 0
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            switch fence {
            case nil:
                if line.hasPrefix("```") { (fence, start) = (line, index + 1) }
            case "```text" where line == "```":
                if !steps.isEmpty, steps[steps.count - 1].shown == nil {
                    steps[steps.count - 1].shown = Array(lines[start..<index])
                    steps[steps.count - 1].shownAt = start..<index
                }
                fence = nil
            case _ where line == "```": fence = nil
            case "```sh":
                let command = line.components(separatedBy: " #")[0].trimmingCharacters(in: .whitespaces)
                if isRun(command) { steps.append(Step(command: command, lineNumber: index + 1)) }
            default: break
            }
        }
        return steps
    }

    /// The first shown line that the output does not have, or nil.
    static func mismatch(shown: [String], output: [String]) -> String? {
        var rest = output.map(comparable)[...]
        var parts = shown.map(comparable).split(separator: "…", omittingEmptySubsequences: false)[...]
        guard let head = parts.popFirst() else { return nil }
        if let bad = difference(head, rest.prefix(head.count)) { return bad }
        rest = rest.dropFirst(head.count)
        guard let tail = parts.popLast() else { return rest.first.map { "not shown: \($0)" } }
        for part in parts {
            guard let at = rest.indices.first(where: { rest[$0...].starts(with: part) }) else {
                return part.first.map { "not printed: \($0)" }
            }
            rest = rest[at...].dropFirst(part.count)
        }
        return difference(tail, rest.suffix(tail.count))
    }

    private static func difference(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> String? {
        if shown.elementsEqual(printed) { return nil }
        for (ours, theirs) in zip(shown, printed) where ours != theirs { return "shown: \(ours)\nprinted: \(theirs)" }
        return "\(shown.count) lines are shown, \(printed.count) printed"
    }

    private static func comparable(_ line: String) -> String {
        // Ids of findings keep their 'f-': they say what a finding is about and stay. So do fingerprints.
        if line.contains("\"fingerprint\"") || line.contains("bursarFinding/") { return line }
        return line.replacing(/(?<before>^|[^\w-])[0-9a-f]{12,64}(-dirty)?(?=\W|$)/) { "\($0.before)ID" }
    }

    /// The shown lines, renewed: as many from the beginning and from the end as there were, and between two `…` from the same first line.
    ///
    /// - Returns: nil when such a first line is not printed any more.
    static func renewed(_ shown: [String], from output: [String]) -> [String]? {
        let parts = shown.split(separator: "…", omittingEmptySubsequences: false)
        guard parts.count > 1, let head = parts.first, let tail = parts.last else { return output }
        var result = Array(output.prefix(head.count))
        for part in parts.dropFirst().dropLast() {
            guard let first = part.first, let at = output.firstIndex(of: first) else { return nil }
            result += ["…"] + output[at...].prefix(part.count)
        }
        return result + ["…"] + output.suffix(tail.count)
    }
}
