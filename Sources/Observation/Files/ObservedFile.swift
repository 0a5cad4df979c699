import CostModel
import Glibc

/// What a query engine answered, as a bill of which each row stands for several charges.
struct AnsweredBill: Hashable, Sendable {
    /// CSV.
    var text: [UInt8]
    /// How many charges all of it stands for.
    var charges: Int
}

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
    /// What a query engine answered of it, or of a table that is no file at all: it is read in its place. Nil: nobody was asked.
    private(set) var answer: Result<AnsweredBill, FileFault>?

    init(name: String, in folder: ObservedFolder) {
        self.name = name
        self.folder = folder
        path = folder.location(of: name)
    }

    init(name: String, in directory: String) { self.init(name: name, in: ObservedFolder(directory)) }

    /// The answer about a table.
    ///
    /// - Parameter name: what the table is called in messages; nothing is opened by it.
    init(table name: String, answer: Result<AnsweredBill, FileFault>) {
        self.name = name
        self.answer = answer
        folder = ObservedFolder("/")
        path = "/dev/null/\(name)"
    }

    /// The same file with what an engine answered of it.
    func answered(_ answer: Result<AnsweredBill, FileFault>) -> ObservedFile {
        var file = self
        file.answer = answer
        return file
    }

    /// The last part of its name.
    var lastComponent: Substring { name.split(separator: "/").last ?? "" }

    /// When it was written last; nil: it cannot be told.
    var written: Instant? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Instant(seconds: Int64(status.st_mtim.tv_sec))
    }

    /// Its text: unpacked where its first bytes say so; a file called `.gz` or `.zst` must be packed that way.
    func open() throws(FileFault) -> any ByteSource {
        if let answer { return MemorySource(try answer.get().text) }
        return try unpacked(regularFile())
    }

    /// What lies on the disk, to tell files apart: two that are not the same may have the same answer.
    func openStored() throws(FileFault) -> any ByteSource { answer == nil ? try open() : try regularFile() }

    /// The first bytes as they lie on the disk; of an answer its own.
    func firstBytes(_ count: Int) throws(FileFault) -> [UInt8] {
        if let answer { return Array(try answer.get().text.prefix(count)) }
        return try regularFile().peek(count)
    }

    /// What tells it from what it was before; nil: it cannot be opened, or is not read itself.
    var evidence: FileEvidence? {
        guard answer == nil, let file = try? regularFile() else { return nil }
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
        if let answer { return CSVTable(MemorySource(try answer.get().text), problems: problems) }
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
