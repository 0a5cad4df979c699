import Git
import Observation

/// The code that links of a workspace lead to. Whoever runs Terraform follows them, and nobody here does: what else is made of such a file is
/// not known, so no patch of it is proved.
struct LinkedCode {
    private var linkOfPath: [String: String] = [:]

    init(_ workspace: OpenedWorkspace, _ estate: WorkspaceEstate) {
        let tree = workspace.tree
        for entry in tree.entries where entry.kind == .symbolicLink {
            guard let text = try? tree.target(ofLink: entry.path), let target = LinkTargets.resolve(text, from: entry.path) else {
                continue
            }
            // To a file of code, or beside code: a folder that is linked elsewhere is read by nobody who plans.
            let folder = entry.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(entry.path[..<$0]) } ?? ""
            guard estate.file(target) != nil || tree.entries(under: folder).contains(where: { estate.file($0.path) != nil }) else {
                continue
            }
            linkOfPath[target] = linkOfPath[target] ?? entry.path
        }
    }

    /// The link that leads to a file, or to a folder around it.
    func link(to path: String) -> String? {
        guard !linkOfPath.isEmpty else { return nil }
        var path = path[...]
        while true {
            if let link = linkOfPath[String(path)] { return link }
            guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
            path = path[..<slash]
        }
    }
}
