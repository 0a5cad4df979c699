import CostModel
import Diagnostics
import Observation

/// The inventory of section files.
struct SectionEstate: Estate {
    private(set) var files: [String: SourceFile]
    let resources: [Resource]
    let problems: [ObservationProblem]

    static func reads(_ path: String, for sources: [InventorySource]) -> Bool {
        path.hasSuffix(SectionFile.suffix) && sources.contains { $0.holds(path) }
    }

    init(_ input: EstateInput, like other: SectionEstate?) {
        self.init(Dictionary(input.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    private init(_ files: [String: SourceFile]) {
        self.files = files
        var resources: [Resource] = []
        var problems: [ObservationProblem] = []
        for (path, source) in files.sorted(by: { $0.key < $1.key }) {
            guard let file = SectionFile(source) else {
                problems.append(ObservationProblem(.partial, id: "bad-section", file: path, "a line is neither a section nor a key"))
                continue
            }
            resources += file.sections.map { Self.resource($0, in: file) }
        }
        self.resources = resources
        self.problems = problems
    }

    func replacing(_ edited: [String: [UInt8]]) -> SectionEstate {
        SectionEstate(files.merging(edited.map { ($0.key, SourceFile(path: $0.key, bytes: $0.value)) }, uniquingKeysWith: { $1 }))
    }

    func readers(near paths: Set<String>) -> CodeReaders {
        var readers: CodeReaders = [:]
        for case let file? in paths.compactMap({ files[$0] }).map({ SectionFile($0) }) {
            for section in file.sections {
                let others = section.lines.map { (file.source.text($0.key), SHA256.Digest(of: file.source.text($0.value))) }.filter {
                    !$0.0.hasPrefix("tag.")
                }
                let resource = Self.resource(section, in: file)
                readers[resource.identity] = CodeReader(place: resource.location, digests: Dictionary(others, uniquingKeysWith: { $1 }))
            }
        }
        return readers
    }

    func missingCode(of source: InventorySource) -> String? {
        files.keys.contains(where: source.holds) ? nil : "there is no section file in '\(source.path)'"
    }

    private static func resource(_ section: SectionFile.Section, in file: SectionFile) -> Resource {
        var tags: Tags = [:]
        for line in section.lines {
            let key = file.source.text(line.key)
            guard key.hasPrefix("tag.") else { continue }
            tags[String(key.dropFirst(4))] = Tag(
                value: file.source.text(line.value), item: file.span(line.range), key: file.span(line.key), literal: file.span(line.value))
        }
        let path = file.source.path
        let type = String(section.name.prefix { $0 != "." })
        return Resource(
            identity: ResourceIdentity(root: path.split(separator: "/").dropLast().joined(separator: "/"), address: section.name),
            type: type, provider: String(type.prefix { $0 != "_" }),
            location: Place(file: path, line: file.source.line(at: section.range.lowerBound)), block: file.span(section.range),
            tags: TagSet(supported: true, tags: tags, insertions: [.collection(file.span(section.range))]))
    }
}
