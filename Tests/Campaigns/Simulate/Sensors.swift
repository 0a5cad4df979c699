import CostModel
import Foundation
import TestSupport

/// What is seen of a company: a bill that arrives day by day, in many ways, utilisation, and state.
struct Sensors {
    /// How a day's part of the bill arrives.
    enum Delivery: CaseIterable {
        case plain, packed
        /// The same part under a second name.
        case twice
        /// Cut off in the middle of a row; the whole comes the next day.
        case torn
        /// Not at all; it comes with the next one.
        case late
    }

    private static let kept = 100
    private static let metricsKept = 8

    let folder = TemporaryDirectory()
    private let company: Company
    /// Days whose parts have not come yet.
    private var owed: [Day] = []
    /// Names of files by the day they are about.
    private var parts: [Day: [String]] = [:]
    private var torn: Day?

    init(_ company: Company, start: Day) throws {
        self.company = company
        for offset in (1...75).reversed() { try deliver(start.advanced(by: -offset), .plain) }
        for offset in (1...Self.metricsKept).reversed() { try measure(start.advanced(by: -offset)) }
        try writeStates()
    }

    // MARK: The bill

    /// The morning of a day: yesterday's part, and what is owed.
    mutating func deliver(onMorningOf day: Day, _ delivery: Delivery) throws {
        let yesterday = day.advanced(by: -1)
        if let torn { owed.append(torn) }
        torn = nil
        owed.append(yesterday)
        if delivery == .late { return }
        for day in owed.dropLast() { try deliver(day, .plain) }
        try deliver(yesterday, delivery)
        owed = []
        let old = day.advanced(by: -Self.kept)
        for name in parts.removeValue(forKey: old) ?? [] { folder.remove(name) }
    }

    /// Whether the bill as it lies there can be told to be whole.
    var isTorn: Bool { torn != nil }
    /// How many of the last days have no part.
    var missingDays: Int { owed.count }

    private mutating func deliver(_ day: Day, _ delivery: Delivery) throws {
        for name in parts[day] ?? [] { folder.remove(name) }
        let text = part(of: day)
        let name = "focus/\(day).csv"
        switch delivery {
        case .plain, .late:
            try folder.write(text, to: name)
            parts[day] = [name]
        case .packed:
            try folder.write(text, to: name)
            guard let gzip = Program.named("gzip"), try gzip.run(["-f", folder.path + "/" + name]).code == 0 else {
                parts[day] = [name]
                return
            }
            parts[day] = [name + ".gz"]
        case .twice:
            try folder.write(text, to: name)
            try folder.write(text, to: "focus/\(day)-again.csv")
            parts[day] = [name, "focus/\(day)-again.csv"]
        case .torn:
            // Within the last row, behind its first commas, so that it cannot pass for a whole one.
            try folder.write(Array(text.utf8.dropLast(60)), to: name)
            parts[day] = [name]
            torn = day
        }
    }

    private func part(of day: Day) -> String {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,"
            + "ChargeCategory,ResourceId,ServiceName,SubAccountId,ConsumedQuantity,ConsumedUnit,SkuPriceId\n"
        let next = day.advanced(by: 1)
        func add(_ cost: String, _ resource: String, _ service: String, _ quantity: Int, _ unit: String, _ sku: String) {
            text +=
                "\(cost),\(cost),\(cost),\(cost),USD,\(day.month.firstDay)T00:00:00Z,\(day)T00:00:00Z,\(next)T00:00:00Z,Usage,"
                + "\(resource),\(service),111122223333,\(quantity),\(unit),\(sku)\n"
        }
        for (index, team) in company.teams.enumerated() {
            for queue in ["jobs", "mail"] { add("40", Self.arn(queue, team), "Queues", 40, "Requests", "queue") }
            let size = company.size(of: team, on: day)
            let hours = Self.hours(index, day)
            let mills = size.price * hours
            let cost = "\(mills / 1_000).\(String(1_000 + mills % 1_000).dropFirst())"
            add(cost, Self.arn(machineOf: team), "Machines", hours, "Hours", size.type)
        }
        return text
    }

