import JSON
import TestSupport

/// The `terraform` executable, where it is there, as judge over what it reads.
enum TerraformProgram {
    static let program = Program.named("terraform")
    static var isThere: Bool { program != nil }

    struct Failure: Error { var output: String }

    /// The files that its complaints name, as bytes.
    ///
    /// - Parameter summary: what the complaints say at their beginning.
    static func filesNamed(by arguments: [String], in folder: String, of summary: String) throws -> Set<[UInt8]> {
        guard let program else { throw Failure(output: "there is no terraform") }
        let environment = ["CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "HOME": folder]
        let result = try program.run(arguments, in: folder, environment: environment)
        var files: Set<[UInt8]> = []
        let lines = arguments[0] == "validate" ? [Substring(result.output)] : result.output.split(separator: "\n")
        var count = 0
        for line in lines {
            let document = try JSONReader.read(Array(line.utf8))
            guard case .array(let found)? = document["diagnostics"] ?? document["diagnostic"].map({ .array([$0]) }) else { continue }
            for diagnostic in found {
                count += 1
                guard case .string(let text)? = diagnostic["summary"], text.utf8.starts(with: summary.utf8),
                    case .string(let file)? = diagnostic["range"]?["filename"]
                else { continue }
                files.insert(Array(file.utf8))
            }
        }
        guard count > 0 else { throw Failure(output: result.output + result.error) }
        return files
    }
}
