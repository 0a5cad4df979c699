package import CostModel
package import Diagnostics
import HCL

/// Which editor edits the files of which format.
package enum Editors {
    /// Opens a file; nil where it cannot be read, or where nothing edits its format.
    package static func open(_ file: SourceFile, of format: InventoryFormat) -> (any CodeEditor)? {
        switch format {
        case .terraform: Parser.syntax(of: file.path) == .json ? TerraformJSONEditor(file) : TerraformEditor(file)
        }
    }
}
