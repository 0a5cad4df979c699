import CostModel
import Diagnostics
import Observation
import TestSupport

@testable import Estimation

/// Reads Terraform code and estimates it by the built-in list, or by another.
enum Estimated {
    static func resources(_ code: String, region: String? = "us-east-1") throws -> ResourceIndex {
        let provider = region.map { "provider \"aws\" {\n  region = \"\($0)\"\n}\n" } ?? ""
        let file = SourceFile(path: "main.tf", bytes: Array((provider + code).utf8))
        let read = TerraformReader(options: TerraformReader.Options(readsAttributes: true)).read(TerraformCode(files: [file]))
        return ResourceIndex(read.resources.sorted { $0.identity < $1.identity })
    }

    static func estimate(
        _ code: String, region: String? = "us-east-1", prices: any PriceSource = PriceList.builtIn, usage: ExpectedUsage = ExpectedUsage(),
        currency: Currency = .usd
    ) throws -> Estimate {
        CostEstimator(currency: currency, prices: prices, usage: usage).estimate(try resources(code, region: region), owners: [:])
    }

    /// What a usage file says, and what is wrong with it.
    static func usage(_ text: String) throws -> (usage: ExpectedUsage, problems: [ObservationProblem]) {
        let folder = TemporaryDirectory()
        try folder.write(text, to: "usage.yml")
        return UsageFileReader.read(["usage.yml"], statedAt: Place(file: "bursar.yaml", line: 1), directory: folder.path)
    }

    /// The resource of an address.
    static func resource(_ address: String, in estimate: Estimate) -> ResourceEstimate? {
        estimate.resources.first { $0.identity.address == address }
    }
}

/// Sums of products, as a person writes them: `730*0.096 + 20*0.08`. Independent of the models: the test's own arithmetic.
enum Arithmetic {
    static func value(_ text: String) -> FixedDecimal {
        text.split(separator: "+").reduce(.zero) { sum, term in
            sum
                + term.split(separator: "*").reduce(FixedDecimal(1)) { product, factor in
                    let word = factor.filter { $0 != " " }
                    let parts = word.split(separator: "/")
                    let number = FixedDecimal(exactly: String(parts[0])) ?? .zero
                    let quotient = parts.count > 1 ? number.scaled(by: 1, over: Int128(String(parts[1])) ?? 1) : number
                    return product.times(quotient)
                }
        }
    }
}
