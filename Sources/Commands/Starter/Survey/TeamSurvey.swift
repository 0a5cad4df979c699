import CostModel
import Diagnostics
import Forge

/// A team that a repository suggests.
struct ProposedTeam: Sendable {
    /// Where the suggestion comes from, the surest first.
    enum Evidence: Int, Sendable, Comparable {
        case tag, codeOwners, folder
        static func < (a: Evidence, b: Evidence) -> Bool { a.rawValue < b.rawValue }
    }

    var name: String
    var evidence: Evidence
    /// `@acme/payments`: a team's handle, never a person's.
    var handle: String?
    /// The tag that says whose a resource is.
    var tag: (key: String, value: String)?
    /// Where all that is tagged with the team and a cost centre names the same one.
    var costCenter: String?
    /// Folders that hold nothing but its roots; the empty text is everything.
    var folders: [String] = []
}

/// Tells teams from tags that name them, from `CODEOWNERS`, and from folders such as `infra/payments/prod`.
struct TeamSurvey {
    private(set) var teams: [ProposedTeam] = []

    private static let limit = 50
    private static let environments: Set<String> = [
        "prod", "production", "staging", "stage", "stg", "dev", "development", "test", "qa", "uat", "sandbox", "preprod", "nonprod", "live",
    ]
    /// What folders are called that name no team.
    private static let general: Set<String> = [
        "infra", "infrastructure", "terraform", "tf", "iac", "aws", "azure", "gcp", "google", "environments", "envs", "env", "live",
        "deploy",
        "deployment", "deployments", "stacks", "stack", "accounts", "account", "regions", "region", "modules", "global", "src", "cloud",
        "main",
    ]

    init(_ survey: RepositorySurvey, owners: CodeOwners?) {
        var found: [String: ProposedTeam] = [:]
        var owned: [String: [String]] = [:]
        let key = survey.tags.keys.first { $0.meaning == "team" && $0.unknownValues < $0.carrying }
        for value in key?.values ?? [] {
            guard let key, let name = YAMLText.name(from: value.name), found[name] == nil, YAMLText.isPublic(value.name) else { continue }
            found[name] = ProposedTeam(name: name, evidence: .tag, tag: (key.name, value.name))
        }
        let tagged = Dictionary(grouping: key?.places ?? [], by: \.root).mapValues { Set($0.map(\.value)) }
        for root in survey.roots where root.utf8.count <= 512 {
            if let values = tagged[root], values.count == 1, let value = values.first, let name = YAMLText.name(from: value),
                found[name] != nil
            {
                owned[name, default: []].append(root)
            } else if let handle = Self.handle(of: root, in: survey, owners), let name = Self.name(ofHandle: handle) {
                var team = found[name] ?? ProposedTeam(name: name, evidence: .codeOwners)
                team.handle = handle
                found[name] = team
                owned[name, default: []].append(root)
            } else if let name = Self.folderName(of: root) {
                found[name] = found[name] ?? ProposedTeam(name: name, evidence: .folder)
                owned[name, default: []].append(root)
            }
        }
        for (name, roots) in owned { found[name]?.folders = Self.folders(holding: roots, among: survey.roots) }
        let centers = Self.costCenters(survey, owned)
        for (name, center) in centers { found[name]?.costCenter = center }
        // A handle that names no folder of its own says nothing that could be judged by.
        let useful = found.values.filter { $0.tag != nil || !$0.folders.isEmpty }
        teams = Array(useful.sorted { ($0.evidence, $0.name) < ($1.evidence, $1.name) }.prefix(Self.limit)).sorted { $0.name < $1.name }
    }

    /// By team: the only cost centre that is written in its roots.
    private static func costCenters(_ survey: RepositorySurvey, _ owned: [String: [String]]) -> [String: String] {
        guard let key = survey.tags.keys.first(where: { $0.meaning == "costcenter" }) else { return [:] }
        let written = Dictionary(grouping: key.places, by: \.root).mapValues { Set($0.map(\.value)) }
        return owned.compactMapValues { roots in
            let values = roots.reduce(into: Set<String>()) { $0.formUnion(written[$1] ?? []) }
            return values.count == 1 ? values.first.flatMap { YAMLText.isPublic($0) ? $0 : nil } : nil
        }
    }

    /// The first owner of a root's code that is a team. People are left alone.
    private static func handle(of root: String, in survey: RepositorySurvey, _ owners: CodeOwners?) -> String? {
        let file = survey.resources.first { $0.identity.root == root && $0.location.file.hasPrefix(root) }?.location.file
        let path = file ?? (root.isEmpty ? "main.tf" : root + "/main.tf")
        return owners?.owners(of: path).first { name(ofHandle: $0) != nil }
    }

    /// `@acme/payments` is `payments`; nil for `@ada` and for addresses of mail.
    private static func name(ofHandle handle: String) -> String? {
        guard handle.hasPrefix("@"), !handle.dropFirst().contains("@"), let slash = handle.lastIndex(of: "/"), handle.printable == handle,
            handle.utf8.count <= 128
        else { return nil }
        return YAMLText.name(from: handle[handle.index(after: slash)...])
    }

    /// The folder before an environment's, or under `teams`.
    private static func folderName(of root: String) -> String? {
        let parts = root.split(separator: "/").map(String.init)
        for (index, part) in parts.enumerated().dropFirst() {
            let before = parts[index - 1].lowercased()
            if ["teams", "squads"].contains(before) { return YAMLText.name(from: part) }
            if environments.contains(part.lowercased()), !environments.contains(before), !general.contains(before) {
                return YAMLText.name(from: before)
            }
        }
        return nil
    }

    static func isEnvironment(_ folder: some StringProtocol) -> Bool { environments.contains(folder.lowercased()) }

    /// The fewest folders that hold these roots and none of the others.
    private static func folders(holding roots: [String], among all: [String]) -> [String] {
        let own = Set(roots)
        var result: Set<String> = []
        for root in roots {
            var folder = root
            while !folder.isEmpty {
                let parent = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
                guard all.allSatisfy({ own.contains($0) || !(parent.isEmpty || $0 == parent || $0.hasPrefix(parent + "/")) }) else { break }
                // The whole repository is claimed only where its top is a root; a folder that is added later is somebody's to name.
                guard !parent.isEmpty else { break }
                folder = parent
            }
            // A root at the top that shares the repository with other teams' cannot be claimed by a folder.
            if !folder.isEmpty || all.allSatisfy(own.contains) { result.insert(folder) }
        }
        return result.filter { !$0.contains { "*?".contains($0) } && $0.printable == $0 }.sorted()
    }
}
