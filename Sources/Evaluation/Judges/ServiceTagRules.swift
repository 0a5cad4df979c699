/// What services allow as keys and values of tags, and how many: facts of their documentation.
///
/// A value that a service refuses is not proposed: the change would look right and fail when it is applied.
struct ServiceTagRules {
    private let type: String

    init(_ type: String) { self.type = type }

    /// Whether keys that differ only in case are one.
    var ignoresCase: Bool { type.hasPrefix("aws_iam_") || type.hasPrefix("azurerm_") }

    /// How many tags a resource may have.
    var mostTags: Int {
        if type == "aws_s3_object" || type == "aws_s3_bucket_object" { return 10 }
        return type.hasPrefix("google_") ? 64 : 50
    }

    /// Why the service refuses a tag; nil where nothing speaks against it.
    func refusal(key: String, value: String) -> String? {
        if type.hasPrefix("google_") { return Self.label(key: key, value: value) }
        if type.hasPrefix("aws_") { return awsTag(key: key, value: value) }
        if type.hasPrefix("azurerm_") {
            if key.unicodeScalars.contains(where: { "<>%&\\?/".unicodeScalars.contains($0) }) { return "Azure refuses the key '\(key)'" }
            return key.count > 512 || value.count > 256 ? "Azure refuses a tag of this length" : nil
        }
        return nil
    }

    private static func label(key: String, value: String) -> String? {
        func isAllowed(_ text: String) -> Bool {
            text.count <= 63
                && text.unicodeScalars.allSatisfy { scalar in
                    if scalar.properties.isAlphabetic { return !scalar.properties.isUppercase }
                    return scalar.properties.numericType != nil || scalar == "_" || scalar == "-"
                }
        }
        guard isAllowed(key), key.unicodeScalars.first?.properties.isAlphabetic == true else { return "Google refuses the key '\(key)'" }
        return isAllowed(value) ? nil : "Google refuses the value '\(value)': labels are of lower-case letters, digits, '-' and '_'"
    }

    private func awsTag(key: String, value: String) -> String? {
        if key.lowercased().hasPrefix("aws:") { return "AWS keeps keys that begin with 'aws:' to itself" }
        if key.unicodeScalars.count > 128 || value.unicodeScalars.count > 256 { return "AWS refuses a tag of this length" }
        guard !isOfEC2 else { return nil }
        for (what, text) in [("key", key), ("value", value)] {
            guard text.unicodeScalars.allSatisfy(Self.isCommon) else {
                return "the service refuses the \(what) '\(text)': letters, digits, spaces and + - = . _ : / @ are allowed"
            }
        }
        return nil
    }

    private static func isCommon(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || " +-=._:/@".unicodeScalars.contains(scalar)
    }

    /// EC2 takes any character.
    private var isOfEC2: Bool {
        let name = type.dropFirst(4)
        return Self.ofEC2.contains { name == $0 || name.hasPrefix($0 + "_") }
    }

    private static let ofEC2 = [
        "ami", "customer_gateway", "default", "ebs", "ec2", "egress_only", "eip", "flow_log", "instance", "internet_gateway", "key_pair",
        "launch_template", "nat_gateway", "network_acl", "network_interface", "placement_group", "route_table", "security_group",
        "spot", "subnet", "vpc", "vpn",
    ]
}
