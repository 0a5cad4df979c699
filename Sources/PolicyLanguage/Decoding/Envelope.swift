import CostModel
import Diagnostics
import YAML

/// What every object begins with: which kind it is and what it is called.
struct Envelope {
    var kind: PolicyKind
    var name: Located<String>
    /// Where the object's `kind` stands.
    var place: Place

    var reference: PolicyReference { PolicyReference(kind, name.value) }
}

/// The keys of every document.
enum EnvelopeObject: DescribedObject {
    static let doc = "One object of the policy language."
    static let version = "bursar/v1"

    static let apiVersion = Field("apiVersion", .text, "The version of the language; required in the workspace's own object.")
    static let kind = Field("kind", .text, .required, "What the object is.")
    static let metadata = Field("metadata", .object(MetadataObject.self), .required, "What the object is called.")
    static let spec = FieldDescription(
        key: "spec", value: .map(key: .text, value: .text), isRequired: true, defaultText: nil, doc: "What the object says, by its kind.")

    static let fields = [apiVersion.description, kind.description, metadata.description, spec]
}

enum MetadataObject: NestedObject {
    static let doc = "What the object is called."
    static let name = Field("name", .name, .required, "A DNS label, unique among the objects of its kind.")
    static let fields = [name.description]

    static func build(_ record: Record) -> Located<String>? { record.located(name) }
}
