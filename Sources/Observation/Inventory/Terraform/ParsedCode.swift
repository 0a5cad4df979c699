import Diagnostics
import Synchronization

/// The Terraform files of a tree, parsed when they are asked for.
///
/// A syntax tree is many times as large as its file. Once the roots are evaluated nobody looks at one, unless an edit is to be proved.
final class ParsedCode: Sendable {
    private struct Parsed {
        var code: TerraformCode
        var graph: ModuleGraph?
        var secrets: SecretLines?
    }

    private let files: [SourceFile]
    private let parsed: Mutex<Parsed?>

    init(files: [SourceFile]) {
        self.files = files
        parsed = Mutex(nil)
    }

    /// Parsed already, where further edits are to follow.
    init(_ code: TerraformCode) {
        files = []
        parsed = Mutex(Parsed(code: code))
    }

    /// Kept from now on.
    var value: TerraformCode {
        parsed.withLock { parsed in
            let code = parsed?.code ?? TerraformCode(files: files)
            if parsed == nil { parsed = Parsed(code: code) }
            return code
        }
    }

    /// The lines of a file on which secrets are written; what is known of the folders is kept from now on.
    func secretLines(of path: String) -> Set<Int> {
        let code = value
        return parsed.withLock { parsed in
            let secrets = parsed?.secrets ?? SecretLines(code)
            parsed?.secrets = secrets
            return secrets.lines(of: path)
        }
    }

    /// Which folders there are and which calls which; kept from now on.
    var graph: ModuleGraph {
        let code = value
        return parsed.withLock { parsed in
            let graph = parsed?.graph ?? ModuleGraph(code)
            parsed?.graph = graph
            return graph
        }
    }
}
