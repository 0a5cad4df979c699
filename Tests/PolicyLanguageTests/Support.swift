import CostModel
import Diagnostics
import PolicyLanguage

/// A workspace file that is fine, for tests whose subject is another file.
let plainWorkspace = """
    apiVersion: bursar/v1
    kind: Workspace
    metadata: {name: acme}
    spec: {currency: USD, policies: [policies]}

    """

let november = Instant("2026-11-01T00:00:00Z")!

/// Loads texts as policy files `a.yaml`, `b.yaml`, … beside a workspace.
func load(_ texts: String..., workspace: String = plainWorkspace) -> (policies: PolicySet?, diagnostics: [Diagnostic]) {
    let files = zip("abcdefgh", texts).map { SourceFile(path: "\($0).yaml", text: $1) }
    return PolicyLoader.load(files: files, workspace: SourceFile(path: "bursar.yaml", text: workspace), now: november)
}

/// What a person sees.
func complaints(_ texts: String..., workspace: String = plainWorkspace) -> String { complaints(texts, workspace: workspace) }

func complaints(_ texts: [String], workspace: String = plainWorkspace) -> String {
    let files = zip("abcdefgh", texts).map { SourceFile(path: "\($0).yaml", text: $1) }
    return CaretPrinter().render(
        PolicyLoader.load(files: files, workspace: SourceFile(path: "bursar.yaml", text: workspace), now: november).diagnostics)
}

/// Every fix-it that can be made, made: file by file.
func fixed(_ text: String) -> String? {
    let file = SourceFile(path: "a.yaml", text: text)
    let (_, diagnostics) = PolicyLoader.load(files: [file], workspace: SourceFile(path: "bursar.yaml", text: plainWorkspace), now: november)
    return diagnostics.flatMap { $0.fixIts.first?.edits ?? [] }.applied(to: file.bytes).map { String(decoding: $0, as: UTF8.self) }
}

/// An object of a kind with this spec, in flow or block style.
func object(_ kind: String, _ spec: String) -> String { "kind: \(kind)\nmetadata: {name: x}\nspec: \(spec)\n" }

func complaintsOf(workspace: SourceFile) -> [Diagnostic] {
    PolicyLoader.load(files: [], workspace: workspace, now: november).diagnostics
}
