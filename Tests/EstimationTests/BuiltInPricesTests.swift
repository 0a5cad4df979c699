import CostModel
import Observation
import TestSupport
import Testing

@testable import Estimation

@Suite("the built-in price list")
struct BuiltInPricesTests {
    private func answer(
        _ provider: String, _ service: String, _ product: String, _ region: String, _ attributes: [String: [String?]],
        _ unit: String = "hour"
    )
        -> PriceAnswer
    {
        PriceList.builtIn.answer(
            PriceQuery(
                PriceKey(provider: provider, service: service, product: product, region: region), attributes: attributes, units: [unit]))
    }

    @Test("has a price for a machine in a region, with its date and source")
    func machine() throws {
        guard case .price(let row) = answer("aws", "AmazonEC2", "m5.large", "eu-west-1", ["os": ["Linux"], "tenancy": ["Shared"]]) else {
            Issue.record("no price")
            return
        }
        #expect(row.price == FixedDecimal(exactly: "0.107"))
        #expect(row.source == "VANTAGE-EC2")
        #expect(row.date == Day("2026-07-05"))
        #expect(row.derivation == nil)
    }

    @Test("takes the newest price, and a derived one only where there is no other")
    func newest() throws {
        // A table of 2020 and notes of 2026 have this gateway.
        guard case .price(let gateway) = answer("aws", "AmazonVPC", "nat-gateway", "ap-northeast-1", ["dimension": ["hour"]]) else {
            Issue.record("no price")
            return
        }
        #expect(gateway.date == Day("2026-09-25"))
        let key: [String: [String?]] = ["engine": ["aurora-postgresql"], "deployment": ["Single-AZ"], "storage_type": ["aurora"]]
        guard case .price(let derived) = answer("aws", "AmazonRDS", "db.r5.large", "us-east-1", key) else {
            Issue.record("no price")
            return
        }
        #expect(derived.price == FixedDecimal(exactly: "0.29"))
        #expect(derived.derivation == "30% between standard and I/O-optimised rounded to 3 digits")
    }

    @Test("of two names for one thing takes the newer price")
    func names() throws {
        // A table of 2020 by the vendor's name, and an estimate of 2024 by the type's.
        let estimate = try Estimated.estimate("resource \"aws_nat_gateway\" \"n\" {}")
        #expect(estimate.resources[0].components[0].source?.date == Day("2024-07-01"))
        #expect(estimate.resources[0].components[0].source?.list == "INFRACOST-GOLDEN")
    }

    @Test("never answers with another region's price, but with one of all commercial regions")
    func regions() {
        #expect(answer("aws", "AmazonVPC", "nat-gateway", "ap-southeast-4", ["dimension": ["hour"]]) == .none)
        guard case .price = answer("aws", "AWSSecretsManager", "secret", "eu-north-1", [:], "month") else {
            Issue.record("a secret costs the same in every commercial region")
            return
        }
        #expect(answer("aws", "AWSSecretsManager", "secret", "cn-north-1", [:], "month") == .none)
    }

    @Test("takes at most three megabytes, and a look-up unpacks one block of it, or two")
    func size() {
        #expect(BuiltInPrices.packedSize <= 3_000_000)
        let list = BuiltInPrices()
        #expect(list.unpackedBlocks.count == 0 && list.unpackedBlocks.of > 500)
        #expect(!list.rows(of: PriceKey(provider: "aws", service: "AmazonEC2", product: "m5.large", region: "eu-west-1")).isEmpty)
        #expect((1...2).contains(list.unpackedBlocks.count))
        #expect(list.rows(of: PriceKey(provider: "aws", service: "AmazonEC2", product: "m5.large", region: "eu-west-9")).isEmpty)
        #expect((1...2).contains(list.unpackedBlocks.count), "of prices of one product in two regions the block is the same, or the next")
    }

    @Test("says where each price is from, and under which licence")
    func sources() {
        let sources = BuiltInPrices.shared.sources
        #expect(sources.count == 22)
        #expect(Set(BuiltInPrices.shared.counts.keys).isSubset(of: Set(sources.map(\.id))))
        #expect(sources.allSatisfy { !$0.what.isEmpty && !$0.licence.isEmpty })
        #expect(sources.first { $0.id == "GCOSTS" }?.licence == "Apache-2.0")
    }

    @Test("is that of ../shared, row by row, for whatever the tests ask", .enabled(if: SharedData.exists("data/prices")))
    func shared() throws {
        var code: [(text: String, region: String?)] = HandComputed.all.map { ($0.code, $0.region) }
        for name in EstimateFixture.names { code.append((try EstimateFixture.code(name), nil)) }
        var keys: Set<PriceKey> = []
        for (text, region) in code {
            let resources = try Estimated.resources(text, region: region)
            for resource in resources.resources {
                guard case .priced(let parts, _) = CostEstimator.composition(of: resource, resources) else { continue }
                for option in parts.flatMap(\.options) {
                    keys.insert(option.query.key)
                    for term in option.further { keys.insert(term.query.key) }
                }
            }
        }
        #expect(keys.count > 250)
        let files = ["aws", "azure", "google"].map { SharedData.path("data/prices/\($0)_prices.csv.gz") }
        let lists = PriceListReader.read(files, statedAt: Place(file: "", line: 1), directory: "/").prices
        var compared = 0
        for key in keys {
            let (own, builtIn) = lists.rows(of: key)
            func text(_ row: PriceRow) -> String {
                "\(row.attributes.sorted { $0.key < $1.key }) \(row.unit) \(row.price) \(row.currency) \(row.date?.description ?? "")"
            }
            // The reader refuses a second price for one thing, which the built-in list has where a source tells variants apart by nothing else.
            #expect(Set(own.map(text)).isSubset(of: Set(builtIn.map(text))), "\(key)")
            #expect(own.isEmpty == builtIn.isEmpty, "\(key)")
            compared += own.count
        }
        #expect(compared > 150)
    }
}

@Suite("price models")
struct PriceModelTests {
    @Test("know at least 120 types of three clouds, each once")
    func types() {
        let types = PriceModels.all.flatMap(\.types)
        #expect(types.count == Set(types).count)
        #expect(types.count >= 120)
        for prefix in ["aws_", "azurerm_", "google_"] { #expect(types.count { $0.hasPrefix(prefix) } >= 30, "\(prefix)") }
    }

    @Test(
        "of types that are free are none, and free types are known",
        arguments: ["aws_iam_role", "aws_security_group", "azurerm_subnet", "google_service_account"])
    func free(type: String) {
        #expect(FreeTypes.contains(type))
        #expect(PriceModels.model(of: type) == nil)
    }

    @Test("say something of a block without any argument, whatever its type", arguments: PriceModels.types)
    func empty(type: String) throws {
        let estimate = try Estimated.estimate("resource \"\(type)\" \"a\" {\n  location = \"westeurope\"\n  region = \"us-central1\"\n}")
        let resource = try #require(estimate.resources.first)
        #expect(resource.status == .priced || resource.status == .free || resource.status == .usage || resource.reason != nil)
        #expect((resource.monthly ?? .zero) >= .zero)
    }
}
