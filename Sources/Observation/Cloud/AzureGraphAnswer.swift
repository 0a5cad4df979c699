import JSON

/// A list that Azure's client prints by itself, or as `data` of a query of Resource Graph.
enum AzureGraphAnswer {
    /// - Parameter lacks: is told what is missing of a graph's answer.
    /// - Returns: nil: it is neither.
    static func rows(of document: JSONValue, lacks: (String) -> Void) -> [JSONValue]? {
        if let rows = document.elements { return rows }
        guard let rows = document.at("data").elements else { return nil }
        let token = document.member(anyCase: "skip_token") ?? document.member(anyCase: "skipToken")
        if token?.textValue != nil { lacks("another page follows: the file must hold all of them") }
        let total = document.member(anyCase: "total_records") ?? document.member(anyCase: "totalRecords")
        if let total = total?.numberText.flatMap({ Int($0) }), total > rows.count {
            lacks("it holds \(rows.count) of \(total) rows: ask for all of them with '--first' and '--skip-token'")
        }
        return rows
    }
}
