import CostModel
import Diagnostics
import Forge
import Git
import Observation

/// Reads a folder for `init`: its Terraform code, who owns it, and which bills and states lie about.
///
/// Links are not followed, submodules and `.terraform` are passed over, and every kind of file has a limit. The same files give the same
/// survey.
struct SurveyReader {
    let directory: String
    let now: Instant

    private static let fileLimit = 20_000
    private static let byteLimit = 256 << 20
    /// Folders whose code is called or tried out, but not applied from there.
    private static let sideFolders: Set<Substring> = [
        "examples", "example", "test", "tests", "testing", "testdata", "fixtures", "fixture", "e2e", "modules", "module", "docs", "samples",
    ]

    func read() -> RepositorySurvey {
        var survey = RepositorySurvey(name: YAMLText.name(from: Files.absolute(directory).split(separator: "/").last ?? "") ?? "workspace")
        let tree: WorkTree
        do throws(GitError) {
            tree = try WorkTree(directory, in: repository)
        } catch {
            if error.code != .notFound { survey.remarks.append("the folder was not looked at: \(error)") }
            return survey
        }
        readCode(tree, &survey)
        survey.hasForeignPolicies = tree.entries.contains { entry in
            ["policies/", "teams/"].contains { entry.path.hasPrefix($0) } && (entry.path.hasSuffix(".yaml") || entry.path.hasSuffix(".yml"))
                && isForeign(entry, tree)
        }
        survey.tags = TagSurvey(survey.resources)
        survey.teams = TeamSurvey(survey, owners: codeOwners(tree)).teams
        // Bills and states are often ignored by Git. Where all files are too many, those that Git knows have to do.
        let everything = (try? WorkTree(directory, in: nil)) ?? tree
        survey.observed = ObservedSurvey(
            everything.entries.filter { $0.problem == nil }.map(\.path), roots: survey.roots, directory: directory, now: now)
        return survey
    }

    /// Nil outside of Git, where every file counts.
    private var repository: Repository? { try? Repository.discover(from: directory) }

    static func isAside(_ folder: String) -> Bool { folder.split(separator: "/").contains { sideFolders.contains($0) } }

    private func readCode(_ tree: WorkTree, _ survey: inout RepositorySurvey) {
        var files: [SourceFile] = []
        var size = 0
        for entry in tree.entries where entry.problem == nil && TerraformCode.reads(entry.path) {
            guard files.count < Self.fileLimit, size < Self.byteLimit else {
                survey.remarks.append("only the first \(files.count) Terraform files were read")
                break
            }
            // What cannot be read is told by 'check', with its reason.
            guard let bytes = try? tree.read(entry.path) else { continue }
            size += bytes.count
            files.append(SourceFile(path: entry.path, bytes: bytes))
        }
        let inventory = TerraformReader(options: .init(takesTags: { TaggableTypes.takesTags($0) })).read(TerraformCode(files: files))
        let roots = inventory.roots.filter { !$0.resources.isEmpty || $0.isBroken }
        let main = roots.filter { !Self.isAside($0.folder) }
        // A root at the top holds all folders: then nothing can be left out.
        let chosen = main.isEmpty || main.contains { $0.folder.isEmpty } ? roots : main
        let names = Set(chosen.map(\.folder))
        survey.roots = names.sorted()
        survey.leftOut = roots.map(\.folder).filter { !names.contains($0) }.sorted()
        survey.resources = chosen.flatMap(\.resources).sorted { $0.identity < $1.identity }
        survey.remoteModules = inventory.problems.count { $0.id == "remote-module" }
        survey.gaps = inventory.problems.count { $0.severity == .partial }
    }

    /// Whether a file is no policy and no comment. One that cannot be read may be anything.
    private func isForeign(_ entry: TreeEntry, _ tree: WorkTree) -> Bool {
        guard entry.problem == nil, let bytes = try? tree.read(entry.path) else { return true }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        let kinds = lines.filter { $0.hasPrefix("kind:") }.map { $0.dropFirst(5).prefix { $0 != "#" }.filter { !$0.isWhitespace } }
        return !lines.isEmpty && (kinds.isEmpty || !kinds.allSatisfy { PolicyKind(rawValue: $0) != nil })
    }

    private func codeOwners(_ tree: WorkTree) -> CodeOwners? {
        let path = CodeOwners.places.first { place in tree.entry(at: place)?.problem == nil && tree.entry(at: place) != nil }
        // Without it teams are told from tags and folders.
        guard let path, let bytes = try? tree.read(path) else { return nil }
        return CodeOwners(parsing: String(decoding: bytes, as: UTF8.self))
    }
}
