import JSON

/// The fields of one row, whether it came as JSON or as CSV.
struct GCPRecord {
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>?] = Array(repeating: nil, count: GCPField.allCases.count)

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        for at in ranges.indices { ranges[at] = nil }
    }

    /// Nil where the row says nothing.
    subscript(field: GCPField) -> ArraySlice<UInt8>? { ranges[field.ordinal].map { bytes[$0] } }

    func text(_ field: GCPField) -> String { self[field].map { String(decoding: $0, as: UTF8.self) } ?? "" }

    mutating func set(_ field: GCPField, _ value: some Collection<UInt8>) {
        guard !value.isEmpty else { return }
        let start = bytes.count
        bytes += value
        ranges[field.ordinal] = start..<bytes.count
    }

    /// Reads the nested object of one row. What is a list stays JSON.
    mutating func read(_ line: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        removeAll()
        var record = self
        try JSONReader.read(line) { (reader) throws(JSONError) in
            try record.readObject(&reader, below: "", in: line)
        }
        self = record
    }

    private mutating func readObject(
        _ reader: inout JSONReader, below path: String, in line: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
        var record = self
        removeAll()
        try reader.object { (reader, key) throws(JSONError) in
            let name = path + key.string
            let kind = try reader.peek()
            if kind == .object, path.isEmpty, GCPField.parents.contains(name) {
                return try record.readObject(&reader, below: name + ".", in: line)
            }
            guard let field = GCPField.index[name] else { return try reader.skip() }
            switch kind {
            case .string: record.set(field, Array(try reader.text()))
            case .number: record.set(field, try reader.number())
            case .array:
                let start = reader.offset
                try reader.skip()
                record.set(field, line[start..<reader.offset])
            case .bool, .null, .object: try reader.skip()
            }
        }
        self = record
    }
}
