import CostModel
import Glibc

/// A file that observations are read from.
struct ObservedFile: Sendable {
    /// Files beyond this size are unpacked and scanned on threads of their own.
    private static let aheadSize = 1 << 20

    /// As people know it: relative to the workspace, or absolute.
    let name: String
    /// To open it.
    let path: String
    /// To which its name is relative.
    private let folder: ObservedFolder
    /// Learns what it holds.
    var watch: ContentWatch?

    init(name: String, in folder: ObservedFolder) {
        self.name = name
        self.folder = folder
        path = folder.location(of: name)
    }

    init(name: String, in directory: String) { self.init(name: name, in: ObservedFolder(directory)) }

    /// The last part of its name.
    var lastComponent: Substring { name.split(separator: "/").last ?? "" }

    /// When it was written last; nil: it cannot be told.
    var written: Instant? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Instant(seconds: Int64(status.st_mtim.tv_sec))
    }

    /// Its text: unpacked where its first bytes say so; a file called `.gz` or `.zst` must be packed that way.
    func open() throws(FileFault) -> any ByteSource { try unpacked(regularFile()) }

    /// The first bytes as they lie on the disk.
    func firstBytes(_ count: Int) throws(FileFault) -> [UInt8] { try regularFile().peek(count) }

    /// What tells it from what it was before; nil: it cannot be opened.
    var evidence: FileEvidence? {
        guard let file = try? regularFile() else { return nil }
        return file.evidence
    }

    /// Reads all of it as it lies on the disk.
    func readThrough() throws(FileFault) {
        let file = try regularFile()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while try file.read(into: buffer) > 0 {}
    }

    private func regularFile() throws(FileFault) -> RegularFile {
        // What counts as a commit has it lies at no link.
        if path == FileGlob.resolve(name, in: folder.path) { try CheckoutLinks.refuse(name, in: folder.path) }
        return try RegularFile(path: path, watch: watch)
    }

    /// Its text as a table with a header. Nil when it has none; the problem is then added.
    func table(problems: RowProblems) throws(FileFault) -> CSVTable? {
        let file = try regularFile()
        let isLarge = file.size > Self.aheadSize
        let source = try unpacked(file)
        return CSVTable(isLarge && !(source is RegularFile) ? ReadAhead(source) : source, ahead: isLarge, problems: problems)
    }

    private func unpacked(_ file: RegularFile) throws(FileFault) -> any ByteSource {
        let packing = Packing(signature: file.peek(Packing.signatureLength))
        if let promised = Packing(promisedBy: name), packing != promised {
            let expected = "expected \(promised.name)"
            throw FileFault(id: "corrupt-\(promised.name)", description: file.size == 0 ? "the file is empty: \(expected)" : expected)
        }
        return try packing?.unpacked(file) ?? file
    }

    /// All of its text at once, for formats that are not streamed.
    func contents(limit: Int) throws(FileFault) -> [UInt8] {
        let source = try open()
        var bytes: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = try source.read(into: chunk)
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw .unreadable("is larger than \(limit >> 20) MB") }
            bytes += chunk.prefix(count)
        }
    }

    /// The files that any of the patterns names, each once, by name. A pattern without a file is a problem.
    static func matching(
        _ patterns: [String], in folder: ObservedFolder, statedAt place: Place, problems: inout [ObservationProblem]
    ) -> [ObservedFile] {
        var names: Set<String> = []
        for pattern in patterns {
            let found = FileGlob(pattern).paths(in: folder)
            if found?.isEmpty ?? true {
                let message = found == nil ? "more than \(FileGlob.fileLimit) files match '\(pattern)'" : "no file matches '\(pattern)'"
                problems.append(
                    ObservationProblem(.partial, id: "no-file", file: place.file, line: place.line, column: place.column, message))
            }
            names.formUnion(found ?? [])
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { ObservedFile(name: $0, in: folder) }
    }
}
