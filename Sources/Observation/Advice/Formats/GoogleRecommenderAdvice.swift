import CostModel
import JSON

/// What `gcloud recommender recommendations list --format=json` prints: a list, of which those that are active count.
///
/// Which resource it is about, what it is now and what it is to be stands in the operations of the recommendation.
enum GoogleRecommenderAdvice: AdviceFileFormat {
    static func read(_ bytes: [UInt8], limits: JSONLimits, into sink: AdviceSink) throws(JSONError) {
        let document = try JSONReader.read(bytes, limits: limits)
        guard let items = document.elements ?? document.at("recommendations").elements else {
            return sink.lacks("it is no list of recommendations")
        }
        if document.at("nextPageToken").textValue != nil { sink.lacks("another page follows: the file must hold all of them") }
        for item in items {
            guard item.at("name").textValue != nil, item.at("primaryImpact", "category").textValue == "COST" else {
                sink.skip()
                continue
            }
            let state = item.at("stateInfo", "state").textValue
            guard state == nil || state == "ACTIVE" else { continue }
            sink.add(advice(item))
        }
    }

    private static func advice(_ item: JSONValue) -> StatedAdvice {
        let operations = (item.at("content", "operationGroups").elements ?? []).flatMap { $0.at("operations").elements ?? [] }
        let size = operations.first { $0.at("path").textValue == "/machineType" && $0.at("action").textValue == "replace" }
        let test = operations.first { $0.at("path").textValue == "/machineType" && $0.at("action").textValue == "test" }
        let subtype = item.at("recommenderSubtype").textValue ?? ""
        let action: ProviderAdvice.Action =
            if size != nil {
                .rightsize
            } else if subtype.hasPrefix("STOP") {
                .stop
            } else if subtype.contains("DELETE") {
                .delete
            } else if subtype.contains("COMMITMENT") || item.at("name").textValue?.contains("ommitment") == true {
                .purchase
            } else {
                .other
            }
        let resource = (size ?? operations.first { $0.at("resource").textValue != nil })?.at("resource").textValue
        var stated = StatedAdvice(
            resource: action == .purchase ? "" : resource ?? "", action: action,
            current: last(test?.at("valueMatcher", "matchesPattern").textValue ?? test?.at("value").textValue),
            proposed: last(size?.at("value").textValue), refreshed: item.at("lastRefreshTime").time,
            summary: item.at("description").textValue)
        let projection = item.at("primaryImpact", "costProjection")
        stated.savings = savings(projection.at("cost"))
        // A duration in seconds: `2592000s`.
        stated.savedOver = projection.at("duration").textValue.flatMap { text in
            text.hasSuffix("s") ? Int64(text.dropLast().prefix { $0 != "." }) : nil
        }
        if let priority = item.at("priority").textValue { stated.assumptions.append("priority \(priority)") }
        return stated
    }

    /// A negative cost is a saving: `{"currencyCode": "USD", "units": "-12", "nanos": -340000000}`.
    private static func savings(_ cost: JSONValue) -> (String, String)? {
        guard let currency = cost.at("currencyCode").textValue else { return nil }
        let units = cost.at("units").numberText ?? "0"
        let nanos = cost.at("nanos").numberText ?? "0"
        guard let units = Int64(units), let nanos = Int64(nanos), units.magnitude < 1_000_000_000, nanos.magnitude < 1_000_000_000 else {
            return ("no number", currency)
        }
        let amount = FixedDecimal(Int(units)) + FixedDecimal(Int(nanos)).scaled(by: 1, over: 1_000_000_000)
        return ((-amount).description, currency)
    }

    /// The name behind the last slash.
    private static func last(_ text: String?) -> String? { text?.split(separator: "/").last.map(String.init) }
}
