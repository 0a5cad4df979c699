import Charts

/// An element of an XML document. Whatever goes in stays text: mark-up is escaped, and what XML cannot hold is written out first.
struct XMLElement {
    var name: String
    var attributes: [(name: String, value: String)]
    var children: [XMLElement]
    /// Stands instead of children.
    var text: String?

    init(_ name: String, _ attributes: [(String, String)] = [], children: [XMLElement] = [], text: String? = nil) {
        self.name = name
        self.attributes = attributes.map { (name: $0.0, value: $0.1) }
        self.children = children
        self.text = text
    }

    /// The document with its declaration.
    func document() -> String {
        var result = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        write(into: &result, depth: 0)
        return result
    }

    private func write(into result: inout String, depth: Int) {
        let indent = String(repeating: "  ", count: depth)
        result += "\(indent)<\(name)"
        for (name, value) in attributes { result += " \(name)=\"\(Markup.text(value))\"" }
        if let text {
            // Lines of ours stay lines; everything else in them is written out.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Markup.text(String($0)) }
            result += ">\(lines.joined(separator: "\n"))</\(name)>\n"
        } else if children.isEmpty {
            result += "/>\n"
        } else {
            result += ">\n"
            for child in children { child.write(into: &result, depth: depth + 1) }
            result += "\(indent)</\(name)>\n"
        }
    }
}
