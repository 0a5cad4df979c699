import CostModel
import Testing

@testable import Observation

@Suite("what providers advise")
struct AdviceReaderTests {
    private static let now = Day(year: 2026, month: 11, day: 1).start

    private func read(
        _ format: AdviceFormat, _ texts: String..., maxAge: TimeSpan? = .days(7), currency: Currency = .usd
    ) throws -> (lines: [String], problems: [String]) {
        let folder = try TemporaryFolder()
        for (index, text) in texts.enumerated() { try folder.write("\(index).json", text) }
        let source = AdviceSource(name: "a", place: Place(file: "bursar.yaml", line: 12), format: format, paths: ["*"], maxAge: maxAge)
        let (book, _, problems) = AdviceReader.read([source], directory: folder.path, currency: currency, now: Self.now)
        return (Self.lines(book), problems.map(BillFolder.line))
    }

    /// `NAME action current > proposed, saves AMOUNT: assumptions`
    static func lines(_ book: AdviceBook) -> [String] {
        book.entries.sorted { $0.key < $1.key }.flatMap { name, advice in
            advice.map { item in
                let savings = item.monthlySavings.map { " saves \($0.exact)" } ?? ""
                return "\(name) \(item.action.rawValue) \(item.current ?? "–") > \(item.proposed ?? "–")\(savings): \(item.assumed)"
            }
        }
    }

    static let hub = """
        {"items": [
          {"recommendationId": "r1", "accountId": "1", "resourceId": "i-0123456789abcdef0",
           "resourceArn": "arn:aws:ec2:us-east-1:1:instance/i-0123456789abcdef0", "currentResourceType": "Ec2Instance",
           "recommendedResourceType": "Ec2Instance", "estimatedMonthlySavings": 70.08, "currencyCode": "USD", "implementationEffort": "Low",
           "restartNeeded": true, "actionType": "Rightsize", "rollbackPossible": true, "currentResourceSummary": "m5.2xlarge",
           "recommendedResourceSummary": "m5.xlarge", "lastRefreshTimestamp": "2026-10-31T08:00:00.123000+00:00",
           "recommendationLookbackPeriodInDays": 14, "source": "ComputeOptimizer"},
          {"recommendationId": "r2", "actionType": "MigrateToGraviton", "resourceArn": "arn:db", "estimatedMonthlySavings": 1e1,
           "currencyCode": "USD", "recommendedResourceSummary": "db.m6g.large", "lastRefreshTimestamp": 1793404800.5, "rollbackPossible": false},
          {"recommendationId": "r3", "actionType": "PurchaseSavingsPlans", "resourceId": "plan", "estimatedMonthlySavings": 300,
           "currencyCode": "USD", "recommendedResourceSummary": "$1.20/hour", "lastRefreshTimestamp": "2026-10-31T08:00:00Z"},
          {"recommendationId": "r4", "actionType": "Delete", "resourceArn": "arn:nat", "currencyCode": "USD",
           "lastRefreshTimestamp": "2026-10-31T08:00:00Z"}
        ]}
        """

