import CostModel
import Reporting

/// A folder that holds one plan: `plan.json`, `plan.md`, a patch per change and their sum, `all.patch`.
///
/// Only files of an earlier plan are replaced or removed; whatever else lies there stays, and what stands in the way is an error. While a plan
/// is written, a list of its files lies there: of a run that was killed, the next one knows them by it.
struct PlanFolder {
    static let documentName = "plan.json"
    private static let summaryName = "plan.md"
    private static let sumName = "all.patch"
    private static let listName = ".bursar-plan"

    let path: String

    /// Writes the plan. `plan.json` comes last and whole: whoever finds it finds the patches it speaks of.
    func write(_ report: PlanReport) throws(CommandFailure) {
        do throws(FileError) {
            let earlier = try earlierNames()
            let files = Self.files(of: report)
            for file in files where !earlier.contains(file.name) {
                guard !Files.exists("\(path)/\(file.name)") else { throw FileError(path: "\(path)/\(file.name)", code: Self.existsCode) }
            }
            try Files.createOutputFolder(path)
            let names = earlier.union(files.map(\.name))
            try Files.replace("\(path)/\(Self.listName)", with: Array(names.sorted().joined(separator: "\n").utf8))
            for name in earlier { AsidePath.removeLeft(beside: "\(path)/\(name)") }
            for file in files { try Files.replace("\(path)/\(file.name)", with: file.bytes) }
            for name in earlier.subtracting(files.map(\.name)) { try Files.remove("\(path)/\(name)") }
            try Files.remove("\(path)/\(Self.listName)")
        } catch {
            throw CommandFailure("the plan cannot be written: \(error)", .invalid, hint: "choose another folder with --out")
        }
    }

    /// The plan of a folder, or of a `plan.json` itself.
    static func read(_ path: String) throws(CommandFailure) -> PlanDocument.Stored {
        let file = Files.isFolder(path) ? "\(path)/\(documentName)" : path
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(file) } catch { throw CommandFailure("no plan: \(error)", .invalid) }
        do throws(PlanDocumentError) {
            return try PlanDocument.read(bytes)
        } catch {
            throw CommandFailure("\(file): \(error)", error.kind == .changed ? .conflict : .invalid)
        }
    }

    private static func files(of report: PlanReport) -> [(name: String, bytes: [UInt8])] {
        var files = report.plan.changes.compactMap { change in change.patch.map { (patchName(change), Array($0.utf8)) } }
        if !report.plan.patch.isEmpty { files.append((sumName, Array(report.plan.patch.utf8))) }
        files.append((summaryName, Array(report.markdown().utf8)))
        files.append((documentName, PlanDocument.bytes(of: report.plan, toolVersion: report.toolVersion)))
        return files
    }

    private static func patchName(_ change: Plan.Change) -> String { "\(change.id).patch" }

    /// The names that the plan which lies there gave its files, be it that its run was killed; none where there is no plan.
    private func earlierNames() throws(FileError) -> Set<String> {
        let begun = try begunNames()
        let file = "\(path)/\(Self.documentName)"
        guard Files.exists(file) else { return begun }
        let bytes = try Files.read(file)
        do throws(PlanDocumentError) {
            let plan = try PlanDocument.read(bytes).plan
            // An id becomes a file's name here: only those of the form we give are ours.
            let names = plan.changes.map(Self.patchName).filter(Self.isPatch)
            return begun.union(names + [Self.summaryName, Self.sumName, Self.documentName])
        } catch {
            throw FileError(path: file, code: Self.existsCode)
        }
    }

    private func begunNames() throws(FileError) -> Set<String> {
        let file = "\(path)/\(Self.listName)"
        guard Files.exists(file) else { return [] }
        let names = String(decoding: try Files.read(file, limit: 1 << 20), as: UTF8.self).split(separator: "\n").map(String.init)
        return Set(names.filter { [Self.summaryName, Self.sumName, Self.documentName].contains($0) || Self.isPatch($0) })
    }

    private static func isPatch(_ name: String) -> Bool { !name.contains("/") && name.hasPrefix("c-") && name.hasSuffix(".patch") }

    /// `EEXIST`.
    private static let existsCode: Int32 = 17
}
