import CostModel
import JSON
import TestSupport
import Testing

@testable import Commands

@Suite("bursar egress with logs of traffic")
struct EgressLogTests {
    private let estate: TemporaryRepository

    /// October: 2 USD a day by NAT gateway and 1 USD a day to the internet; flow logs of two days, of which the state knows two addresses.
    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: small}
            spec:
              currency: USD
              policies: [policies]
              observe:
                cost: [{name: billing, format: focus, paths: [bill.csv], maxAge: none}]
                inventory: [{name: infra, format: terraform, path: infra, state: [state.json]}]
                logs: [{name: flows, format: vpc-flow, paths: ["logs/*.log"]}]

            """, to: "bursar.yaml")
        try estate.write(
            "kind: EgressPolicy\nmetadata: {name: egress}\nspec: {limits: {nat: 50 USD, internet: 1 USD}}\n", to: "policies/more.yaml")
        try estate.write(
            "resource \"aws_instance\" \"web\" {\n  ami           = \"ami-1\"\n  instance_type = \"m5.large\"\n}\n\n"
                + "resource \"aws_nat_gateway\" \"main\" {\n  subnet_id = \"subnet-1\"\n}\n", to: "infra/main.tf")
        try estate.write(Self.state, to: "state.json")
        try estate.write(try Self.bill(), to: "bill.csv")
        try writeLog(
            Self.record("10.0.1.5", "10.0.0.220", 3_000) + Self.record("10.0.1.6", "10.0.0.220", 1_000)
                + Self.record("10.0.1.5", "8.8.8.8", 10))
    }

    private static let state = """
        {"version": 4, "resources": [
          {"mode": "managed", "type": "aws_instance", "name": "web", "instances": [{"attributes": {
            "id": "i-1", "arn": "arn:aws:ec2:us-east-1:444455556666:instance/i-1", "private_ip": "10.0.1.5", "instance_type": "m5.large"}}]},
          {"mode": "managed", "type": "aws_nat_gateway", "name": "main", "instances": [{"attributes": {
            "id": "nat-1", "private_ip": "10.0.0.220", "network_interface_id": "eni-9"}}]}
        ]}
        """

    private static func bill() throws -> String {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ProviderName,RegionId,ResourceId,ServiceName,SubAccountId,Tags,SkuId,PricingCategory,"
            + "x_UsageType,x_Operation\n"
        for day in Day("2026-10-01")!...Day("2026-10-31")! {
            let period = "2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,\(day)T00:00:00Z,\(day.advanced(by: 1))T00:00:00Z"
            let tail = "Usage,AWS,us-east-1,nat-1,VPC,444455556666,,N,Standard"
            text += "2,2,2,2,USD,\(period),\(tail),NatGateway-Bytes,NatGateway\n"
            text += "1,1,1,1,USD,\(period),\(tail.replacing("nat-1", with: "i-1")),DataTransfer-Out-Bytes,RunInstances\n"
        }
        return text
    }

    private static func record(
        _ source: String, _ target: String, _ bytes: Int, day: String = "2026-10-20", account: String = "444455556666"
    ) -> String {
        let start = Day(day)!.start.seconds
        return "2 \(account) eni-1 \(source) \(target) 20641 443 6 20 \(bytes) \(start) \(start + 60) ACCEPT OK\n"
    }

    private func writeLog(_ records: String) throws {
        try estate.write(
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n"
                + records,
            to: "logs/a.log")
    }

    private func run(_ arguments: String...) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"]) }

    private func document() throws -> JSONValue {
        try JSONReader.read(Array(run("egress", "--format", "json", "--period", "2026-10").output.utf8))
    }

    @Test("divides what the bill says of a kind on the day by the bytes, and names the resource and its place")
    func shares() throws {
        let document = try document()
        let pairs = document["pairs"].items.map { pair in
            [pair["kind"], pair["from"]["name"], pair["to"]["resource"], pair["amount"], pair["bytes"]].map { $0.text ?? "–" }
        }
        #expect(
            pairs == [
                ["nat", "10.0.1.5", "infra:aws_nat_gateway.main", "1.5", "3000"], ["internet", "10.0.1.5", "–", "1", "10"],
                ["nat", "10.0.1.6", "infra:aws_nat_gateway.main", "0.5", "1000"],
            ])
        let first = try #require(document["pairs"].items.first)
        #expect(first["from"]["resource"].text == "infra:aws_instance.web")
        #expect(first["from"]["location"].text == "infra/main.tf:1")
        #expect(first["from"]["team"].text == "payments")
        #expect(first["bytesBefore"].text == nil)
        #expect(document["loggedDays"].text == "1")
        let text = run("egress", "--period", "2026-10").output
        for words in ["aws_instance.web (10.0.1.5, infra/main.tf:1)", "3.0 kB", "by logs of 1 of 31 days"] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test("what changed is the bytes against those of as many days before")
    func changed() throws {
        try writeLog(Self.record("10.0.1.5", "8.8.8.8", 30) + Self.record("10.0.1.5", "8.8.8.8", 10, day: "2026-09-20"))
        let pair = try #require(try document()["pairs"].items.first)
        #expect((pair["bytes"].text, pair["bytesBefore"].text, pair["amount"].text) == ("30", "10", "1"))
    }

    @Test("of accounts that the logs do not name nothing is divided")
    func accounts() throws {
        try writeLog(Self.record("10.0.1.5", "8.8.8.8", 30, account: "111122223333"))
        let document = try document()
        #expect(document["pairs"].items.first?["amount"].text == "0")
        #expect(document["total"].text == "93")
    }

    @Test("a finding names the team's pairs that cost most")
    func finding() throws {
        let document = try JSONReader.read(Array(run("check", "--format", "json").output.utf8))
        let found = document["findings"].items.compactMap { $0["message"].text }.filter { $0.contains("transfer") }
        #expect(
            found.contains {
                $0.hasSuffix(
                    "; by the logs aws_instance.web (10.0.1.5, infra/main.tf:1) to aws_nat_gateway.main (10.0.0.220, infra/main.tf:6) 1.50 USD, "
                        + "10.0.1.6 to aws_nat_gateway.main (10.0.0.220, infra/main.tf:6) 0.50 USD")
            }, "\(found)")
    }

    @Test("a log that is torn makes the result partial, and takes no money from anybody")
    func torn() throws {
        try writeLog("2 444455556666 eni-1 10.0.1.5\n")
        let said = run("egress", "--format", "json", "--period", "2026-10")
        #expect(said.code == 3)
        let document = try JSONReader.read(Array(said.output.utf8))
        #expect(document["total"].text == "93")
        #expect(document["diagnostics"].items.contains { $0["message"].text?.contains("4 fields, where the first line names 14") ?? false })
    }
}
