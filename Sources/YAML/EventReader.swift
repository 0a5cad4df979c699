import CYAML

/// What libyaml reads, one step at a time, as Swift values with byte ranges.
struct Event {
    enum Kind {
        case documentStart, documentEnd
        case scalar(YAMLScalar)
        case sequenceStart(isFlow: Bool)
        case mappingStart(isFlow: Bool)
        case collectionEnd
        case alias
        case streamEnd
    }

    var kind: Kind
    /// As libyaml has it: with the anchor and the tag; a block collection ends at the *next* token.
    var bytes: Range<Int>
    /// The name after `&`, or after `*` for an alias.
    var anchor: String?
    var tag: String?
}

/// libyaml's words for what is wrong, with offsets in bytes.
struct ParserError: Error {
    var problem: String
    var offset: Int
    var context: String?
    var contextOffset: Int?
}

/// The one door to libyaml.
final class EventReader {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// libyaml reads from this copy for as long as it lives.
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let offsets: ByteOffsets

    /// - Parameter bytes: A file in UTF-8, with or without a byte order mark.
    init(_ bytes: [UInt8]) {
        offsets = ByteOffsets(bytes)
        input = .allocate(capacity: max(1, bytes.count - offsets.start))
        _ = input.update(fromContentsOf: bytes[offsets.start...])
        parser = .allocate(capacity: 1)
        // Fails only when out of memory, which ends a Swift process anyway.
        precondition(yaml_parser_initialize(parser) == 1, "libyaml has no memory")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count - offsets.start)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    func next() throws(ParserError) -> Event {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw error() }
            defer { yaml_event_delete(&event) }
            if let event = convert(event) { return event }
        }
    }

    private func convert(_ event: yaml_event_t) -> Event? {
        let start = offsets.offset(ofCodePoint: event.start_mark.index)
        let end = max(start, offsets.offset(ofCodePoint: event.end_mark.index))
        var result = Event(kind: .streamEnd, bytes: start..<end)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: result.kind = .collectionEnd
        case YAML_STREAM_END_EVENT: result.kind = .streamEnd
        case YAML_ALIAS_EVENT:
            result.kind = .alias
            result.anchor = text(event.data.alias.anchor)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let value = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            result.kind = .scalar(YAMLScalar(text: value, style: style(scalar.style)))
            result.anchor = text(scalar.anchor)
            result.tag = text(scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            result.kind = .sequenceStart(isFlow: event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
            result.anchor = text(event.data.sequence_start.anchor)
            result.tag = text(event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            result.kind = .mappingStart(isFlow: event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
            result.anchor = text(event.data.mapping_start.anchor)
            result.tag = text(event.data.mapping_start.tag)
        // The start of the stream says nothing. After the end of the stream libyaml hands out empty events; nobody asks for them.
        default: return nil
        }
        return result
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? { pointer.map { String(cString: $0) } }

    private func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private func error() -> ParserError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "cannot be read"
        // The reader counts bytes, the scanner and the parser count code points.
        guard parser.pointee.error != YAML_READER_ERROR else {
            return ParserError(problem: problem, offset: offsets.start + parser.pointee.problem_offset)
        }
        return ParserError(
            problem: problem, offset: offsets.offset(ofCodePoint: parser.pointee.problem_mark.index),
            context: parser.pointee.context.map { String(cString: $0) },
            contextOffset: parser.pointee.context.map { _ in offsets.offset(ofCodePoint: parser.pointee.context_mark.index) })
    }
}
