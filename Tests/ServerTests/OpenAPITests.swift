import CostModel
import JSON
import Reporting
import Server
import Testing

@Suite("the API's description")
struct OpenAPITests {
    private let site = Site()

    private func document() throws -> JSONValue { try site.json("GET", "/api/v1/openapi.json") }

    @Test("has only references that lead somewhere, and no schema that nothing refers to")
    func references() throws {
        let document = try document()
        let names = Set(document["components"]?["schemas"]?.keys ?? [])
        #expect(Set(document.references) == names)
        #expect(names.count > 20)
    }

    @Test("has the fields that are written, in every answer")
    func fields() throws {
        let document = try document()
        let asked = try site.answer("POST", "/api/v1/workspaces/acme/recommendations/g-000000000001-aaaaaaaa/apply", token: Site.writeToken)
        let id = try #require(JSONReader.read(asked.body)["operation"]?.text)
        let samples = [
            "workspace": "acme", "run": "r-000000000005", "finding": "f-0a", "team": "payments", "digest": "abc123",
            "recommendation": "g-000000000001-aaaaaaaa", "operation": id,
        ]
        var count = 0
        for path in document["paths"]?.keys ?? [] {
            guard let get = document["paths"]?[path]?["get"], !path.hasSuffix("openapi.json") else { continue }
            let target = samples.reduce(path) { $0.replacing("{\($1.key)}", with: $1.value) }
            let schema = get["responses"]?["200"]?["content"]?["application/json"]?["schema"] ?? .null
            try document.check(site.json("GET", target), against: schema, at: target)
            count += 1
        }
        #expect(count == 25)
    }

    /// Clients may rely on them. New keys are added; none goes, and none changes its place among the others.
    private static let contract: [(schema: String, keys: String)] = [
        ("AuditEntry", "time run cause action object detail"), ("Badge", "team name awarded reason evidence"),
        ("Change", "id title file team findings resources monthlySavings"), ("ChangedResource", "root address type billedAs"),
        (
            "Finding",
            """
            id policy rule result severity team resource subject message state exempt identity firstSeen lastSeen opened unknownSince \
            missedSince fixed fixedBy reopened due atStake monthlySavings unseenSince unseenReason deployed period
            """
        ), ("FindingEvent", "time kind commit"), ("FindingHistory", "finding events"),
        ("Plan", "digest baseCommit policyDigest observedDigest made changes"),
        (
            "Request",
            "group team state branch title number url plan changes baseCommit commit opened updated ended mergeCommit edited"
        ),
        (
            "Run", "id trigger outcome started finished revision policyDigest observedDigest dryRun partial stages summary"
        ), ("RunSummary", "resources failing unknown exempt atStake potentialSavings openRequests"),
        (
            "Saving",
            "plan change title team commit merged standing since estimated realised verified measured method"
        ),
        (
            "ScoreDay",
            """
            team day score reachedLevel level cost potentialSavings waste improvement timeliness leaderboard streakWeeks overdue \
            unseen policyDigest
            """
        ), ("Scorecard", "team latest badges"), ("Stage", "stage condition reason message started milliseconds"),
        (
            "Workspace",
            """
            name condition suspended observedRevision appliedRevision lastHandledRequest lastSuccess next failures stages
            """
        ),
        (
            "Budget",
            "name team period from to cost closed amount spent forecast low high knownDays days burn perUnit severity message"
        ), ("Burn", "plan reserve burned tooNoisy"), ("PerUnit", "unit amount count cost"),
        ("Forecast", "budget team period from to spent expected low high method knownDays days"),
        (
            "Anomaly", "id policy team group account kind start end lastDay running expected actual impact why"
        ), ("Simulation", "name file line currency before after unknown resources objectives checks"),
        (
            "Campaign",
            "name from to phase goal share reached unknown countedFrom base verifiedSavings verifiedChanges prevented caught burnDown"
        ), ("Season", "season from to over judgedDays mostImproved teams bingo wins hallOfFame notes"),
        ("Prevented", "from to prevented sentence caught caughtSince mergesJudged singleCommits mergesUnjudged"),
        ("CaughtFinding", "id policy rule severity team resource message commit merge merged"), ("Figures", "all teams"),
        ("AcceptedOperation", "workspace operation location"), ("Operation", "id kind object state detail url reason caller asked ended"),
        ("Recommendation", "id standing reason request team title policies findings atStake monthlySavings changes"),
        ("RecommendedChange", "id title file line findings monthlySavings patch"), ("Reason", "reason"),
        ("FiguresOfTeam", "team offered merged dismissed adoption measured verified realised pending clawedBack"),
    ]

