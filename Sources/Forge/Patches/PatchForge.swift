internal import Foundation
internal import JSON
internal import WebClient

/// Requests as a folder of patches, for those who send changes by mail or by another tool: one folder per request with `request.json`,
/// `request.md` and the patches. Nothing is pushed. Removing a folder is how a person closes a request.
///
/// Only folders with a `request.json` of ours are written, and in them only our own files are replaced. Whoever holds the workspace's lock
/// is the only one who writes.
package struct PatchForge: Forge {
    package let hasBranches = false
    private let folder: String
    private let patches: @Sendable (RequestDraft) throws -> [PatchFile]
    private let clock: @Sendable () -> Int64

    private static let document = "request.json"
    private static let text = "request.md"
    /// Far beyond what we write.
    private static let sizeLimit = 4 << 20

    /// - Parameter folder: made where it is missing.
    /// - Parameter patches: the patches of a draft's commit, in order.
    /// - Parameter clock: seconds since 1970.
    package init(folder: String, patches: @escaping @Sendable (RequestDraft) throws -> [PatchFile], clock: @escaping @Sendable () -> Int64)
    {
        self.folder = folder
        self.patches = patches
        self.clock = clock
    }

    package func requests(branchPrefixes: [String], since: Int64?) throws(ForgeError) -> [ForgeRequest] {
        try all().map(\.request).filter { request in branchPrefixes.contains(where: request.branch.hasPrefix) }.sorted {
            $0.number > $1.number
        }
    }

    package func request(_ number: Int) throws(ForgeError) -> ForgeRequest { try find(number).request }

    package func open(_ draft: RequestDraft) throws(ForgeError) -> ForgeRequest {
        try RequestText.check(draft)
        let all = try all()
        if let kept = all.first(where: { $0.request.branch == draft.branch }) {
            try write(draft, number: kept.request.number, created: kept.request.created, to: kept.folder)
            return try find(kept.request.number).request
        }
        let number = (all.map(\.request.number).max() ?? 0) + 1
        let name = Self.folderName(draft.branch)
        // It is made aside, so that one that is only begun is never taken for somebody else's.
        let (place, aside) = ("\(folder)/\(name)", "\(folder)/.\(name).new")
        try files("make '\(place)'") {
            // What was cut off while it was made, or closed.
            if FileManager.default.fileExists(atPath: aside) { try FileManager.default.removeItem(atPath: aside) }
            guard FileManager.default.fileExists(atPath: place) else { return }
            guard try FileManager.default.contentsOfDirectory(atPath: place).isEmpty else { throw ForgeError.foreignFolder(place) }
            try FileManager.default.removeItem(atPath: place)
        }
        try write(draft, number: number, created: clock(), to: aside)
        try files("make '\(place)'") { try FileManager.default.moveItem(atPath: aside, toPath: place) }
        return try find(number).request
    }

    package func update(_ number: Int, to draft: RequestDraft) throws(ForgeError) {
        try RequestText.check(draft)
        let kept = try find(number)
        try write(draft, number: number, created: kept.request.created, to: kept.folder)
    }

    /// Removes our files, and the folder where nothing else lies in it.
    package func close(_ number: Int) throws(ForgeError) {
        guard let kept = try all().first(where: { $0.request.number == number }) else { return }
        try files("close the request in '\(kept.folder)'") {
            // The document last: until it is gone, closing again finishes what was begun.
            for name in kept.files + [Self.text, Self.document] {
                let path = "\(kept.folder)/\(name)"
                if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
            }
            if try FileManager.default.contentsOfDirectory(atPath: kept.folder).isEmpty {
                try FileManager.default.removeItem(atPath: kept.folder)
            }
        }
    }

    package func comment(_ number: Int, marker: String, body: String) throws(ForgeError) -> Bool { false }
    package func setStatus(_ status: CommitStatus, of commit: String) throws(ForgeError) {}

    // MARK: Folders

    private struct Kept {
        var folder: String
        var request: ForgeRequest
        /// Its patches.
        var files: [String]
    }

    private func find(_ number: Int) throws(ForgeError) -> Kept {
        guard let kept = try all().first(where: { $0.request.number == number }) else { throw .noRequest(number, folder) }
        return kept
    }

    private func all() throws(ForgeError) -> [Kept] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        var names: [String] = []
        try files("read '\(folder)'") { names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
        var found: [Kept] = []
        for name in names where !name.hasPrefix(".") {
            let place = "\(folder)/\(name)"
            let path = "\(place)/\(Self.document)"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            var bytes: [UInt8] = []
            try files("read '\(path)'") {
                guard let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size <= Self.sizeLimit else {
                    throw CocoaError(.fileReadTooLarge)
                }
                bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            }
            found.append(try Self.read(JSONValue(parsing: bytes), folder: place))
        }
        return found
    }

    private static func read(_ document: JSONValue, folder: String) throws(ForgeError) -> Kept {
        var labels: [String] = []
        for case .string(let label) in try document.list("labels") { labels.append(label) }
        var files: [String] = []
        // Never a path that leads elsewhere, whoever wrote it there.
        for case .string(let name) in try document.list("patches") where name.hasSuffix(".patch") && !name.contains("/") {
            files.append(name)
        }
        let request = ForgeRequest(
            number: try document.integer("number"), url: "file://\(folder)", state: .open, branch: try document.text("branch"),
            base: try document.text("base"), title: try document.text("title"), body: try document.text("body"), labels: labels,
            isDraft: try document.flag("draft"), commit: try document.optionalText("commit"), created: try document.time("created"))
        return Kept(folder: folder, request: request, files: files)
    }

    /// Writes what differs: each file by a new one in its place, the document last.
    private func write(_ draft: RequestDraft, number: Int, created: Int64, to place: String) throws(ForgeError) {
        try files("write the request in '\(place)'") {
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            let patches = try patches(draft)
            let names = patches.enumerated().map { Self.patchName($0.offset + 1, $0.element.name) }
            let document: JSONValue = [
                "number": JSONValue(number), "branch": .string(draft.branch), "base": .string(draft.base), "title": .string(draft.title),
                "body": .string(draft.body), "labels": .array(draft.labels.map(JSONValue.string)), "draft": .bool(draft.isDraft),
                "commit": .string(draft.commit), "created": .string(WebTime.iso(created)), "patches": .array(names.map(JSONValue.string)),
                "reviewers": .array(draft.reviewers.map(JSONValue.string)),
            ]
            let old = try all().first { $0.folder == place }?.files ?? []
            for (name, patch) in zip(names, patches) { try replace("\(place)/\(name)", patch.text) }
            try replace("\(place)/\(Self.text)", "# \(draft.title)\n\n\(draft.body)")
            try replace("\(place)/\(Self.document)", String(decoding: document.bytes, as: UTF8.self) + "\n")
            for name in old where !names.contains(name) { try FileManager.default.removeItem(atPath: "\(place)/\(name)") }
        }
    }

    private func replace(_ path: String, _ text: String) throws {
        let bytes = Data(text.utf8)
        if FileManager.default.contents(atPath: path) == bytes { return }
        try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    private func files(_ operation: String, _ body: () throws -> Void) throws(ForgeError) {
        do {
            try body()
        } catch let error as ForgeError {
            throw error
        } catch {
            throw ForgeError(.unavailable, "cannot \(operation): \(error.localizedDescription)")
        }
    }

    /// `bursar/payments/g-1` becomes `bursar-payments-g-1`: one folder, whatever a branch is called. What a long name begins and ends with
    /// stays: its end tells it from others.
    private static func folderName(_ branch: String) -> String {
        let name = String(branch.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "-" })
        return name.utf8.count <= 120 ? name : "\(name.prefix(99))-\(name.suffix(20))"
    }

    private static func patchName(_ number: Int, _ name: String) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-" + folderName(name) + ".patch"
    }
}

package struct PatchFile: Hashable, Sendable {
    /// What it does, for the file's name.
    package var name: String
    package var text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

extension ForgeError {
    fileprivate static func noRequest(_ number: Int, _ folder: String) -> ForgeError {
        ForgeError(.notFound, "there is no request \(number) in '\(folder)'")
    }
    fileprivate static func foreignFolder(_ path: String) -> ForgeError {
        ForgeError(.conflict, "'\(path)' is there already and holds no request of ours: move it away")
    }
}
