/// Which resource types take tags: facts of the Terraform providers' own schemas and documentation (hashicorp/aws 5.100.0; hashicorp/google
/// after 7.45.0 and hashicorp/azurerm after 5.1.0, of 21 August 2026).
package enum TaggableTypes {
    /// Whether a type takes tags, or what its provider calls so; nil for a type that is not known.
    package static func takesTags(_ type: String) -> Bool? {
        if type.hasPrefix("aws_") { return type == "aws_autoscaling_group" ? true : aws[type.dropFirst(4)] }
        if type.hasPrefix("google_") { return rolesOfGoogle.contains { type.hasSuffix($0) } ? false : google[type.dropFirst(7)] }
        if type.hasPrefix("azurerm_") { return azure[type.dropFirst(8)] }
        return withoutTags.contains(type) || withoutTags.contains { $0.hasSuffix("_") && type.hasPrefix($0) } ? false : nil
    }

    /// What is no object of a cloud. A name that ends in `_` stands for all that begin so.
    private static let withoutTags: Set<String> = ["null_resource", "terraform_data", "local_", "random_", "template_", "time_", "tls_"]
    /// Each service has these.
    private static let rolesOfGoogle = ["_iam_audit_config", "_iam_binding", "_iam_member", "_iam_policy"]

    private static let aws = known(taggable, untaggable)
    private static let google = known(labelled, unlabelled)
    private static let azure = known(taggableByAzure, untaggableByAzure)

    private static func known(_ taggable: String, _ untaggable: String) -> [Substring: Bool] {
        var known: [Substring: Bool] = [:]
        for (words, takesTags) in [(taggable, true), (untaggable, false)] {
            // By bytes: they are some thousand words of ASCII, and whoever asks for one waits for all.
            for word in words.utf8.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }) {
                known[Substring(word)] = takesTags
            }
        }
        return known
    }
}
