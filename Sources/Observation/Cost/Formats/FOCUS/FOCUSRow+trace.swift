extension FOCUSRow {
    /// FOCUS has no name for a line: a copy agrees with it to the letter.
    @inline(__always)
    func copyKey() -> UInt64? { RowTrace.hash.hashLong(record.content) }

    func trace() throws(FieldFault) -> RowTrace {
        var trace = RowTrace(content: RowTrace.hash.hashLong(record.content), line: line)
        if let index = layout.resourceId, !record[index].isNull { trace.resource = RowTrace.digest(record[index].bytes) }
        if let index = layout.serviceName { trace.service = RowTrace.digest(record[index].bytes) }
        trace.isIdentified = layout.reference.map { !record[$0].isNull } ?? false
        return trace
    }
}
