package import Diagnostics

/// A comment of a file, with where it stands among the code.
package struct Comment: Hashable, Sendable {
    /// From `#`, `//` or `/*` on; without the line's end.
    package var range: Range<Int>
    /// Whether nothing else stands on its line.
    package var standsAlone: Bool
    /// `/* … */`
    package var isBlock: Bool

    /// What is written behind the sign that begins it.
    package func text(in file: SourceFile) -> String {
        let isHash = file.bytes[range.lowerBound] == UInt8(ascii: "#")
        let start = min(range.lowerBound + (isHash ? 1 : 2), range.upperBound)
        // A block that the file ends in has no sign at its end.
        let isClosed = isBlock && file.bytes[start..<range.upperBound].suffix(2).elementsEqual("*/".utf8)
        return file.text(start..<range.upperBound - (isClosed ? 2 : 0))
    }

    /// All comments of a file, in its order. What looks like one inside a string or a heredoc is none.
    package static func all(in file: SourceFile) -> [Comment] {
        var scanner = LayoutScanner(file.bytes, from: file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        var comments: [Comment] = []
        // Whether something stands on the line already, and whether its last comment is a block that code may follow.
        var isEmpty = true
        var open: Int?
        while true {
            let (event, range) = scanner.next()
            switch event {
            case .end: return comments
            case .newline:
                isEmpty = true
                open = nil
            case .comment, .blockComment:
                comments.append(Comment(range: range, standsAlone: isEmpty, isBlock: event == .blockComment))
                if isEmpty, event == .blockComment { open = comments.count - 1 }
                isEmpty = false
            default:
                if let index = open { comments[index].standsAlone = false }
                open = nil
                isEmpty = false
            }
        }
    }
}