    /// A machine does not run each hour of each day: its cost moves for reasons of its own too.
    static func hours(_ team: Int, _ day: Day) -> Int { 21 + (team &* 7 &+ Int(day.start.seconds / 86_400) &* 5) % 3 }

    // MARK: Utilisation and state

    /// What a morning lacks, and the next one has again.
    enum Gap: CaseIterable {
        case samples, samplesOfOne, memoryAlone, stateGone, stateEmptied
    }

    private(set) var gap: Gap?
    /// Whose machine or state it is.
    private var gapTeam = ""

    /// - Parameter gap: nil: everything is there, also what was missing the day before.
    mutating func observe(onMorningOf day: Day, without gap: Gap?, of team: String) throws {
        let hadGap = self.gap != nil
        (self.gap, gapTeam) = (gap, team)
        try writeStates()
        for offset in (1...(gap == nil && !hadGap ? 1 : Self.metricsKept)).reversed() { try measure(day.advanced(by: -offset)) }
        let state = "state/infra/\(team)/terraform.tfstate"
        if gap == .stateGone { folder.remove(state) }
        if gap == .stateEmptied { try folder.write(Self.state(of: []), to: state) }
    }

    /// A day's samples, one every four hours.
    mutating func measure(_ day: Day) throws {
        var text = "timestamp,resource_id,metric,value\n"
        for team in company.teams where gap != .samples && !(gap == .samplesOfOne && team == gapTeam) {
            let load = company.size(of: team, on: day).load
            for hour in stride(from: 0, to: 24, by: 4) {
                let time = "\(day)T\(hour < 10 ? "0" : "")\(hour):00:00Z"
                if gap != .memoryAlone { text += "\(time),i-\(team),cpu,\(load.cpu / 10).\(load.cpu % 10)\n" }
                text += "\(time),i-\(team),memory,\(load.memory / 10).\(load.memory % 10)\n"
            }
        }
        try folder.write(text, to: "metrics/\(day).csv")
        folder.remove("metrics/\(day.advanced(by: -Self.metricsKept)).csv")
    }

    func writeStates(today: Day? = nil) throws {
        for team in company.teams {
            var resources = try company.queues(of: team).map { queue in
                Self.resource("aws_sqs_queue", queue, "\"id\": \"\(queue)-\(team)\", \"arn\": \"\(Self.arn(queue, team))\"")
            }
            let size = company.sizes[team]?.last?.size ?? .doubled
            resources.append(
                Self.resource(
                    "aws_instance", "web",
                    "\"id\": \"i-\(team)\", \"arn\": \"\(Self.arn(machineOf: team))\", \"instance_type\": \"\(size.type)\""))
            let name = "state/infra/\(team)/terraform.tfstate"
            let text = Self.state(of: resources)
            // A file that is written anew counts as a change: only what has changed is.
            if FileSystem.exists(folder.path + "/" + name), try folder.read(name) == Array(text.utf8) { continue }
            try folder.write(text, to: name)
        }
    }

    private static func state(of resources: [String]) -> String {
        "{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, \"resources\": ["
            + resources.joined(separator: ",") + "]}"
    }

    private static func resource(_ type: String, _ name: String, _ attributes: String) -> String {
        "{\"mode\": \"managed\", \"type\": \"\(type)\", \"name\": \"\(name)\", \"provider\": \"provider[\\\"registry.example.com/aws\\\"]\", "
            + "\"instances\": [{\"schema_version\": 0, \"attributes\": {\(attributes)}}]}"
    }

    private static func arn(_ queue: String, _ team: String) -> String { "arn:aws:sqs:us-east-1:111122223333:\(queue)-\(team)" }
    static func arn(machineOf team: String) -> String { "arn:aws:ec2:us-east-1:111122223333:instance/i-\(team)" }
}
