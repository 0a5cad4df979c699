import CostModel
import JSON

/// What `az advisor recommendation list` prints, a list, or `az graph query` of the table `AdvisorResources`, whose rows have everything
/// below `properties`. Only recommendations of the category Cost are read.
enum AzureAdvisorAdvice: AdviceFileFormat {
    static func read(_ bytes: [UInt8], limits: JSONLimits, into sink: AdviceSink) throws(JSONError) {
        let document = try JSONReader.read(bytes, limits: limits)
        guard let rows = AzureGraphAnswer.rows(of: document, lacks: sink.lacks) else {
            return sink.lacks("it is neither a list of recommendations nor an answer of Resource Graph")
        }
        for row in rows {
            let properties = row.at("properties").isObject ? row.at("properties") : row
            guard properties.at("category").textValue?.lowercased() == "cost" else { continue }
            sink.add(advice(properties, row))
        }
    }

    private static func advice(_ properties: JSONValue, _ row: JSONValue) -> StatedAdvice {
        let more = properties.at("extendedProperties")
        func text(_ key: String) -> String? { more.member(anyCase: key).flatMap(\.numberText) }
        let (current, proposed) = (text("currentSku"), text("targetSku"))
        let kind = (text("recommendationType") ?? "").lowercased()
        let impacted = (properties.at("impactedField").textValue ?? "").lowercased()
        let action: ProviderAdvice.Action =
            if text("term") != nil || impacted.hasPrefix("microsoft.subscriptions/") {
                .purchase
            } else if kind.contains("shutdown") || proposed?.lowercased() == "shutdown" {
                .stop
            } else if proposed != nil, proposed != current {
                .rightsize
            } else {
                .other
            }
        // The id of an advice begins with that of its resource; Azure's ids are compared in lower case.
        let own = (row.at("id").textValue?.lowercased()).flatMap { id in
            id.firstRange(of: "/providers/microsoft.advisor/").map { String(id[..<$0.lowerBound]) }
        }
        var stated = StatedAdvice(
            resource: action == .purchase ? "" : properties.at("resourceMetadata", "resourceId").textValue ?? own ?? "", action: action,
            current: current, proposed: action == .stop ? nil : proposed, refreshed: properties.at("lastUpdated").time,
            summary: properties.at("shortDescription", "solution").textValue ?? properties.at("shortDescription", "problem").textValue)
        let currency = text("savingsCurrency") ?? "no currency"
        if let amount = text("savingsAmount") {
            stated.savings = (amount, currency)
        } else if let amount = text("annualSavingsAmount") {
            stated.savings = (amount, currency)
            stated.savedOver = 12 * AdviceSink.month
        }
        if let days = text("observationPeriodDays") ?? text("lookbackPeriod") { stated.assumptions.append("\(days) days of samples") }
        if let impact = properties.at("impact").textValue { stated.assumptions.append("impact \(impact)") }
        return stated
    }
}
