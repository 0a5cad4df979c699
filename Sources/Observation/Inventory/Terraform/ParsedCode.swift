import Diagnostics
import Synchronization

/// The Terraform files of a tree, parsed when they are asked for.
///
/// A syntax tree is many times as large as its file. Once the roots are evaluated nobody looks at one, unless an edit is to be proved.
final class ParsedCode: Sendable {
    private let files: [SourceFile]
    private let code: Mutex<TerraformCode?>

    init(files: [SourceFile]) {
        self.files = files
        code = Mutex(nil)
    }

    /// Parsed already, where further edits are to follow.
    init(_ code: TerraformCode) {
        files = []
        self.code = Mutex(code)
    }

    /// Kept from now on.
    var value: TerraformCode {
        code.withLock { code in
            if let code { return code }
            let parsed = TerraformCode(files: files)
            code = parsed
            return parsed
        }
    }
}
