import CostModel
import Testing

@testable import Observation

@Suite("budgets of AWS")
struct BudgetImportTests {
    private func read(_ text: String) throws -> BudgetImport {
        let folder = try TemporaryFolder()
        try folder.write("budgets.json", text)
        return BudgetImport(file: folder.path + "/budgets.json", today: Day(year: 2026, month: 11, day: 1))
    }

    private func one(_ members: String) throws -> String {
        try read("{\"Budgets\": [{\"BudgetName\": \"All\", \"BudgetType\": \"COST\", \"TimeUnit\": \"MONTHLY\", \(members)}]}").text
    }

    private static let limit = #""BudgetLimit": {"Amount": "100.0", "Unit": "USD"}"#

    @Test("become documents: limits, periods, the cost that counts, filters; names that are taken or no labels become others")
    func documents() throws {
        let imported = try read(
            """
            {"Budgets": [
              {"BudgetName": "Payments (EU)", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": "12000.50", "Unit": "USD"},
               "CostFilters": {"Service": ["Amazon Simple Storage Service", "AmazonCloudWatch"], "LinkedAccount": ["123"],
                 "TagKeyValue": ["user:team$payments", "user:team$o'neill"]},
               "CostTypes": {"IncludeTax": false, "IncludeCredit": true, "IncludeRefund": true, "UseAmortized": true, "IncludeSupport": false}},
              {"BudgetName": "payments-eu", "BudgetType": "COST", "TimeUnit": "QUARTERLY",
               "PlannedBudgetLimits": {"1790812800": {"Amount": "3000", "Unit": "USD"}, "1798761600": {"Amount": "4000", "Unit": "USD"}},
               "TimePeriod": {"Start": 1790812800, "End": 3706473600}},
              {"BudgetName": "Hours", "BudgetType": "USAGE", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": "7", "Unit": "Hrs"}}
            ]}
            """)
        #expect(imported.problem == nil)
        #expect((imported.written, imported.partly, imported.leftOut) == (2, 1, 1))
        #expect(
            imported.text == """
                # From AWS Budgets: Payments (EU)
                # Not expressed: it leaves support out; here they count
                kind: Budget
                metadata: {name: payments-eu}
                spec:
                  scope:
                    services: ["Amazon Simple Storage Service", "AmazonCloudWatch"]
                    accounts: ["123"]
                    where: '("team" in cost.tags && cost.tags["team"] in ["payments", "o''neill"])'
                  period: monthly
                  amount: 12000.5 USD
                  include: {tax: false, credits: true}
                ---
                # From AWS Budgets: payments-eu
                kind: Budget
                metadata: {name: payments-eu-2}
                spec:
                  scope: {}
                  period: quarterly
                  amount: 3000 USD
                  amounts:
                    2027-Q1: 4000 USD
                  cost: billed
                  include: {tax: true, credits: true}
                ---
                # From AWS Budgets: Hours
                # Not written: it is a budget of USAGE, and only costs are held against limits here
                # kind: Budget
                # metadata: {name: hours}
                # spec:
                #   scope: {}
                #   period: monthly
                #   cost: billed
                #   include: {tax: true, credits: true}

                """)
    }

    @Test("with an expression as a filter have it as keys of the scope, and as a condition where there is no key")
    func expressions() throws {
        let filter = """
            "FilterExpression": {"And": [
              {"Dimensions": {"Key": "SERVICE", "Values": ["Amazon S3"], "MatchOptions": ["EQUALS"]}},
              {"Not": {"Tags": {"Key": "env", "Values": ["dev"]}}},
              {"Or": [{"Dimensions": {"Key": "REGION", "Values": ["eu-west-1"]}}, {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": ["1"]}}]}]}
            """
        let text = try one("\(Self.limit), \(filter)")
        #expect(text.contains("    services: [\"Amazon S3\"]\n"))
        #expect(
            text.contains(
                #"    where: '!(("env" in cost.tags && cost.tags["env"] in ["dev"])) && (cost.region in ["eu-west-1"] || cost.account in ["1"])'"#
            ),
            "\(text)")
    }

    @Test(
        "whose filter, period or limit has no counterpart are comments as a whole",
        arguments: [
            (#""CostFilters": {"UsageType": ["x"]}"#, "its filter 'UsageType' has no counterpart"),
            (
                #""FilterExpression": {"Dimensions": {"Key": "SERVICE", "Values": ["x"], "MatchOptions": ["STARTS_WITH"]}}"#,
                "its filter by 'SERVICE' has no counterpart"
            ), (#""FilterExpression": {"CostCategories": {"Key": "Unit", "Values": ["x"]}}"#, "its filter by 'cost category Unit'"),
            (#""TimePeriod": {"End": "2026-10-31T00:00:00Z"}"#, "it ended on 2026-10-31"),
        ])
    func leftOut(member: String, reason: String) throws {
        let text = try one("\(Self.limit), \(member)")
        #expect(text.contains("# Not written: ") && text.contains(reason), "\(text)")
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("#") })
        #expect(try one(#""X": 1"#).contains("# Not written: it states no limit"))
        #expect(try one("\(Self.limit.replacing("100.0", with: "-1"))").contains("it states no limit"))
    }

    @Test(
        "that are not whole give nothing",
        arguments: [
            ("{}", "'Budgets' is missing"), (#"{"Budgets": [], "NextToken": "x"}"#, "another page follows"),
            ("{\"Budgets\": [", "ends too early"),
            ("<html>", "expected a value"),
        ])
    func gaps(text: String, problem: String) throws {
        let imported = try read(text)
        #expect(imported.entries.isEmpty && imported.problem?.message.contains(problem) == true, "\(imported)")
    }

    @Test("with names and values that would break a document stay within it")
    func hostile() throws {
        let text = try one(Self.limit + #", "CostFilters": {"Service": ["a\"]\n--- {x: 'y\\"]}"#)
        #expect(text.contains(#"services: ["a\"]\n--- {x: 'y\\"]"#) && !text.contains("\n---"), "\(text)")
        let named = try read(
            "{\"Budgets\": [{\"BudgetName\": \"x\\nkind: Team\", \"BudgetType\": \"COST\", \"TimeUnit\": \"MONTHLY\", \(Self.limit)}]}")
        #expect(!named.text.contains("\nkind: Team") && named.text.contains("metadata: {name: x-kind-team}"))
    }
}
