import CostModel

/// Writes resources that a test describes as Terraform, so that they are read the way code is.
enum TerraformText {
    static func text(of resources: [PolicyTest.Resource]) -> String {
        resources.map { resource in
            let parts = resource.address.split(separator: ".", maxSplits: 1)
            return "resource \(quoted(String(parts[0]))) \(quoted(String(parts.last ?? ""))) {\n"
                + body(resource.attributes.mapValues { ResourceAttribute($0) }, indentation: "  ") + "}\n"
        }.joined(separator: "\n")
    }

    private static func body(_ attributes: [String: ResourceAttribute], indentation: String) -> String {
        attributes.sorted { $0.key < $1.key }.map { name, attribute -> String in
            if case .list(let elements) = attribute.value, let blocks = blocks(elements) {
                return blocks.map { block in
                    "\(indentation)\(name) {\n\(body(block, indentation: indentation + "  "))\(indentation)}\n"
                }.joined()
            }
            return "\(indentation)\(name) = \(expression(attribute))\n"
        }.joined()
    }

    /// The elements as nested blocks, where all are mappings.
    private static func blocks(_ elements: [ResourceAttribute]) -> [[String: ResourceAttribute]]? {
        guard !elements.isEmpty else { return nil }
        let maps = elements.compactMap { element -> [String: ResourceAttribute]? in
            if case .map(let entries) = element.value { return entries }
            return nil
        }
        return maps.count == elements.count ? maps : nil
    }

    private static func expression(_ attribute: ResourceAttribute) -> String {
        switch attribute.value {
        case .null, .unknown: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return number.description
        case .string(let text): return quoted(text)
        case .list(let elements): return "[" + elements.map(expression).joined(separator: ", ") + "]"
        case .map(let entries):
            let items = entries.sorted { $0.key < $1.key }.map { "\(quoted($0.key)) = \(expression($0.value))" }
            return "{ " + items.joined(separator: ", ") + " }"
        }
    }

    /// A string without interpolation, whatever it holds.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case "$": result += "$"
            default: result.unicodeScalars.append(scalar)
            }
        }
        // `${` and `%{` would begin a template.
        return result.split(separator: "${", omittingEmptySubsequences: false).joined(separator: "$${")
            .split(separator: "%{", omittingEmptySubsequences: false).joined(separator: "%%{") + "\""
    }
}
