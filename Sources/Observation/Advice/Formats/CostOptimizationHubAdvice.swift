import CostModel
import JSON

/// What `aws cost-optimization-hub list-recommendations` prints: of all services in one list.
enum CostOptimizationHubAdvice: AdviceFileFormat {
    static func read(_ bytes: [UInt8], limits: JSONLimits, into sink: AdviceSink) throws(JSONError) {
        let document = try JSONReader.read(bytes, limits: limits)
        guard let items = document.at("items").elements else {
            return sink.lacks("'items' is missing: this is no answer of Cost Optimization Hub")
        }
        if document.at("nextToken").textValue != nil { sink.lacks("another page follows: the file must hold all of them") }
        for item in items {
            guard item.isObject, let action = action(item.at("actionType").textValue ?? "") else {
                sink.skip()
                continue
            }
            var stated = StatedAdvice(
                resource: action == .purchase ? "" : item.at("resourceArn").textValue ?? item.at("resourceId").textValue ?? "",
                action: action, current: item.at("currentResourceSummary").textValue,
                proposed: item.at("recommendedResourceSummary").textValue, refreshed: item.at("lastRefreshTimestamp").time)
            if let amount = item.at("estimatedMonthlySavings").numberText {
                stated.savings = (amount, item.at("currencyCode").textValue ?? "no currency")
            }
            if let days = item.at("recommendationLookbackPeriodInDays").numberText { stated.assumptions.append("\(days) days of samples") }
            if let effort = item.at("implementationEffort").textValue { stated.assumptions.append("effort \(effort)") }
            if case .bool(true) = item.at("restartNeeded") { stated.assumptions.append("needs a restart") }
            if case .bool(false) = item.at("rollbackPossible") { stated.assumptions.append("cannot be rolled back") }
            sink.add(stated)
        }
    }

    private static func action(_ name: String) -> ProviderAdvice.Action? {
        switch name {
        case "Rightsize": .rightsize
        case "Stop": .stop
        case "Delete": .delete
        case "Upgrade": .upgrade
        case "MigrateToGraviton": .migrate
        case "ScaleIn": .scaleIn
        case "PurchaseSavingsPlans", "PurchaseReservedInstances": .purchase
        case "": nil
        default: .other
        }
    }
}
