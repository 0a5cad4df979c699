import CostModel
package import Diagnostics
import HCL

/// The Terraform files as they are before any change, each parsed once when it is first asked for.
package final class SourceLibrary {
    private let read: (String) -> SourceFile?
    private var files: [String: HCLFile?] = [:]
    private var objects: [String: [Range<Int>]] = [:]

    /// - Parameter read: a file by its path in the workspace; nil where there is none.
    package init(read: @escaping (String) -> SourceFile?) {
        self.read = read
    }

    /// The parsed file; nil where it is absent or does not parse.
    func file(_ path: String) -> HCLFile? {
        if let known = files[path] { return known }
        var parsed: HCLFile?
        if let source = read(path) {
            let result = Parser.parse(source)
            if !result.diagnostics.contains(where: { $0.severity == .error }) { parsed = result.file }
        }
        files[path] = .some(parsed)
        return parsed
    }

    /// Line and column of a range of a file.
    func place(of range: Range<Int>, in path: String) -> Place? {
        guard let source = file(path)?.source else { return nil }
        let start = source.position(at: range.lowerBound)
        return Place(file: path, line: start.line, column: start.column, endLine: source.line(at: range.upperBound))
    }

    /// The innermost object literal around a span, else the span itself; of a file that cannot be edited too, so that the refusal says so.
    func site(of span: FileSpan) -> Site {
        guard let file = file(span.file) else { return .literal(span) }
        if objects[span.file] == nil { objects[span.file] = ObjectLiterals(in: file).ranges }
        let around = objects[span.file]?.filter { $0.lowerBound < span.bytes.lowerBound && span.bytes.upperBound < $0.upperBound }
        guard let innermost = around?.min(by: { $0.count < $1.count }) else { return .literal(span) }
        return .object(FileSpan(file: span.file, bytes: innermost))
    }
}

/// Collects the byte ranges of all object literals of a file.
private struct ObjectLiterals {
    private(set) var ranges: [Range<Int>] = []

    init(in file: HCLFile) {
        visit(file.body)
    }

    private mutating func visit(_ body: Body) {
        for attribute in body.attributes { visit(attribute.value) }
        for block in body.blocks { visit(block.body) }
    }

    private mutating func visit(_ expression: Expression) {
        if case .object(let items) = expression.kind {
            ranges.append(expression.range)
            for item in items { visit(item.value) }
            return
        }
        for child in expression.children { visit(child) }
    }
}
