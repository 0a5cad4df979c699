import Diagnostics

/// Says in plain words what libyaml found wrong, and where a person should look.
enum SyntaxProblem {
    static func diagnostic(for error: ParserError, in source: SourceFile) -> Diagnostic {
        let offset = min(error.offset, source.bytes.count)
        var place = characterRange(at: offset, in: source)
        if error.problem == unknownEscape {
            place.bytes = place.bytes.lowerBound..<characterRange(at: place.bytes.upperBound, in: source).bytes.upperBound
        }
        guard !isEncodingProblem(error.problem) else {
            return Diagnostic(.error, id: "yaml-encoding", encodingMessage(error.problem), at: place)
        }
        let isAtEnd = source.bytes[offset...].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let explanation = explain(error, written: place.text, isAtEnd: isAtEnd)
        let opening = error.contextOffset.map { characterRange(at: min($0, source.bytes.count), in: source) }
        if explanation.isAboutOpening, let opening {
            return Diagnostic(.error, id: "yaml-syntax", explanation.message, at: opening)
        }
        var notes: [Diagnostic.Note] = []
        if let note = explanation.note, let opening, opening.bytes.lowerBound != place.bytes.lowerBound {
            notes.append(.init(note, at: opening))
        }
        return Diagnostic(.error, id: "yaml-syntax", explanation.message, at: place, notes: notes)
    }

    /// The one character at an offset; nothing at a line's or the file's end.
    private static func characterRange(at offset: Int, in source: SourceFile) -> SourceRange {
        guard offset < source.bytes.count, source.bytes[offset] != UInt8(ascii: "\n"), source.bytes[offset] != UInt8(ascii: "\r") else {
            return SourceRange(source, offset..<offset)
        }
        var end = offset + 1
        while end < source.bytes.count, source.bytes[end] & 0xC0 == 0x80 { end += 1 }
        return SourceRange(source, offset..<end)
    }

    // MARK: Encoding

    private static func isEncodingProblem(_ problem: String) -> Bool { problem.contains("UTF-8") || problem.contains("control characters") }

    private static func encodingMessage(_ problem: String) -> String {
        problem.contains("control") ? "control characters are not allowed" : "this is not UTF-8; save the file as UTF-8"
    }

    // MARK: Words

    private static let unknownEscape = "found unknown escape character"

    private struct Explanation {
        var message: String
        /// What stands where libyaml began.
        var note: String?
        /// The place to look at is where it began, not where libyaml gave up.
        var isAboutOpening = false
    }

    private static func explain(_ error: ParserError, written: String, isAtEnd: Bool) -> Explanation {
        let context = error.context ?? ""
        switch error.problem {
        case "found unexpected end of stream" where context.contains("quoted scalar"):
            return Explanation(message: "the quotes that open here are never closed", isAboutOpening: true)
        case "did not find expected ',' or ']'" where isAtEnd:
            return Explanation(message: "the '[' that opens here is never closed", isAboutOpening: true)
        case "did not find expected ',' or '}'" where isAtEnd:
            return Explanation(message: "the '{' that opens here is never closed", isAboutOpening: true)
        case "did not find expected node content":
            return Explanation(message: isAtEnd ? "expected a value, found the end of the file" : "expected a value here")
        case "did not find expected ',' or ']'":
            return Explanation(message: "expected ',' or ']'", note: "the list starts here")
        case "did not find expected ',' or '}'":
            return Explanation(message: "expected ',' or '}'", note: "the mapping starts here")
        case "did not find expected key":
            return Explanation(message: "expected a key here; check the indentation and the quotes", note: "the mapping starts here")
        case "did not find expected '-' indicator":
            return Explanation(message: "expected '- ' here; check the indentation", note: "the list starts here")
        case "mapping values are not allowed in this context":
            return Explanation(message: "':' is not allowed here; put a value that contains ': ' in quotes, or check the indentation")
        case "could not find expected ':'":
            return Explanation(message: "expected ':' behind the key", note: "the key starts here")
        case "found character that cannot start any token" where written == "\t":
            return Explanation(message: "a tab cannot indent; use spaces")
        case "found a tab character that violates indentation":
            return Explanation(message: "a tab cannot indent; use spaces")
        case "found character that cannot start any token":
            return Explanation(message: "a value cannot start with '\(written)'; put it in quotes")
        case unknownEscape:
            return Explanation(message: "unknown escape '\(written)'; in double quotes a backslash is written '\\\\'")
        case "block sequence entries are not allowed in this context":
            return Explanation(message: "a list cannot start on this line; put '- ' on a line of its own")
        case "found undefined tag handle":
            return Explanation(message: "tags are not supported")
        case "did not find expected <document start>":
            return Explanation(message: "expected the end of the document or '---'; check the indentation")
        case let problem:
            return Explanation(message: context.isEmpty ? problem : "\(problem) \(context)")
        }
    }
}