    @Test("keeps the keys that clients know, in their order", arguments: contract)
    func keys(schema: String, keys: String) throws {
        let described = try document()["components"]?["schemas"]?[schema]?["properties"]?.keys
        #expect(described == keys.split(separator: " ").map(String.init))
    }

    @Test("says what a member means and what it counts, in the words of the record's columns")
    func columns() throws {
        let document = try document()
        func check<Record: ColumnRecord>(_ record: Record.Type, _ schema: String) {
            let properties = document["components"]?["schemas"]?[schema]?["properties"]
            for column in Record.columns {
                guard let key = column.key else { continue }
                let text = properties?[key]?["description"]?.text
                #expect(text?.hasPrefix(column.summary) == true, "\(schema).\(key)")
                if let unit = column.unit { #expect(text?.hasSuffix("(\(unit.rawValue))") == true, "\(schema).\(key)") }
            }
        }
        check(Run.self, "Run")
        check(RunSummary.self, "RunSummary")
        check(StageStatus.self, "Stage")
        check(WorkspaceStatus.self, "Workspace")
        check(AuditEntry.self, "AuditEntry")
        check(FindingLife.self, "Finding")
        check(LifeEvent.self, "FindingEvent")
        check(ScoreDay.self, "ScoreDay")
        check(Badge.self, "Badge")
        check(RequestRecord.self, "Request")
        check(PlanRecord.self, "Plan")
        check(SavingsRecord.self, "Saving")
    }

    @Test("names an operation once")
    func operations() throws {
        let document = try document()
        let ids = (document["paths"]?.keys ?? []).flatMap { path in
            (document["paths"]?[path]?.keys ?? []).compactMap { document["paths"]?[path]?[$0]?["operationId"]?.text }
        }
        #expect(ids.count == 32)
        #expect(Set(ids).count == ids.count)
    }
}

extension JSONValue {
    /// The names of all schemas that are referred to.
    fileprivate var references: [String] {
        switch self {
        case .object(let members):
            members.flatMap { member -> [String] in
                guard member.key == "$ref" else { return member.value.references }
                return [member.value.text?.replacing("#/components/schemas/", with: "") ?? ""]
            }
        case .array(let elements): elements.flatMap(\.references)
        default: []
        }
    }

    /// As much of JSON Schema as the description uses.
    fileprivate func check(_ value: JSONValue, against schema: JSONValue, at path: String) throws {
        if let name = schema["$ref"]?.text?.replacing("#/components/schemas/", with: "") {
            return try check(value, against: #require(self["components"]?["schemas"]?[name]), at: path)
        }
        if let choices = schema["oneOf"]?.elements {
            return value == .null ? () : try check(value, against: #require(choices.first), at: path)
        }
        switch (schema["type"]?.text, value) {
        case ("object", .object(let members)):
            guard let properties = schema["properties"] else { return }
            #expect(members.map(\.key) == properties.keys, "\(path)")
            for member in members { try check(member.value, against: properties[member.key] ?? .null, at: "\(path).\(member.key)") }
        case ("array", .array(let elements)):
            for element in elements { try check(element, against: schema["items"] ?? .null, at: "\(path)[]") }
        case ("string", .string(let text)):
            if let words = schema["enum"]?.elements { #expect(words.contains(.string(text)), "\(path)") }
        case ("integer", .number), ("number", .number), ("boolean", .bool): break
        default: Issue.record("\(path) is \(value), and should be of \(schema)")
        }
    }
}
