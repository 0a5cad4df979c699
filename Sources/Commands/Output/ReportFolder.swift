import CostModel
import Diagnostics
import Glibc
import JSON
import Pages
import Reporting

/// A folder that holds one report, and nothing else.
///
/// It is written aside and moved into place, so that a web server never shows half of one. A list of its files stands in it: only a folder that
/// has no other files is replaced.
struct ReportFolder {
    static let listName = "bursar-report.json"

    let path: String

    func write(_ files: [(name: String, bytes: [UInt8])], of site: SiteContent) throws(CommandFailure) {
        do throws(FileError) {
            var target = path
            while target.count > 1, target.hasSuffix("/") { target.removeLast() }
            let isThere = Files.exists(target)
            if isThere { try refuseOthers(in: target) }
            if let slash = target.lastIndex(of: "/"), slash != target.startIndex { try Files.createOutputFolder(String(target[..<slash])) }
            try Files.refuseLinks(in: target)
            let aside = try AsidePath(folderFor: target)
            do throws(FileError) {
                for file in files { try Files.write(file.bytes, to: "\(aside.path)/\(file.name)") }
                try Files.write(list(files.map(\.name), site), to: "\(aside.path)/\(Self.listName)")
                try move(aside.path, to: target, isThere: isThere)
            } catch {
                Self.removeFolder(aside.path)
                throw error
            }
        } catch {
            throw CommandFailure("the report cannot be written: \(error)", .invalid, hint: "choose another folder with --out")
        }
    }

    private func list(_ names: [String], _ site: SiteContent) -> [UInt8] {
        JSONWriter.write([
            "schemaVersion": .number("\(ReportContext.schemaVersion)"), "tool": .string(ReportContext.tool),
            "toolVersion": .string(site.toolVersion), "workspace": .string(site.workspace), "revision": .string(site.context.revision),
            "evaluatedAt": .string(site.context.evaluatedAt.description), "files": .array(names.map { .string($0) }),
        ])
    }

    /// A folder that somebody meant for something else is not ours to replace.
    private func refuseOthers(in target: String) throws(FileError) {
        guard Files.isFolder(target), Files.link(in: target, below: ".") == nil || target.hasPrefix("/") else {
            throw FileError(path: target, code: EEXIST)
        }
        let names = (Files.names(in: target) ?? [])
        guard !names.isEmpty else { return }
        var listed: Set<String> = []
        if names.contains(Self.listName) {
            let bytes = try Files.read("\(target)/\(Self.listName)", limit: 8 << 20)
            do throws(JSONError) {
                if case .array(let files)? = try JSONReader.read(bytes)["files"] {
                    for case .string(let name) in files { listed.insert(name) }
                }
            } catch { throw FileError(path: "\(target)/\(Self.listName)", code: EEXIST) }
        }
        if let other = names.filter({ $0 != Self.listName && !listed.contains($0) }).min() {
            throw FileError(path: "\(target)/\(other)", code: EEXIST)
        }
    }

    /// A folder cannot take the place of one that is not empty: the old one goes aside first, and comes back where the new one cannot come.
    private func move(_ aside: String, to target: String, isThere: Bool) throws(FileError) {
        guard isThere else {
            guard rename(aside, target) == 0 else { throw FileError(path: target, code: errno) }
            return
        }
        let old = aside + ".old"
        guard rename(target, old) == 0 else { throw FileError(path: target, code: errno) }
        guard rename(aside, target) == 0 else {
            let code = errno
            rename(old, target)
            throw FileError(path: target, code: code)
        }
        Self.removeFolder(old)
    }

    /// A folder of files of ours; one that has others is left with those.
    private static func removeFolder(_ folder: String) {
        for name in Files.names(in: folder) ?? [] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }
}
