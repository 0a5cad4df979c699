import CostModel
import JSON

/// What `aws compute-optimizer get-ec2-instance-recommendations`, `get-rds-database-recommendations`, `get-ebs-volume-recommendations` and
/// `get-idle-recommendations` print, or the export of the first two in CSV.
///
/// Of several options the one that ranks first counts. Savings after discounts go before those at list prices.
enum ComputeOptimizerAdvice: AdviceFileFormat {
    static func read(_ bytes: [UInt8], limits: JSONLimits, into sink: AdviceSink) throws(JSONError) {
        let first = bytes.first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
        // An export is a table; nothing else that is no JSON is.
        if let first, first != UInt8(ascii: "{"), first != UInt8(ascii: "[") { return ComputeOptimizerExport.read(bytes, into: sink) }
        let document = try JSONReader.read(bytes, limits: limits)
        var isKnown = false
        for (key, read) in lists {
            guard let items = document.at(key).elements else { continue }
            isKnown = true
            for item in items { read(item, sink) }
        }
        for key in otherLists {
            guard let items = document.at(key).elements else { continue }
            isKnown = true
            for _ in items { sink.skip() }
        }
        guard isKnown else { return sink.lacks("it holds no recommendations of Compute Optimizer") }
        if document.at("nextToken").textValue != nil { sink.lacks("another page follows: the file must hold all of them") }
        for error in document.at("errors").elements ?? [] {
            let (code, message) = (error.at("code").textValue ?? "an error", error.at("message").textValue ?? "")
            sink.lacks("Compute Optimizer says \(code): \(message.prefix(200))")
        }
    }

    private static let lists: [(key: String, read: @Sendable (JSONValue, AdviceSink) -> Void)] = [
        ("instanceRecommendations", instance), ("rdsDBRecommendations", database), ("volumeRecommendations", volume),
        ("idleRecommendations", idle),
    ]
    private static let otherLists = [
        "autoScalingGroupRecommendations", "lambdaFunctionRecommendations", "ecsServiceRecommendations", "licenseRecommendations",
    ]

    private static func instance(_ item: JSONValue, _ sink: AdviceSink) {
        guard isOpen(item.at("finding")), let option = best(item.at("recommendationOptions")) else { return }
        let isArchitecture = option.at("platformDifferences").elements?.contains("Architecture") ?? false
        var stated = StatedAdvice(
            resource: item.at("instanceArn").textValue ?? "", action: isArchitecture ? .migrate : .rightsize,
            current: item.at("currentInstanceType").textValue, proposed: option.at("instanceType").textValue)
        complete(&stated, item, option)
        if let effort = option.at("migrationEffort").textValue { stated.assumptions.append("effort \(effort)") }
        sink.add(stated)
    }

    private static func database(_ item: JSONValue, _ sink: AdviceSink) {
        guard isOpen(item.at("instanceFinding")), let option = best(item.at("instanceRecommendationOptions")) else { return }
        var stated = StatedAdvice(
            resource: item.at("resourceArn").textValue ?? "", action: .rightsize, current: item.at("currentDBInstanceClass").textValue,
            proposed: option.at("dbInstanceClass").textValue)
        complete(&stated, item, option)
        sink.add(stated)
    }

    private static func volume(_ item: JSONValue, _ sink: AdviceSink) {
        guard isOpen(item.at("finding")), let option = best(item.at("volumeRecommendationOptions")) else { return }
        var stated = StatedAdvice(
            resource: item.at("volumeArn").textValue ?? "", action: .rightsize, current: volume(item.at("currentConfiguration")),
            proposed: volume(option.at("configuration")))
        complete(&stated, item, option)
        sink.add(stated)
    }

    /// `gp3, 100 GiB, 3000 IOPS`
    private static func volume(_ configuration: JSONValue) -> String? {
        guard let type = configuration.at("volumeType").textValue else { return nil }
        let parts = [("volumeSize", "GiB"), ("volumeBaselineIOPS", "IOPS"), ("volumeBaselineThroughput", "MiB/s")].compactMap { key, unit in
            configuration.at(key).numberText.map { "\($0) \(unit)" }
        }
        return ([type] + parts).joined(separator: ", ")
    }

