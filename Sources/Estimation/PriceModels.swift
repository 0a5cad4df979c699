import CostModel

/// Every type that is priced: one file per family, one line here.
package enum PriceModels {
    static let all: [PriceModel] =
        AWSCompute.models + AWSContainers.models + AWSDatabases.models + AWSCaches.models + AWSNetwork.models + AWSStorage.models
        + AWSAnalytics.models + AWSServerless.models + AWSOperations.models
        + AzureCompute.models + AzureContainers.models + AzureDatabases.models + AzureNetwork.models + AzureBuckets.models
        + AzurePlatform.models
        + GoogleCompute.models + GoogleContainers.models + GoogleDatabases.models + GoogleNetwork.models + GooglePlatform.models

    private static let byType: [String: PriceModel] = Dictionary(
        all.flatMap { model in model.types.map { ($0, model) } }, uniquingKeysWith: { first, _ in first })

    static func model(of type: String) -> PriceModel? { byType[type] }

    /// Types with a model, sorted.
    package static let types: [String] = byType.keys.sorted()

    /// Of which price list a type's prices are.
    static func provider(of type: String) -> String? {
        if type.hasPrefix("aws_") { return "aws" }
        if type.hasPrefix("azurerm_") { return "azure" }
        if type.hasPrefix("google_") { return "google" }
        return nil
    }
}