    @Test("is read from Cost Optimization Hub, whatever the action")
    func hub() throws {
        let (lines, problems) = try read(.costOptimizationHub, Self.hub)
        #expect(problems.isEmpty)
        #expect(
            lines == [
                " purchase – > $1.20/hour saves 300 USD: ",
                "arn:db migrate – > db.m6g.large saves 10 USD: cannot be rolled back",
                "arn:nat delete – > –: ",
                "i-0123456789abcdef0 rightsize m5.2xlarge > m5.xlarge saves 70.08 USD: 14 days of samples, effort Low, needs a restart",
            ])
    }

    static let optimizer = """
        {"instanceRecommendations": [
          {"instanceArn": "arn:i-1", "currentInstanceType": "m5.2xlarge", "finding": "OVER_PROVISIONED", "lookBackPeriodInDays": 14.0,
           "recommendationOptions": [
             {"instanceType": "c5.xlarge", "rank": 2, "performanceRisk": 3.0},
             {"instanceType": "m5.xlarge", "rank": 1, "performanceRisk": 1.0, "migrationEffort": "VeryLow",
              "savingsOpportunity": {"estimatedMonthlySavings": {"currency": "USD", "value": 140.16}},
              "savingsOpportunityAfterDiscounts": {"estimatedMonthlySavings": {"currency": "USD", "value": 99.5}}}],
           "lastRefreshTimestamp": "2026-10-30T00:00:00Z"},
          {"instanceArn": "arn:i-2", "currentInstanceType": "m5.large", "finding": "OPTIMIZED",
           "recommendationOptions": [{"instanceType": "m6i.large", "rank": 1}], "lastRefreshTimestamp": "2026-10-30T00:00:00Z"},
          {"instanceArn": "arn:i-3", "currentInstanceType": "m5.large", "finding": "Underprovisioned",
           "recommendationOptions": [{"instanceType": "m6g.large", "rank": 1, "platformDifferences": ["Architecture"]}],
           "lastRefreshTimestamp": "2026-10-30T00:00:00Z"}
        ], "errors": []}
        """

    @Test("is read from Compute Optimizer: the option that ranks first, of instances, databases, volumes and what is idle")
    func optimizer() throws {
        let others = """
            {"rdsDBRecommendations": [{"resourceArn": "arn:db", "currentDBInstanceClass": "db.m5.large", "instanceFinding": "Overprovisioned",
              "instanceRecommendationOptions": [{"dbInstanceClass": "db.t3.medium", "rank": 1}], "lookbackPeriodInDays": 32,
              "lastRefreshTimestamp": 1793404800}],
             "volumeRecommendations": [{"volumeArn": "arn:vol", "finding": "NotOptimized",
              "currentConfiguration": {"volumeType": "gp2", "volumeSize": 100},
              "volumeRecommendationOptions": [{"rank": 1, "configuration": {"volumeType": "gp3", "volumeSize": 100, "volumeBaselineIOPS": 3000}}],
              "lastRefreshTimestamp": 1793404800}],
             "idleRecommendations": [{"resourceArn": "arn:idle", "resourceType": "EC2Instance", "finding": "Idle",
              "savingsOpportunity": {"estimatedMonthlySavings": {"currency": "USD", "value": 5}}, "lastRefreshTimestamp": 1793404800}],
             "lambdaFunctionRecommendations": [{"functionArn": "arn:f"}]}
            """
        let (lines, problems) = try read(.computeOptimizer, Self.optimizer, others)
        #expect(
            lines == [
                "arn:db rightsize db.m5.large > db.t3.medium: 32 days of samples",
                "arn:i-1 rightsize m5.2xlarge > m5.xlarge saves 99.5 USD: "
                    + "14 days of samples, performance risk 1 of 4, prices after discounts, effort VeryLow",
                "arn:i-3 migrate m5.large > m6g.large: ", "arn:idle stop – > – saves 5 USD: list prices",
                "arn:vol rightsize gp2, 100 GiB > gp3, 100 GiB, 3000 IOPS: ",
            ])
        #expect(problems == ["1.json: note other-recommendations: 1 recommendation is about something that is not looked at"])
    }

    @Test("is read from Compute Optimizer's export")
    func export() throws {
        let (lines, problems) = try read(
            .computeOptimizer,
            """
            accountId,instanceArn,finding,currentInstanceType,lookbackPeriodInDays,recommendationOptions_1_instanceType,recommendationOptions_1_performanceRisk,recommendationOptions_1_estimatedMonthlySavings_currency,recommendationOptions_1_estimatedMonthlySavings_value,lastRefreshTimestamp_UTC,errorCode
            1,arn:i-1,OVER_PROVISIONED,m5.2xlarge,14.0,m5.xlarge,2.0,USD,140.16,2026-10-30 07:00:00,
            1,arn:i-2,OPTIMIZED,m5.large,14.0,m5.large,1.0,,,2026-10-30 07:00:00,

            """)
        #expect(lines == ["arn:i-1 rightsize m5.2xlarge > m5.xlarge saves 140.16 USD: 14 days of samples, performance risk 2 of 4"])
        #expect(problems.isEmpty)
    }

    @Test("is read from Azure Advisor, as a list and as an answer of Resource Graph; other categories than cost are not advice")
    func azure() throws {
        let properties = """
            "category": "Cost", "impact": "High", "impactedField": "Microsoft.Compute/virtualMachines", "lastUpdated": "2026-10-31T01:00:00Z",
            "shortDescription": {"problem": "p", "solution": "Right-size it"},
            "extendedProperties": {"savingsAmount": "62.4", "savingsCurrency": "USD", "currentSku": "Standard_D4s_v3",
              "targetSku": "Standard_D2s_v3", "recommendationType": "SkuChange"},
            "resourceMetadata": {"resourceId": "/subscriptions/S/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/VM"}
            """
        let expected = [
            "/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm rightsize Standard_D4s_v3 > Standard_D2s_v3 "
                + "saves 62.4 USD: impact High"
        ]
        let list = try read(.azureAdvisor, "[{\"id\": \"x\", \(properties)}, {\"category\": \"Security\"}]")
        #expect(list.lines == expected && list.problems.isEmpty, "\(list)")
        let graph = try read(
            .azureAdvisor,
            "{\"count\": 1, \"data\": [{\"id\": \"x\", \"properties\": {\(properties)}}], \"skip_token\": null, \"total_records\": 1}")
        #expect(graph.lines == expected && graph.problems.isEmpty, "\(graph)")
        let year = try read(
            .azureAdvisor,
            #"""
            [{"category": "Cost", "lastUpdated": "2026-10-31T01:00:00Z", "impactedField": "Microsoft.Subscriptions/subscriptions",
              "extendedProperties": {"annualSavingsAmount": 1200, "savingsCurrency": "USD", "term": "P1Y"}},
             {"id": "/subscriptions/S/resourceGroups/RG/x/providers/Microsoft.Advisor/recommendations/1", "category": "Cost",
              "lastUpdated": "2026-10-31T01:00:00Z", "extendedProperties": {"recommendationType": "Shutdown"}}]
            """#)
        #expect(year.lines == [" purchase – > – saves 100 USD: ", "/subscriptions/s/resourcegroups/rg/x stop – > –: "], "\(year)")
    }

    @Test("is read from Google's Recommender: what it is about, is and is to be stands in its operations")
    func google() throws {
        let (lines, problems) = try read(
            .googleRecommender,
            """
            [{"name": "projects/1/locations/z/recommenders/google.compute.instance.MachineTypeRecommender/recommendations/a",
              "recommenderSubtype": "CHANGE_MACHINE_TYPE", "lastRefreshTime": "2026-10-31T07:00:00Z", "priority": "P4",
              "description": "Save cost by changing machine type.", "stateInfo": {"state": "ACTIVE"},
              "primaryImpact": {"category": "COST",
                "costProjection": {"cost": {"currencyCode": "USD", "units": "-12", "nanos": -500000000}, "duration": "2628000s"}},
              "content": {"operationGroups": [{"operations": [
                {"action": "test", "path": "/machineType", "resource": "//compute.googleapis.com/projects/p/zones/z/instances/i",
                 "valueMatcher": {"matchesPattern": ".*zones/z/machineTypes/n1-standard-4"}},
                {"action": "replace", "path": "/machineType", "resource": "//compute.googleapis.com/projects/p/zones/z/instances/i",
                 "value": "zones/z/machineTypes/n1-standard-2"}]}]}},
             {"name": "b", "stateInfo": {"state": "DISMISSED"}, "primaryImpact": {"category": "COST"}},
             {"name": "c", "recommenderSubtype": "STOP_VM", "lastRefreshTime": "2026-10-31T07:00:00Z",
              "primaryImpact": {"category": "COST",
                "costProjection": {"cost": {"currencyCode": "USD", "units": "-3"}, "duration": "1314000s"}},
              "content": {"operationGroups": [{"operations": [{"action": "replace", "path": "/status", "value": "TERMINATED",
                "resource": "//compute.googleapis.com/projects/p/zones/z/instances/j"}]}]}},
             {"name": "d", "primaryImpact": {"category": "SECURITY"}}]
            """)
        #expect(
            lines == [
                "projects/p/zones/z/instances/i rightsize n1-standard-4 > n1-standard-2 saves 12.5 USD: priority P4",
                "projects/p/zones/z/instances/j stop – > – saves 6 USD: ",
            ])
        #expect(problems == ["0.json: note other-recommendations: 1 recommendation is about something that is not looked at"])
    }

    @Test(
        "of which something is missing, or that is something else, counts for nothing",
        arguments: [
            (AdviceFormat.costOptimizationHub, #"{"items": [], "nextToken": "x"}"#, "another page follows"),
            (.costOptimizationHub, "[]", "'items' is missing"),
            (.costOptimizationHub, #"{"items": [{"actionType": "#, "the text ends too early"),
            (.costOptimizationHub, "<html>", "expected a value"), (.costOptimizationHub, "", "the text ends too early"),
            (.computeOptimizer, "{}", "it holds no recommendations"),
            (.computeOptimizer, #"{"instanceRecommendations": [], "nextToken": "x"}"#, "another page follows"),
            (
                .computeOptimizer, #"{"instanceRecommendations": [], "errors": [{"code": "AccessDenied", "message": "no"}]}"#,
                "Compute Optimizer says AccessDenied: no"
            ), (.computeOptimizer, "a,b\n1,2\n", "neither JSON nor an export"),
            (.azureAdvisor, "{}", "neither a list"), (.azureAdvisor, #"{"data": [], "skip_token": "x"}"#, "another page follows"),
            (.azureAdvisor, #"{"data": [{"id": "x", "properties": {}}], "total_records": 1001}"#, "it holds 1 of 1001 rows"),
            (.googleRecommender, "{}", "no list of recommendations"),
        ])
    func gaps(format: AdviceFormat, text: String, problem: String) throws {
        let (lines, problems) = try read(format, text)
        #expect(lines.isEmpty && problems.count == 1 && problems[0].contains(": partial ") && problems[0].contains(problem), "\(problems)")
    }

    @Test("that is old, undated or in another currency is said, and not guessed")
    func doubtful() throws {
        func item(_ more: String) -> String { #"{"actionType": "Stop", "resourceArn": "a", "estimatedMonthlySavings": 1, \#(more)}"# }
        func answer(_ items: String...) -> String { "{\"items\": [\(items.joined(separator: ", "))]}" }
        let fresh = item(#""currencyCode": "EUR", "lastRefreshTimestamp": "2026-10-31T00:00:00Z""#)
        let old = item(#""currencyCode": "USD", "lastRefreshTimestamp": "2026-10-24T23:59:59Z""#)
        let undated = item(#""currencyCode": "USD""#)
        let mixed = try read(.costOptimizationHub, answer(fresh, old, undated))
        #expect(mixed.lines == ["a stop – > –: "])
        #expect(
            mixed.problems == [
                "0.json: note foreign-savings: the savings of 1 of 3 recommendations are in EUR, not in USD: they are not known",
                "0.json: note stale-recommendations: 1 of 3 recommendations does not say when they were made: they do not count; "
                    + "'maxAge: none' takes them",
                "0.json: note stale-recommendations: 1 of 3 recommendations is older than 7d, the newest of them of 2026-10-24T23:59:59Z: "
                    + "they do not count",
            ])
        #expect(try read(.costOptimizationHub, answer(old)).problems.allSatisfy { $0.contains("partial stale-recommendations") })
        #expect(
            try read(.costOptimizationHub, answer(old, undated), maxAge: nil).lines == [
                "a stop – > – saves 1 USD: ", "a stop – > – saves 1 USD: ",
            ])
        let odd = item(#""currencyCode": "USD", "lastRefreshTimestamp": "2026-10-31T00:00:00Z""#).replacing(": 1,", with: ": \"many\",")
        let unreadable = try read(.costOptimizationHub, answer(odd))
        #expect(unreadable.lines == ["a stop – > –: "] && unreadable.problems.joined().contains("are no amount"))
    }

    @Test("stands in a snapshot as it was read, with the commands that were asked")
    func snapshot() throws {
        var snapshot = Snapshots.small
        let without = try SnapshotReader.read(SnapshotWriter.bytes(of: snapshot, version: "1"))
        #expect(without.advice == nil && without.commands.isEmpty)
        let folder = try TemporaryFolder()
        try folder.write("hub.json", Self.hub)
        let source = AdviceSource(name: "a", place: Place(file: "b", line: 1), format: .costOptimizationHub, paths: ["*"])
        snapshot.advice = AdviceReader.read([source], directory: folder.path, currency: .usd, now: Self.now).book
        snapshot.adviceProblems = [ObservationProblem(.note, id: "foreign-savings", file: "hub.json", "x")]
        snapshot.commands = [CommandRecord(source: "cloud c", command: "aws", arguments: ["/bin/aws", "…"], digest: "ab", size: 12)]
        let bytes = try SnapshotWriter.bytes(of: snapshot, version: "1")
        #expect(try SnapshotReader.read(bytes) == snapshot)
        #expect(snapshot.folded().advice == snapshot.advice)
    }
}
