import CostModel
import Testing

@testable import Estimation

/// Code whose numbers multiply to more than there is.
@Suite("absurd sizes")
struct AbsurdTests {
    @Test(
        "that are allowed one by one and not together are not priced, with the reason",
        arguments: [
            (
                "resource \"aws_elasticache_replication_group\" \"x\" {\n  node_type = \"cache.r5.4xlarge\"\n  num_node_groups = 1000000000\n"
                    + "  replicas_per_node_group = 1000000000\n}", "nodes: there would be more of it than 1,000,000,000,000,000"
            ),
            (
                "resource \"aws_dynamodb_table\" \"x\" {\n  read_capacity = 1000000000\n  write_capacity = 1000000000\n}", nil
            ),
            (
                "resource \"google_redis_cluster\" \"x\" {\n  region = \"us-central1\"\n  shard_count = 1000000000\n  replica_count = 1000000000\n}",
                "nodes: there would be more of it than 1,000,000,000,000,000"
            ),
            (
                "resource \"aws_db_instance\" \"x\" {\n  engine = \"mysql\"\n  instance_class = \"db.r5.large\"\n  storage_type = \"io1\"\n"
                    + "  allocated_storage = -1\n  iops = 1000\n}",
                "'allocated_storage' is -1, and what is priced is between 0 and 1000000000"
            ),
        ])
    func products(code: String, reason: String?) throws {
        let estimate = try Estimated.estimate(code)
        let resource = try #require(estimate.resources.first { $0.identity.address.hasSuffix(".x") })
        #expect(resource.reason == reason)
        #expect(resource.monthly.map { $0 < FixedDecimal.mostPaid } ?? true)
        _ = estimate.totals
    }

    @Test("of what is used are not priced either")
    func use() throws {
        let usage = try Estimated.usage(
            "version: 0.1\nresource_usage:\n  aws_s3_bucket.x: {standard: {storage_gb: 1000000000000000}}\n"
                + "  aws_nat_gateway.x: {monthly_data_processed_gb: 90000000000000}\n"
        ).usage
        let estimate = try Estimated.estimate(
            "resource \"aws_s3_bucket\" \"x\" {}\nresource \"aws_nat_gateway\" \"x\" {}", usage: usage)
        let gateway = try #require(Estimated.resource("aws_nat_gateway.x", in: estimate))
        #expect(gateway.monthly == Arithmetic.value("730*0.045"))
        #expect(gateway.reason == "without data processed: it would cost more than 1,000,000,000,000 a month")
    }

    @Test("a price for next to nothing is no price")
    func tiny() {
        let query = PriceQuery(PriceKey(provider: "aws", service: "s", product: "p", region: "r"), units: ["hour"])
        let part = PricedPart(name: "instance", quantity: FixedDecimal(730), unit: "hour", options: [PricedPart.Option(query: query)])
        var prices = OwnPrices(lastDay: nil)
        func row(_ quantity: FixedDecimal, unit: String = "Hours") -> BilledUnit {
            BilledUnit(sku: "s", unit: unit, cost: FixedDecimal(1_000), quantity: quantity, days: 28)
        }
        prices.learn([part], from: [row(FixedDecimal(raw: 1))])
        #expect(prices.price(of: part) == nil)
        var scaled = OwnPrices(lastDay: nil)
        scaled.learn([part], from: [row(FixedDecimal(1), unit: "99999999999999999999999 Hours")])
        #expect(scaled.price(of: part) == FixedDecimal(exactly: "0.001"))
    }
}
