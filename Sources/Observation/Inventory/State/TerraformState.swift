package import CostModel
import JSON

/// What a Terraform state file says is deployed.
package struct TerraformState: Hashable, Sendable {
    package var file: String
    /// Managed resource instances, by address.
    package var resources: [String: Entry]

    package struct Entry: Hashable, Sendable {
        package var type: String
        package var deployed: Resource.Deployed

        package init(type: String, deployed: Resource.Deployed) {
            self.type = type
            self.deployed = deployed
        }
    }

    package init(file: String, resources: [String: Entry]) {
        self.file = file
        self.resources = resources
    }
}

/// Why a file is not a state that can be read.
package enum TerraformStateError: Error, Hashable, Sendable {
    /// Not JSON, or cut off.
    case malformed(file: String, line: Int, column: Int, String)
    /// Another format version than 4, which Terraform writes since 0.12.
    case version(file: String, String)
    /// JSON, but not a state.
    case shape(file: String, String)

    package var problem: ObservationProblem {
        switch self {
        case .malformed(let file, let line, let column, let message):
            ObservationProblem(
                .partial, id: "torn-state", file: file, line: line, column: column, "the state is not valid JSON: \(message)")
        case .version(let file, let version):
            ObservationProblem(.partial, id: "state-version", file: file, "the state has format version \(version); only version 4 is read")
        case .shape(let file, let message):
            ObservationProblem(.partial, id: "state-shape", file: file, "this is not a Terraform state: \(message)")
        }
    }
}

extension TerraformState {
    /// Reads a state of format version 4.
    package static func read(_ bytes: [UInt8], file: String) throws(TerraformStateError) -> TerraformState {
        guard bytes.count <= largestFile else { throw .shape(file: file, "the file is larger than \(largestFile >> 20) MB") }
        var document = StateDocument()
        do throws(JSONError) {
            try JSONReader.read(bytes, limits: JSONLimits(size: largestFile)) { (reader) throws(JSONError) in try document.read(&reader) }
        } catch  where document.version == nil || document.version == "4" {
            throw .malformed(file: file, line: error.line, column: error.column, error.message)
        } catch {
            // A foreign version explains a foreign shape.
        }
        guard let version = document.version else { throw .shape(file: file, "it has no version") }
        guard version == "4" else { throw .version(file: file, version) }
        guard document.hasResources else { throw .shape(file: file, "it has no list of resources") }
        if let problem = document.problem { throw .shape(file: file, problem) }
        return TerraformState(file: file, resources: document.resources)
    }

    static let largestFile = 512 << 20
}