    private static func idle(_ item: JSONValue, _ sink: AdviceSink) {
        let isInstance = item.at("resourceType").textValue == "EC2Instance"
        var stated = StatedAdvice(
            resource: item.at("resourceArn").textValue ?? item.at("resourceId").textValue ?? "", action: isInstance ? .stop : .delete,
            summary: item.at("findingDescription").textValue)
        complete(&stated, item, item)
        sink.add(stated)
    }

    /// `OPTIMIZED` and `Optimized` are advice to leave it.
    private static func isOpen(_ finding: JSONValue) -> Bool { finding.textValue?.lowercased() != "optimized" }

    private static func best(_ options: JSONValue) -> JSONValue? {
        options.elements?.filter(\.isObject).min { rank($0) < rank($1) }
    }

    private static func rank(_ option: JSONValue) -> Int { option.at("rank").numberText.flatMap { Int($0) } ?? .max }

    private static func complete(_ stated: inout StatedAdvice, _ item: JSONValue, _ option: JSONValue) {
        stated.refreshed = item.at("lastRefreshTimestamp").time
        let days = item.member(anyCase: "lookBackPeriodInDays")?.numberText
        if let days { stated.assumptions.append("\(whole(days)) days of samples") }
        if let risk = option.at("performanceRisk").numberText { stated.assumptions.append("performance risk \(whole(risk)) of 4") }
        for (key, prices) in [("savingsOpportunityAfterDiscounts", "prices after discounts"), ("savingsOpportunity", "list prices")] {
            let savings = option.at(key).at("estimatedMonthlySavings")
            guard let amount = savings.at("value").numberText else { continue }
            stated.savings = (amount, savings.at("currency").textValue ?? "no currency")
            stated.assumptions.append(prices)
            break
        }
    }

    /// `14.0` is 14.
    static func whole(_ number: String) -> String { number.hasSuffix(".0") ? String(number.dropLast(2)) : number }
}

/// Compute Optimizer's export: a row for each resource, its options numbered in the names of the columns.
private enum ComputeOptimizerExport {
    private static let format = "Compute Optimizer"

    static func read(_ bytes: [UInt8], into sink: AdviceSink) {
        guard let table = CSVTable(MemorySource(bytes), problems: sink.problems) else { return }
        let names = ColumnNames(table.columns)
        guard
            let resource = names["instancearn", "resourcearn"],
            let proposed = names["recommendationoptions1instancetype", "instancerecommendationoptions1dbinstanceclass"],
            let current = names["currentinstancetype", "currentdbinstanceclass"]
        else {
            return sink.lacks("it is neither JSON nor an export of instances or databases of Compute Optimizer")
        }
        let finding = names["finding", "instancefinding"]
        let amount = names[
            "recommendationoptions1estimatedmonthlysavingsvalueafterdiscounts", "recommendationoptions1estimatedmonthlysavingsvalue",
            "instancerecommendationoptions1estimatedmonthlysavingsvalue"]
        let currency = names[
            "recommendationoptions1estimatedmonthlysavingscurrency", "instancerecommendationoptions1estimatedmonthlysavingscurrency"]
        let time = names["lastrefreshtimestamputc", "lastrefreshtimestamp"]
        let days = names["lookbackperiodindays"]
        let risk = names["recommendationoptions1performancerisk", "instancerecommendationoptions1performancerisk"]
        let error = names["errorcode"]
        do throws(FileFault) {
            try table.forEachRow(problems: sink.problems) { record throws(FieldFault) in
                func text(_ index: Int?) -> String? { index.flatMap { record[$0].isNull ? nil : record[$0].text } }
                if let code = text(error) { return sink.lacks("Compute Optimizer says \(code.prefix(80)) of a resource") }
                guard text(finding)?.lowercased() != "optimized", text(proposed) != nil else { return }
                var stated = StatedAdvice(
                    resource: text(resource) ?? "", action: .rightsize, current: text(current), proposed: text(proposed),
                    refreshed: text(time).flatMap { Instant($0) })
                if let days = text(days) { stated.assumptions.append("\(ComputeOptimizerAdvice.whole(days)) days of samples") }
                if let risk = text(risk) {
                    stated.assumptions.append("performance risk \(ComputeOptimizerAdvice.whole(risk)) of 4")
                }
                if let amount = text(amount) { stated.savings = (amount, text(currency) ?? "no currency") }
                sink.add(stated)
            }
        } catch { sink.problems.add(error) }
    }
}
