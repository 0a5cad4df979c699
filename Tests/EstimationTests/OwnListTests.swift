import CostModel
import Observation
import TestSupport
import Testing

@testable import Estimation

@Suite("lists of prices of one's own")
struct OwnListTests {
    private func read(_ text: String) throws -> (prices: PriceList, problems: [ObservationProblem]) {
        let folder = TemporaryDirectory()
        try folder.write(text, to: "own.csv")
        return PriceListReader.read(["own.csv"], statedAt: Place(file: "bursar.yaml", line: 1), directory: folder.path)
    }

    private static let machine = #"resource "aws_instance" "a" { instance_type = "m5.large" }"#

    @Test("go before the built-in one, whatever their date")
    func first() throws {
        let (prices, problems) = try read(
            """
            provider,service,region,product,attributes,unit,price,currency,date
            aws,AmazonEC2,us-east-1,m5.large,os=Linux;tenancy=Shared,hour,0.08,USD,2020-01-01

            """)
        #expect(problems.isEmpty)
        let estimate = try Estimated.estimate(Self.machine, prices: prices)
        #expect(estimate.resources[0].monthly == Arithmetic.value("730*0.08"))
        #expect(estimate.resources[0].components[0].source == EstimateSource(.list, date: Day("2020-01-01"), list: "own.csv"))
    }

    @Test("know regions that the built-in one lacks")
    func region() throws {
        let prices = try read(
            "provider,service,region,product,attributes,unit,price\naws,AmazonEC2,xx-own-1,m5.large,os=Linux;tenancy=Shared,hour,0.2\n"
        ).prices
        let estimate = try Estimated.estimate(Self.machine, region: "xx-own-1", prices: prices)
        #expect(estimate.resources[0].monthly == Arithmetic.value("730*0.2"))
    }

    @Test("with two prices for one thing say so, and the first one counts")
    func twice() throws {
        let head = "provider,service,region,product,attributes,unit,price\n"
        let (prices, problems) = try read(
            head + "aws,AmazonEC2,us-east-1,m5.large,os=Linux;tenancy=Shared,hour,0.08\n"
                + "aws,AmazonEC2,us-east-1,m5.large,os=Linux;tenancy=Shared,hour,0.09\n")
        #expect(problems.count == 1)
        #expect(problems[0].message.contains("m5.large in us-east-1 has two prices, 0.08 and 0.09: the first one counts"))
        #expect(problems[0].line == 3)
        #expect(try Estimated.estimate(Self.machine, prices: prices).resources[0].monthly == Arithmetic.value("730*0.08"))
    }

    @Test(
        "that cannot be read are gaps",
        arguments: [
            ("provider,service\n", "the column 'region' is missing"),
            ("provider,service,region,product,unit,price\naws,a,b,c,hour,cheap\n", "expected a price from 0 to 1000000000, found 'cheap'"),
            ("provider,service,region,product,unit,price\naws,a,b,c,hour,-1\n", "expected a price from 0 to 1000000000, found '-1'"),
            (
                "provider,service,region,product,unit,price,currency\naws,a,b,c,hour,1,money\n",
                "expected a currency such as USD, found 'money'"
            ),
            (
                "provider,service,region,product,unit,price,date\naws,a,b,c,hour,1,yesterday\n",
                "expected a day such as 2026-11-01, found 'yesterday'"
            ),
        ])
    func broken(text: String, message: String) throws {
        let problems = try read(text).problems
        #expect(problems.contains { $0.severity == .partial && $0.message.contains(message) }, "\(problems)")
    }
}
