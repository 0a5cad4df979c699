import Diagnostics

/// What edits want to know about the lines around an offset.
struct SourceLines {
    let file: SourceFile
    /// The line ending new lines get: the file's first one.
    let ending: String

    init(_ file: SourceFile) {
        self.file = file
        let first = file.contentRange(ofLine: 1).upperBound
        ending = first < file.bytes.count && file.bytes[first] == .carriageReturn ? "\r\n" : "\n"
    }

    var bytes: [UInt8] { file.bytes }

    func start(of offset: Int) -> Int {
        let line = file.line(at: offset)
        let start = file.fullRange(ofLine: line).lowerBound
        return line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? min(3, offset) : start
    }

    /// The end of the offset's line without its ending.
    func end(of offset: Int) -> Int { file.contentRange(ofLine: file.line(at: offset)).upperBound }

    func areOnOneLine(_ a: Int, _ b: Int) -> Bool { file.line(at: a) == file.line(at: b) }

    /// The blanks at the beginning of the offset's line.
    func indentation(at offset: Int) -> String {
        let start = start(of: offset)
        return file.text(start..<min(start + bytes[start...].prefix(while: \.isBlank).count, end(of: offset)))
    }

    /// One step further in than the offset's line.
    func deeperIndentation(at offset: Int) -> String {
        let outer = indentation(at: offset)
        return outer + (outer.hasPrefix("\t") ? "\t" : "  ")
    }

    /// Whether only blanks stand in front of the offset on its line.
    func isFirstOnLine(_ offset: Int) -> Bool { bytes[start(of: offset)..<offset].allSatisfy(\.isBlank) }

    /// Whether the line behind the offset's line is blank, or there is none.
    func isFollowedByBlank(_ offset: Int) -> Bool {
        let line = file.line(at: offset)
        return line >= file.lineCount || bytes[file.contentRange(ofLine: line + 1)].allSatisfy(\.isBlank)
    }

    /// A text of several lines for a place with this indentation, with the file's line endings.
    func indented(_ text: String, by indentation: String) -> String {
        // A Character, so that "\r\n" is one.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.enumerated().map { $0 == 0 || $1.isEmpty ? String($1) : indentation + $1 }.joined(separator: ending)
    }
}
